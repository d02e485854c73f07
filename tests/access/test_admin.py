"""The admin: who opens it, what is in it, and how little can be done there."""

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.test import Client
from django.urls import reverse

from organisations.models import User
from tests.access.routes import LOGIN, ask
from tests.access_world import World
from tests.conftest import signed_in_as

ADMIN_PATHS = ["/admin/", "/admin/organisations/user/", "/admin/outbox/email/"]
# Every model that whoever runs the installation may look at. None of sign-in's is among them.
IN_ADMIN = {
    "commitments.Pledge",
    "commitments.Wording",
    "committees.Decision",
    "committees.Group",
    "committees.Meeting",
    "organisations.Membership",
    "organisations.Organisation",
    "organisations.User",
    "outbox.Attempt",
    "outbox.Email",
    "outbox.Heartbeat",
    "outbox.Suppression",
    "panels.Gathering",
    "panels.Tally",
    "recommendations.Recommendation",
    "recommendations.Source",
    "reminders.Preference",
    "reminders.Reminder",
}


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_the_admin_is_for_whoever_runs_the_installation(
    path: str, harbours: World, client: Client, as_alice: Client, as_operator: Client
) -> None:
    assert ask(client, "GET", path)["Location"].startswith((LOGIN, "/admin/login/"))
    response = ask(as_alice, "GET", path)
    assert response.status_code in {302, 403}
    assert harbours.canary not in response.content.decode(errors="replace")
    assert ask(as_alice, "GET", "/admin/login/").status_code == 403
    assert ask(client, "POST", "/admin/login/")["Location"].startswith(LOGIN)
    assert ask(as_operator, "GET", path).status_code == 200


@pytest.mark.parametrize("path", ADMIN_PATHS)
def test_the_admin_wants_a_second_way_to_sign_in(path: str, operator: User) -> None:
    operator.authenticator_set.all().delete()
    client = signed_in_as(operator)
    assert ask(client, "GET", path).status_code == 302
    assert ask(client, "GET", f"/admin/login/?next={path}")["Location"] == "/accounts/2fa/"


def test_the_admin_knows_these_and_no_others() -> None:
    assert {model._meta.label for model in admin.site._registry} == IN_ADMIN


def test_a_page_of_a_library_or_one_that_writes_is_not_taken() -> None:
    admin.site.register(Authenticator)
    admin.site.register(Authenticator, admin.ModelAdmin)
    assert not admin.site.is_registered(Authenticator)


@pytest.mark.parametrize("label", sorted(IN_ADMIN))
def test_the_admin_is_to_look_at(
    label: str, harbours: World, as_operator: Client, operator: User
) -> None:
    """Its list and a row of it open; nothing is added or deleted, and no secret is there."""
    model = apps.get_model(label)
    changelist = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    pages = [ask(as_operator, "GET", changelist)]
    shown = pages[0].context["cl"].queryset.first()
    if shown is not None:
        row = f"{changelist}{quote(shown.pk)}/"
        pages.append(ask(as_operator, "GET", f"{row}change/"))
        assert ask(as_operator, "POST", f"{row}delete/").status_code == 403
        if model is not User:
            assert ask(as_operator, "POST", f"{row}change/").status_code == 403
    assert [page.status_code for page in pages] == [200] * len(pages)
    assert ask(as_operator, "GET", f"{changelist}add/").status_code == 403
    said = "".join(page.content.decode() for page in pages)
    for secret in ("TOTP-SECRET", f"{harbours.canary} note", operator.password):
        assert secret not in said


@pytest.mark.parametrize("path", ["mfa/authenticator/", "account/emailaddress/", "auth/group/"])
def test_sign_in_has_no_page_in_the_admin(path: str, as_operator: Client) -> None:
    assert as_operator.get(f"/admin/{path}").status_code == 404


def test_an_account_can_be_closed_and_nothing_else_of_it_changed(
    as_operator: Client, bea: User
) -> None:
    typed = {"email": "x@evil.example", "display_name": "X", "is_staff": "on"}
    as_operator.post(f"/admin/organisations/user/{bea.pk}/change/", typed)
    now = User.objects.get(pk=bea.pk)
    assert (now.email, now.display_name, now.is_staff) == (bea.email, bea.display_name, False)
    assert (bea.is_active, now.is_active) == (True, False)
