from django.urls import path

from organisations import views

urlpatterns = [
    path("organisations/new/", views.organisation_create, name="organisation_create"),
    path("o/<slug:organisation>/", views.organisation_home, name="organisation_home"),
    path("o/<slug:organisation>/details/", views.organisation_details, name="organisation_details"),
    path("o/<slug:organisation>/people/", views.people, name="people"),
    path("o/<slug:organisation>/people/invite/", views.invite_create, name="invite_create"),
    path(
        "o/<slug:organisation>/people/invites/<uuid:pk>/revoke/",
        views.invite_revoke,
        name="invite_revoke",
    ),
    path("o/<slug:organisation>/people/<uuid:pk>/", views.member_roles, name="member_roles"),
    path("o/<slug:organisation>/people/<uuid:pk>/end/", views.member_end, name="member_end"),
    path("join/<str:token>/", views.invite_accept, name="invite_accept"),
    path("me/name/", views.my_name, name="my_name"),
    path("me/erase/", views.account_erase, name="account_erase"),
    path("goodbye/", views.account_erased, name="account_erased"),
    path("dev/as/<uuid:pk>/", views.demo_sign_in, name="demo_sign_in"),
]
