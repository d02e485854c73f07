"""What a leader changes of a published pledge without signing it anew."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments import queries
from commitments.actions import settings as settings_actions
from commitments.actions.revising import NotPublishedError, begin_revision
from commitments.actions.settings import change_settings
from commitments.enums import Cadence, Confirmation, PledgeState, PledgeVerb
from commitments.models import Pledge
from commitments.rhythm import next_quarter
from commitments.who import Shows, Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
AS_THEY_ARE: dict[str, str] = {
    "leader_name": "Alice Adeyemi",
    "role_title": "Chief executive",
    "organisation_name": "",
    "check_in_every": "monthly",
    "is_listed": "on",
    "shows_record": "on",
    "counts_who_followed": "on",
}

BOTH = "organisation_id, organisation_name"


@pytest.fixture
def confirmed(pledge: Pledge, bea: User) -> Pledge:
    pledge.confirmed_at, pledge.confirmed_by = NOW, bea
    pledge.confirmation, pledge.confirmed_domain = Confirmation.WORK_ADDRESS, "harbour.example"
    pledge.save()
    return pledge


@pytest.fixture
def address(pledge: Pledge) -> str:
    return reverse("pledge_settings", args=[pledge.pk])


@pytest.fixture
def sent(harbour: Organisation) -> dict[str, str]:
    return AS_THEY_ARE | {"organisation": str(harbour.pk)}


def entries() -> list[tuple[str, str]]:
    found = Entry.objects.filter(verb__startswith="pledge").order_by("pk")
    return [(entry.verb, entry.details["what"]) for entry in found]


def test_it_shows_what_is_set(as_alice: Client, confirmed: Pledge, address: str) -> None:
    page = as_alice.get(address).content.decode()
    assert "Your name, role and organisation are confirmed." in page
    assert "the confirmation goes" in page
    assert 'value="Alice Adeyemi"' in page
    assert "says_who_asked" not in page
    assert "Write a new version" in page
    begin_revision(pledge=confirmed, by=confirmed.leader, now=NOW)
    assert "Carry on with the new version" in as_alice.get(address).content.decode()


def test_saving_what_stands_changes_nothing(
    as_alice: Client, confirmed: Pledge, address: str, sent: dict[str, str]
) -> None:
    before = list(Pledge.objects.values())
    assert as_alice.post(address, sent)["Location"] == address
    assert list(Pledge.objects.values()) == before
    assert entries() == []


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"leader_name": "A. Adeyemi"}, "leader_name"),
        ({"role_title": "Chair"}, "role_title"),
        ({"organisation": ""}, BOTH),
        ({"organisation": "", "organisation_name": "Another"}, BOTH),
    ],
)
def test_whoever_changes_who_they_are_is_not_confirmed_any_more(
    changes: dict[str, str],
    what: str,
    as_alice: Client,
    confirmed: Pledge,
    address: str,
    sent: dict[str, str],
) -> None:
    as_alice.post(address, sent | changes)
    confirmed.refresh_from_db()
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (None, None)
    assert (confirmed.confirmation, confirmed.confirmed_domain) == ("", "")
    assert confirmed.slug == "alice-adeyemi"
    assert entries() == [(PledgeVerb.WHO_CHANGED, what)]


def test_what_is_public_and_the_rhythm_leave_it_confirmed(
    as_alice: Client, confirmed: Pledge, address: str, sent: dict[str, str]
) -> None:
    del sent["is_listed"], sent["shows_record"]
    as_alice.post(address, sent | {"check_in_every": "quarterly"})
    confirmed.refresh_from_db()
    assert confirmed.confirmed_at == NOW
    assert (confirmed.is_listed, confirmed.shows_record) == (False, False)
    assert confirmed.check_in_every == Cadence.QUARTERLY
    assert entries() == [
        (PledgeVerb.CHOSE_WHAT_SHOWS, "shows_record, is_listed"),
        (PledgeVerb.CADENCE_CHANGED, "check_in_every"),
    ]
    assert set(Entry.objects.values_list("organisation", flat=True)) == {None}


def test_who_asked_can_be_taken_back(
    as_alice: Client, pledge: Pledge, foreign: Pledge, address: str, sent: dict[str, str]
) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(asked_by=foreign, says_who_asked=True)
    assert "Say that Chidi Nwosu asked me" in as_alice.get(address).content.decode()
    as_alice.post(address, sent)
    pledge.refresh_from_db()
    assert (pledge.asked_by, pledge.says_who_asked) == (None, False)


def test_an_organisation_of_others_is_refused(
    as_alice: Client, pledge: Pledge, northside: Organisation, address: str, sent: dict[str, str]
) -> None:
    response = as_alice.post(address, sent | {"organisation": str(northside.pk)})
    assert list(response.context["form"].errors) == ["organisation"]
    assert "Northside" not in response.content.decode()


@pytest.mark.parametrize("name", ["leader_name", "role_title", "check_in_every"])
def test_what_is_missing_is_said_at_its_field(
    name: str, as_alice: Client, address: str, sent: dict[str, str]
) -> None:
    response = as_alice.post(address, sent | {name: ""})
    assert list(response.context["form"].errors) == [name]
    assert entries() == []


def test_what_is_too_long_is_kept_as_typed(
    as_alice: Client, address: str, sent: dict[str, str]
) -> None:
    response = as_alice.post(address, sent | {"role_title": "<script>" * 2000})
    assert list(response.context["form"].errors) == ["role_title"]
    assert "&lt;script&gt;" * 2000 in response.content.decode()


def test_only_a_published_pledge_has_settings(
    as_alice: Client, draft: Pledge, pledge: Pledge, alice: User, address: str
) -> None:
    assert as_alice.get(reverse("pledge_settings", args=[draft.pk])).status_code == 404
    Pledge.objects.filter(pk=pledge.pk).update(state=PledgeState.CLOSED, closed_at=NOW)
    assert as_alice.get(address)["Location"] == reverse("my_pledge", args=[pledge.pk])
    with pytest.raises(NotPublishedError):
        change(pledge, alice)


@pytest.mark.parametrize("kept", [True, False])
def test_people_are_counted_only_when_the_box_is_ticked(
    kept: bool, as_alice: Client, pledge: Pledge, address: str, sent: dict[str, str]
) -> None:
    label = "Count people who make the pledge after I asked"
    assert label in as_alice.get(address).content.decode()
    if not kept:
        del sent["counts_who_followed"]
    as_alice.post(address, sent)
    pledge.refresh_from_db()
    assert pledge.counts_who_followed is kept


def test_nobody_is_asked_by_themselves(pledge: Pledge, alice: User) -> None:
    other = PledgeFactory(leader=alice, signing=pledge.signings.get().wording)
    Pledge.objects.filter(pk=pledge.pk).update(asked_by=other, says_who_asked=True)
    change(pledge, alice, shows=Shows(says_who_asked=True))
    pledge.refresh_from_db()
    assert (pledge.asked_by, pledge.says_who_asked) == (None, False)


def test_a_change_of_rhythm_keeps_what_held_until_then(pledge: Pledge, alice: User) -> None:
    change(pledge, alice, cadence=Cadence.MONTHLY)
    assert rhythm_of(pledge) == []
    change(pledge, alice, cadence=Cadence.QUARTERLY)
    assert rhythm_of(pledge) == [("monthly", NOW.date())]


def test_the_first_change_of_a_day_keeps_what_held_before_that_day(
    pledge: Pledge, alice: User
) -> None:
    for cadence in (Cadence.QUARTERLY, Cadence.MONTHLY, Cadence.QUARTERLY):
        change(pledge, alice, cadence=cadence)
    assert rhythm_of(pledge) == [("monthly", NOW.date())]
    change(pledge, alice, cadence=Cadence.MONTHLY, now=NOW + timedelta(days=1))
    assert rhythm_of(pledge) == [
        ("monthly", NOW.date()),
        ("quarterly", NOW.date() + timedelta(days=1)),
    ]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_switching_there_and_back_hides_no_missed_check_in(
    times: int, alice: User, pledge: Pledge
) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(published_at=NOW - timedelta(days=200))
    pledge.refresh_from_db()
    before = [each.passed for each in queries.look_backs(pledge, today=NOW.date())]
    assert len([each for each in before if each.missed]) == 5
    both = [Cadence.QUARTERLY, Cadence.MONTHLY]
    for number in range(times):
        change(pledge, alice, cadence=both[number % 2])
    changed = Pledge.objects.get(pk=pledge.pk)
    assert [each.passed for each in queries.look_backs(changed, today=NOW.date())] == before


def test_the_page_says_from_when_a_change_holds(as_alice: Client, address: str) -> None:
    page = " ".join(as_alice.get(address).content.decode().split())
    opens = next_quarter(timezone.localdate())
    assert f'A change holds from <time datetime="{opens.isoformat()}">' in page


def rhythm_of(pledge: Pledge) -> list[tuple[str, date]]:
    rows = pledge.cadence_changes.order_by("changed_on")
    return list(rows.values_list("cadence_before", "changed_on"))


def test_only_the_leader_changes_them(pledge: Pledge, bea: User) -> None:
    with pytest.raises(PermissionDenied):
        change(pledge, bea)


def change(
    pledge: Pledge,
    by: User,
    *,
    cadence: Cadence = Cadence.QUARTERLY,
    shows: Shows = Shows(is_listed=False),  # noqa: B008
    now: datetime = NOW,
) -> Pledge:
    return change_settings(
        pledge=pledge,
        who=Who("Someone", "Else"),
        cadence=cadence,
        shows=shows,
        by=by,
        now=now,
    )


def test_it_rolls_back_whole(
    confirmed: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(settings_actions, "record", refuse)
    before = list(Pledge.objects.values())
    with pytest.raises(RuntimeError, match="history is away"):
        change(confirmed, alice)
    assert list(Pledge.objects.values()) == before


def test_somebody_without_an_organisation_types_a_name(client: Client, db: None) -> None:
    pledge = PledgeFactory(leader_name="Lonely")
    client.force_login(pledge.leader)
    address = reverse("pledge_settings", args=[pledge.pk])
    assert 'name="organisation"' not in client.get(address).content.decode()
    client.post(address, AS_THEY_ARE | {"organisation_name": "A new house"})
    pledge.refresh_from_db()
    assert (pledge.leader_name, pledge.organisation_name) == ("Alice Adeyemi", "A new house")
