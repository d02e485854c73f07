from django.urls import path

from commitments.views import public, sharing

urlpatterns = [
    path("pledges/", public.pledge_list, name="pledge_list"),
    path("pledges/<str:slug>/", public.pledge_public, name="pledge_public"),
    path("pledges/<str:slug>/card.png", public.pledge_card, name="pledge_card"),
    path("pledges/<str:slug>/embed/", public.pledge_embed, name="pledge_embed"),
    path(
        "pledges/<str:slug>/reflections/",
        public.pledge_reflections,
        name="pledge_reflections",
    ),
    path("me/pledges/<uuid:pk>/published-at/", sharing.republications, name="republications"),
    path(
        "me/pledges/<uuid:pk>/published-at/<int:place>/remove/",
        sharing.republication_remove,
        name="republication_remove",
    ),
]
