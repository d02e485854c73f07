"""The page where one erases one's account, and when it refuses."""

import threading
import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.erasing import erase_pledges
from history.models import Entry
from organisations import erasing
from organisations.enums import OrganisationVerb, Role
from organisations.erasing import StillNeeded, erase_account
from organisations.erasure import erasers, register
from organisations.models import Membership, Organisation, User
from organisations.queries import left_without_coordinator
from recommendations.models import Action
from recommendations.queries import has_current_lead
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.factories.outbox import EmailFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

PAGE = "/me/erase/"
SURE = {"sure": "on"}


def fresh(user: User, *, ago: int = 0) -> Client:
    """Signed in by a code some seconds ago."""
    client = signed_in_as(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def test_it_works(bea: User) -> None:
    client = fresh(bea)
    page = client.get(PAGE).content.decode()
    assert "What goes" in page
    assert "What stays" in page
    gone = client.post(PAGE, SURE)
    assert gone["Location"] == "/goodbye/"
    goodbye = client.get("/goodbye/")
    assert "signed out" in goodbye.content.decode()
    assert "Sign out" not in goodbye.content.decode()
    bea.refresh_from_db()
    assert (bea.display_name, bea.is_active) == ("", False)
    verbs = Entry.objects.filter(actor=bea).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [OrganisationVerb.MEMBERSHIP_ENDED, OrganisationVerb.ACCOUNT_ERASED]


def test_one_has_to_be_sure(bea: User) -> None:
    response = fresh(bea).post(PAGE, {"sure": ""})
    assert response.status_code == 200
    assert response.context["form"].errors["sure"] == ["Tick this if you are sure."]
    bea.refresh_from_db()
    assert bea.erased_at is None


@pytest.mark.parametrize(("ago", "is_fresh"), [(14 * 60, True), (16 * 60, False)])
def test_a_code_that_is_old_is_asked_for_again(ago: int, is_fresh: bool, bea: User) -> None:
    client = fresh(bea, ago=ago)
    assert client.get(PAGE).context["is_fresh"] is is_fresh
    client.post(PAGE, SURE)
    bea.refresh_from_db()
    assert (bea.erased_at is not None) is is_fresh


def test_signing_in_again_leads_back(bea: User) -> None:
    client = fresh(bea, ago=3600)
    assert (
        'name="next" value="/accounts/login/?next=/me/erase/"' in client.get(PAGE).content.decode()
    )
    out = client.post("/accounts/logout/", {"next": "/accounts/login/?next=/me/erase/"})
    assert out["Location"] == "/accounts/login/?next=/me/erase/"


@pytest.mark.parametrize(("method", "back"), [("get", f"{PAGE}?sure=on"), ("post", PAGE)])
def test_a_password_is_asked_for_again(method: str, back: str, bea: User) -> None:
    bea.set_password("a long enough password")
    bea.save()
    response = getattr(fresh(bea), method)(PAGE, SURE)
    assert response["Location"] == f"/accounts/reauthenticate/?next={quote(back, safe='')}"
    bea.refresh_from_db()
    assert bea.erased_at is None


def test_who_may_and_how(client: Client, bea: User) -> None:
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"
    assert fresh(bea).put(PAGE).status_code == 405
    assert client.post("/goodbye/").status_code == 405


def test_the_only_coordinator_is_still_needed(
    alice: User, bea: User, harbour: Organisation
) -> None:
    client = fresh(alice)
    page = client.post(PAGE, SURE)
    assert page.context["needed"] == [harbour]
    assert "/o/harbour-minds/people/" in page.content.decode()
    assert "Erase my account</button>" not in page.content.decode()
    with pytest.raises(StillNeeded) as refusal:
        erase_account(person=alice, now=timezone.now())
    assert refusal.value.organisations == [harbour]
    alice.refresh_from_db()
    assert alice.is_active is True


@pytest.mark.parametrize(
    ("case", "needed"),
    [
        ("alone", 0),
        ("a colleague", 1),
        ("a colleague who left", 0),
        ("another coordinator", 0),
        ("another coordinator who left", 1),
        ("another coordinator whose account is closed", 1),
    ],
)
def test_when_an_organisation_still_needs_somebody(case: str, needed: int, alice: User) -> None:
    harbour = alice.memberships.get().organisation
    roles = [Role.COORDINATOR] if "coordinator" in case else [Role.STAFF]
    if case != "alone":
        other = MembershipFactory(organisation=harbour, roles=roles)
        if "left" in case:
            other.ended_at = timezone.now()
            other.save()
            MembershipFactory(organisation=harbour) if "coordinator" in case else None
        if "closed" in case:
            other.user.is_active = False
            other.user.save()
    assert left_without_coordinator(alice).count() == needed


def test_a_second_click_changes_nothing(bea: User) -> None:
    first = timezone.now()
    erase_account(person=bea, now=first)
    erase_account(person=bea, now=timezone.now())
    bea.refresh_from_db()
    assert bea.erased_at == first
    assert Entry.objects.filter(verb=OrganisationVerb.ACCOUNT_ERASED).count() == 1


def test_somebody_may_sign_up_with_the_address_again(bea: User) -> None:
    erase_account(person=bea, now=timezone.now())
    assert UserFactory(email="bea@harbour.example").pk != bea.pk


def test_whoever_ran_the_installation_runs_it_no_more(operator: User) -> None:
    logged = LogEntry.objects.create(
        user=operator, content_type=ContentType.objects.get_for_model(User),
        object_id=str(operator.pk), object_repr="Operator", action_flag=CHANGE,
    )  # fmt: skip
    erase_account(person=operator, now=timezone.now())
    operator.refresh_from_db()
    logged.refresh_from_db()
    assert (operator.is_staff, operator.is_superuser, logged.object_repr) == (False, False, "")
    assert not Authenticator.objects.exists()


def test_what_they_led_waits_for_somebody_else(bea: User, harbour: Organisation) -> None:
    """The chair's list shows it, as it does when a membership ends."""
    ActionFactory(recommendation=RecommendationFactory(organisation=harbour), responsible_owner=bea)
    assert Action.objects.filter(has_current_lead()).count() == 1
    erase_account(person=bea, now=timezone.now())
    assert Action.objects.filter(has_current_lead()).count() == 0


def test_what_fails_leaves_everything(bea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(erasing, "blank_account", fail)
    with pytest.raises(RuntimeError):
        erase_account(person=bea, now=timezone.now())
    bea.refresh_from_db()
    assert (bea.display_name, bea.erased_at) == ("Bea Brown", None)
    assert bea.memberships.get().ended_at is None
    assert not Entry.objects.exists()


def test_an_eraser_is_asked_once() -> None:
    register(erase_pledges)
    assert erasers().count(erase_pledges) == 1


@pytest.mark.parametrize("organisations", [1, 3])
def test_the_page_costs_the_same(
    organisations: int, bea: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    MembershipFactory.create_batch(organisations, user=bea)
    client = fresh(bea)
    with django_assert_num_queries(7):  # session, person, three kinds of key and once any, who
        client.get(PAGE)


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_cannot_both_go_at_once() -> None:
    harbour = OrganisationFactory()
    MembershipFactory(organisation=harbour)
    both = [MembershipFactory(organisation=harbour, roles=[Role.COORDINATOR]) for _ in range(2)]
    start, refused = threading.Barrier(2), []

    def run(person: User) -> None:
        start.wait()
        try:
            erase_account(person=person, now=timezone.now())
        except StillNeeded:
            refused.append(person)
        connection.close()

    threads = [threading.Thread(target=run, args=[each.user]) for each in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Membership.objects.with_role(Role.COORDINATOR).get().user == refused[0]


@pytest.mark.django_db
def test_a_contact_address_that_was_theirs(harbour: Organisation, bea: User) -> None:
    """Also in the emails that it was written into, whoever they went to."""
    harbour.contact_email = bea.email.upper()
    harbour.save()
    sent = EmailFactory(
        organisation=harbour, headers={"From": "x", "Reply-To": f"Harbour <{bea.email}>"}
    )
    erase_account(person=bea, now=timezone.now())
    harbour.refresh_from_db()
    sent.refresh_from_db()
    assert (harbour.contact_email, sent.headers) == ("", {"From": "x"})
