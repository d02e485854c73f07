from django.urls import path

from reminders import views

urlpatterns = [
    path("me/", views.me, name="me"),
    path("me/emails/", views.my_emails, name="my_emails"),
    path("o/<slug:organisation>/mail/", views.sent_mail, name="sent_mail"),
    path(
        "o/<slug:organisation>/mail/<uuid:pk>/again/",
        views.mail_send_again,
        name="mail_send_again",
    ),
    path("unsubscribe/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("readyz", views.readyz, name="readyz"),
    path("dev/mail/", views.dev_mail, name="dev_mail"),
    path("dev/mail/<str:name>/", views.dev_mail_html, name="dev_mail_html"),
]
