"""What a visitor finds of every leader's work, each kind of it at least once."""

from collections.abc import Iterator

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.enums import Confirmation, Ending, Lineage, PledgeState, Shown
from commitments.models import (
    Assistant,
    BodyLink,
    CheckInDraft,
    CheckInLine,
    Encouragement,
    Invitation,
    LearningItem,
    LearningNote,
    Pledge,
    PreviewLink,
    Reflection,
    Reply,
    Standard,
)
from commitments.queries.bodies import LinkState, links_of, member_row
from commitments.queries.check_ins import look_backs
from commitments.queries.lineage import versions_of
from commitments.queries.public_page import around
from commitments.queries.replies import line_ups_of
from commitments.queries.tending import to_confirm
from commitments.queries.trusting import reports_for
from commitments.verdicts import showing
from demo.learning import OURS
from organisations.models import Organisation, User
from outbox.enums import State
from outbox.models import Email
from panels.thresholds import Thresholds
from tests.conftest import signed_in_as

# In one worker: the story is told once for the file.
pytestmark = pytest.mark.xdist_group("demo of the leaders")
TODAY = timezone.localdate()


def of(person: str) -> Pledge:
    """The pledge of whoever's address begins so."""
    return Pledge.objects.get(leader__email__startswith=f"{person}@")


@pytest.fixture
def chief(demo: str) -> Pledge:
    return Pledge.objects.get(leader__email="chief-executive@saltmarsh-minds.example")


def test_seven_people_followed_the_chief_executive_and_said_so(chief: Pledge) -> None:
    followers = around(chief).followers
    assert (followers.count, len(followers.named), followers.unnamed) == (7, 7, 0)
    assert Encouragement.objects.filter(pledge=chief).count() == 2


def test_her_second_version_shows_what_became_of_each_promise(chief: Pledge) -> None:
    newest, first = versions_of(chief.slug)
    assert {kind: len(changes) for kind, changes in newest.changes} == {
        Lineage.ADDED: 1,
        Lineage.REWORDED: 2,
        Lineage.DROPPED: 1,
        Lineage.KEPT: 7,
    }
    assert first.changes == []
    assert newest.is_reasoned_anew
    assert CheckInLine.objects.filter(promise__signing=newest.signing).exists()
    assert CheckInLine.objects.filter(promise__signing=first.signing).exists()


def test_no_standard_is_a_real_one(demo: str) -> None:
    assert set(Standard.objects.values_list("name", flat=True)) == {
        "Saltmarsh Minds action plan",
        "Northgate promise on fair platforms (invented)",
    }


def test_a_draft_is_read_by_a_link(demo: str) -> None:
    draft = Pledge.objects.get(state=PledgeState.DRAFT)
    assert draft.leader_name == "Jerome Baptiste"
    link = PreviewLink.objects.get()
    assert (link.pledge, link.revoked_at, link.expires_at > timezone.now()) == (draft, None, True)


def test_it_is_published_elsewhere(chief: Pledge) -> None:
    assert [place.host for place in around(chief).places] == ["saltmarsh-minds.example"] * 3


def test_two_pledges_ended_each_in_its_own_way(demo: str) -> None:
    ended = Pledge.objects.filter(state=PledgeState.CLOSED)
    assert dict(ended.values_list("leader_name", "ending")) == {
        "Gareth Bowen": Ending.HANDED_OVER,
        "Ismail Karim-Holt": Ending.WITHDRAWN,
    }
    successor = around(of("gareth-bowen")).successor
    assert successor is not None
    assert successor.name == "Bronwen Parry"
    assert of("bronwen-parry").state == PledgeState.PUBLISHED


def test_names_are_confirmed_in_both_ways_and_not_at_all(demo: str) -> None:
    ways = set(Pledge.objects.published().values_list("confirmation", flat=True))
    assert ways == {"", *Confirmation}
    assert of("li").confirmed_domain == "upland-health.example"


def test_reflections_are_private_and_public(chief: Pledge) -> None:
    written = Reflection.objects.order_by("written_at")
    assert [each.published_at is not None for each in written] == [False, True, True]
    assert [each.title for each in around(chief).reflections] == ["The price of a late diagnosis"]


def test_organisers_answered_with_numbers_met_and_not_shown(chief: Pledge) -> None:
    entries = {each.pk: each.title for each in chief.invitations.all()}
    shown = {
        entries[pk]: showing(line_up, Thresholds()).shown
        for pk, line_up in line_ups_of(chief.invitations.all()).items()
    }
    assert shown == {
        "Northgate advisory board": Shown.BOTH,
        "What commissioners never ask": Shown.NOT_SHOWN,
    }
    answers = Reply.objects.annotate(said=Count("barriers")).values_list("said", flat=True)
    assert list(answers) == [5, 5]
    assert Reply.objects.filter(note="").count() == 0


def test_what_her_assistant_wrote_waits(chief: Pledge) -> None:
    assistant = Assistant.objects.get()
    assert (assistant.pledge, assistant.ended_at) == (chief, None)
    waiting = {each.invitation.title: each.is_new for each in to_confirm(chief)}
    assert waiting == {"An evening lecture": False, "Panel on loneliness": True}
    assert {each.who[0] for each in to_confirm(chief)} == {"Rosalind Amankwah"}
    confirmed = Invitation.objects.exclude(confirmed_at=None)
    assert confirmed.get(written_by=assistant.user).title == "An evening lecture"
    assert CheckInDraft.objects.get().by == assistant.user


def test_check_ins_are_made_missed_and_put_right(chief: Pledge) -> None:
    periods = look_backs(chief, today=TODAY)
    assert {each.passed.is_open for each in periods if each.check_in is None} == {True, False}
    put_right = [each for each in periods if any(said.before for said in each.said)]
    assert len(put_right) == 1
    leaders = CheckInLine.objects.filter(version=2).values_list(
        "check_in__pledge__leader_name", flat=True
    )
    assert set(leaders) == {"Folaṣadé Adéyẹmí", "Meera Raghunathan"}


def test_one_shelf_holds_invented_workshops_and_the_others_nothing(demo: str) -> None:
    items = LearningItem.objects.annotate(days=Count("dates")).order_by("-created_at")
    assert list(items.values_list("organisation__slug", "creator", "days")) == [
        ("saltmarsh-minds", OURS, 1),
        ("saltmarsh-minds", OURS, 0),
        ("saltmarsh-minds", OURS, 4),
        ("saltmarsh-minds", OURS, 8),
    ]
    assert LearningNote.objects.get().person.email == "staff@saltmarsh-minds.example"


def test_a_membership_body_sees_one_of_two_members(demo: str) -> None:
    body = Organisation.objects.get(slug="lantern-row-network")
    rows = [member_row(link, now=timezone.now()) for link in links_of(body)]
    assert [(row.name, row.state, row.pledged_on is not None) for row in rows] == [
        ("Third Bridge Listening", LinkState.WAITING, False),
        ("Saltmarsh Minds", LinkState.AGREED, True),
    ]
    assert BodyLink.objects.count() == 2


def test_a_report_waits_for_the_coordinator(demo: str) -> None:
    saltmarsh = Organisation.objects.get(slug="saltmarsh-minds")
    coordinator = User.objects.get(email="coordinator@saltmarsh-minds.example")
    reports = reports_for(saltmarsh, coordinator)
    assert [(each.pledge.leader_name, each.outcome) for each in reports] == [
        ("Winsome Campbell", "")
    ]


def test_nothing_of_the_story_is_left_to_be_sent(demo: str) -> None:
    waiting = Email.objects.filter(state=State.QUEUED).values_list("to_address", flat=True)
    assert list(waiting) == ["new-starter@saltmarsh-minds.example"]
    links = Email.objects.filter(state=State.SENT, text__contains="/r/")
    assert links.count() == 0


def leaders_pages(pledge: Pledge) -> Iterator[str]:
    for name in (
        "my_pledge", "check_in", "assistants", "encourage", "pledge_settings", "republications",
        "pledge_end", "record_csv",
    ):  # fmt: skip
        yield reverse(name, args=[pledge.pk])
    yield reverse("pledge_versions", args=[pledge.slug])
    for entry in pledge.invitations.all():
        yield reverse("invitation_detail", args=[entry.pk])
        yield reverse("letter_write", args=[entry.pk])


def opens(client: Client, page: str) -> bool:
    return client.get(page, follow=True).status_code == 200


def test_every_page_of_the_chief_executive_opens(chief: Pledge) -> None:
    assert chief.leader is not None
    client = signed_in_as(chief.leader)
    assert [page for page in leaders_pages(chief) if not opens(client, page)] == []


def test_her_assistant_finds_her_record(chief: Pledge) -> None:
    assistant = User.objects.get(email="executive-assistant@saltmarsh-minds.example")
    assert assistant.is_demo
    client = signed_in_as(assistant)
    pages = [reverse(name, args=[chief.pk]) for name in ("my_pledge", "check_in")]
    assert [page for page in pages if not opens(client, page)] == []
