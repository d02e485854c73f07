"""The demo data: where it may go, that it is whole, and that every page of it opens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from commitments.enums import Choice, InvitationKind, InvitationState
from commitments.models import CheckIn, Invitation, Pledge, Promise
from committees.enums import MeetingState
from committees.models import Group, Meeting
from demo.line_ups import occasions
from demo.people import SOMEBODY_TO_SIGN_IN_AS
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from panels.entry import problems
from panels.enums import Verdict
from panels.models import Gathering
from panels.queries import counts_on_record
from recommendations.enums import ActionKind, State
from recommendations.models import Action, Recommendation, Source
from reminders.due import due_rows
from tests.conftest import signed_in_as

# In one worker: the story is told once for the file.
pytestmark = pytest.mark.xdist_group("demo")
SLUGS = (
    "saltmarsh-minds",
    "kettlewell-road-project",
    "third-bridge-listening",
    "lantern-row-network",
)
LISTS = (
    "people",
    "dashboard",
    "gathering_list",
    "group_list",
    "organisation_pledges",
    "learning_list",
    "report_list",
    "body_members",
    "bodies",
    "sent_mail",
)
SECRETIVE = ("ethnic", "gender", "race", "pronoun", "heritage", "minoritised", "woman")


def test_it_says_what_it_added(demo: str) -> None:
    assert demo == "Added four invented organisations, and 16 people to sign in as.\n"
    assert [each.name for each in Organisation.objects.order_by("name")] == [
        "Kettlewell Road Project",
        "Lantern Row Network",
        "Saltmarsh Minds",
        "Third Bridge Listening",
    ]
    assert set(Organisation.objects.values_list("is_worked_example", flat=True)) == {True}
    assert set(Pledge.objects.values_list("is_worked_example", flat=True)) == {True}


def rows() -> dict[str, int]:
    """Of every table that the product may read."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not getattr(model, "is_sealed", False)
    }


def test_a_second_time_changes_nothing(demo: str) -> None:
    before = rows()
    with override_settings(IS_DEVELOPMENT=True):
        call_command("seed_demo", if_empty=True)
        with pytest.raises(CommandError, match="here already"):
            call_command("seed_demo")
    assert rows() == before


def test_everybody_to_sign_in_as_is_verified_and_told_apart(demo: str) -> None:
    people = list(User.objects.filter(is_demo=True).prefetch_related("emailaddress_set"))
    assert len({person.display_name for person in people}) == len(SOMEBODY_TO_SIGN_IN_AS)
    for person in people:
        (address,) = person.emailaddress_set.all()
        assert (address.email, address.verified, address.primary) == (person.email, True, True)
        assert person.email.endswith(".example")


def pages(organisation: Organisation) -> Iterator[str]:
    yield from (reverse(name, args=[organisation.slug]) for name in LISTS)
    for rows_of in (
        organisation.gatherings,
        organisation.recommendations,
        organisation.groups,
        organisation.learning_items,
    ):
        yield from (row.get_absolute_url() for row in rows_of.all())


def opens(client: Client, page: str) -> bool:
    return client.get(page, follow=True).status_code == 200


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_of_an_organisation_opens(demo: str, slug: str) -> None:
    organisation = Organisation.objects.get(slug=slug)
    coordinator = organisation.memberships.with_role(Role.COORDINATOR).get()
    client = signed_in_as(coordinator.user)
    assert [page for page in pages(organisation) if not opens(client, page)] == []


def test_everybody_can_look_around(demo: str) -> None:
    shut = []
    for person in User.objects.filter(is_demo=True):
        client = signed_in_as(person)
        for page in (reverse("me"), *map(home, person.memberships.all())):
            if not opens(client, page):
                shut.append((person.email, page))
    assert shut == []


def home(membership: Membership) -> str:
    return membership.organisation.get_absolute_url()


def test_public_pages_open(demo: str) -> None:
    anonymous = Client()
    assert opens(anonymous, reverse("pledge_list"))
    assert Pledge.objects.published().count() == 12
    for pledge in Pledge.objects.shown():
        assert opens(anonymous, pledge.get_absolute_url())


def test_every_result_appears(demo: str) -> None:
    gatherings = list(Gathering.objects.all())
    assert len(gatherings) >= 25
    audits = [count.result for count in counts_on_record(gatherings).values()]
    both = [measure for audit in audits for measure in (audit.women, audit.minoritised)]
    assert {measure.verdict for measure in both} == set(Verdict)
    assert any(measure.whole and measure.whole.is_met_only_with_chair for measure in both)
    assert any(measure.is_not_shown_on_main_stage for measure in both)
    assert any(measure.whole and 1 < measure.whole.count.n < 5 for measure in both)


def test_no_count_is_one_that_the_form_would_refuse() -> None:
    refused = [
        (occasion.title, problems(counted.typed(occasion.kind)))
        for occasion in occasions()
        for counted in occasion.counts
        if problems(counted.typed(occasion.kind))
    ]
    assert refused == []


def test_the_review_is_whole_and_says_that_it_is_invented(demo: str) -> None:
    review = Source.objects.get(organisation__slug="saltmarsh-minds")
    assert review.title.startswith("Worked example")
    assert review.recommendations.filter(is_finding=False).count() == 22
    assert review.recommendations.filter(is_finding=True).count() == 5
    said = f"{review.title} {review.author}".lower()
    assert [name for name in ("rethink", "oxytocin", "dyer", "salla") if name in said] == []
    assert set(review.recommendations.values_list("state", flat=True)) == set(State)


def test_the_small_one_has_adopted_nothing(demo: str) -> None:
    assert Recommendation.objects.filter(organisation__slug="third-bridge-listening").count() == 0
    assert Recommendation.objects.filter(organisation__slug="kettlewell-road-project").count() == 5


def test_a_reminder_is_due(demo: str) -> None:
    in_a_week = timezone.localdate() + timedelta(days=7)
    action = Action.objects.get(target_date=in_a_week, proven_on=None)
    assert action.accepted_at
    assert action.kind == ActionKind.CADENCE
    assert action.responsible_owner is not None
    assert action.responsible_owner.email == "associate-director@saltmarsh-minds.example"
    # On a day on which nobody works nothing is due; the rung is reached all the same.
    working_day = next(
        day for day in (timezone.localdate() + timedelta(days=n) for n in range(6)) if due_rows(day)
    )
    assert action.pk in {due.subject for due in due_rows(working_day)}


def test_promises_are_adapted_left_out_and_added(demo: str) -> None:
    assert set(Promise.objects.values_list("choice", flat=True)) == set(Choice)
    assert Pledge.objects.filter(confirmed_at=None).count() > 0
    assert Pledge.objects.exclude(confirmed_at=None).count() > 0
    assert Pledge.objects.filter(organisation=None).count() == 4


def test_invitations_are_in_every_state(demo: str) -> None:
    states = set(Invitation.objects.values_list("state", flat=True))
    assert states == set(InvitationState)
    kinds = set(Invitation.objects.values_list("kind", flat=True))
    assert kinds == set(InvitationKind)
    assert Invitation.objects.filter(lineup_changed=True).count() > 5
    assert CheckIn.objects.count() > 50


def test_meetings_are_held_missed_and_planned(demo: str) -> None:
    assert set(Meeting.objects.values_list("state", flat=True)) == set(MeetingState)
    planned = Meeting.objects.filter(state=MeetingState.PLANNED)
    assert planned.filter(date__lt=timezone.localdate()).count() == 3
    assert planned.filter(date__gt=timezone.localdate()).count() > 3
    network = Group.objects.get(kind="staff_network")
    assert network.members.count() == 0
    assert network.contact_address == "staff-network@saltmarsh-minds.example"


def test_history_is_in_the_order_in_which_it_happened(demo: str) -> None:
    newest: dict[object, object] = {}
    for entry in Entry.objects.order_by("pk"):
        before = newest.get(entry.subject_id, entry.at)
        assert entry.at >= before, (entry.verb, entry.at, before)  # type: ignore[operator]
        newest[entry.subject_id] = entry.at


def fields_of(model: type[Model]) -> Iterator[str]:
    return (field.name for field in model._meta.get_fields())


def test_nothing_holds_what_a_person_is() -> None:
    """Only counts may say such a thing; `Tally` and the wording's thresholds are no people."""
    about_people = {"organisations", "account", "auth", "mfa", "committees", "recommendations"}
    found = [
        f"{model.__name__}.{name}"
        for model in apps.get_models()
        if model._meta.app_label in about_people
        for name in fields_of(model)
        if any(word in name for word in SECRETIVE)
    ]
    assert found == []
