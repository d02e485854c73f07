from django.urls import path

from ui import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("about/privacy/", views.privacy, name="privacy"),
    path("about/accessibility/", views.accessibility, name="accessibility"),
    path("about/operator/", views.operator, name="operator"),
    path("ui/", views.gallery, name="gallery"),
]
