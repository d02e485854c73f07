"""The leader's own page, and the files one can take from it."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
import typst
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationState, Kept, PledgeState
from commitments.models import Assistant, Invitation, Pledge, Reflection, Step, Wording
from commitments.queries import current_promises
from commitments.queries.own_record import OwnRecord, own_record_of
from commitments.record_paper import paper as record_paper
from commitments.rhythm import open_period
from organisations.models import Organisation, User
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from ui.spreadsheets import BYTE_ORDER_MARK
from ui.typesetting import typeset

PAGES = ["my_pledge", "record_csv", "figures_csv", "record_pdf"]
FILES = PAGES[1:]
QUERIES = 12
S = InvitationState


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 800 days ago: there are earlier years, and a check-in is open."""
    made = timezone.now() - timedelta(days=800)
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=made,
        leader_name="Alice Adeyemi",
    )  # fmt: skip


@pytest.fixture
def helped(old: Pledge, bea: User) -> Pledge:
    """Bea assists."""
    now = timezone.now()
    Assistant.objects.create(
        pledge=old, email=bea.email, user=bea, token_sha256=b"x" * 32, invited_at=now,
        expires_at=now, accepted_at=now,
    )  # fmt: skip
    return old


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def taken_part(pledge: Pledge, *, both: bool = True, **more: Any) -> Invitation:
    """In an event that was counted: 3 of 5 women, 1 or nobody of 5 minoritised."""
    event = GatheringFactory(organisation=pledge.organisation, held_on=days_ago(9))
    enter_count(event, numbers(5, 3, 2, int(both), 5 - int(both)), by=pledge.leader)
    invitation: Invitation = InvitationFactory(
        pledge=pledge, received_on=days_ago(20), asked_on=days_ago(19), held_on=days_ago(9),
        state=S.TOOK_PART, gathering=event, **more,
    )  # fmt: skip
    return invitation


def page_of(client: Client, pledge: Pledge, query: str = "") -> str:
    response = client.get(reverse("my_pledge", args=[pledge.pk]) + query)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def rows_of(client: Client, name: str, pledge: Pledge, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse(name, args=[pledge.pk]) + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    read = io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
    return list(csv.DictReader(read))


# Who may open them


@pytest.mark.parametrize("name", PAGES)
def test_a_record_is_for_the_leader(
    name: str, old: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(name, args=[old.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.post(address).status_code == 405
    assert as_bea.get(address).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_assistant_reads_it_until_they_stop(name: str, helped: Pledge, as_bea: Client) -> None:
    address = reverse(name, args=[helped.pk])
    assert as_bea.get(address).status_code == 200
    helped.assistants.update(ended_at=timezone.now())
    assert as_bea.get(address).status_code == 404


def test_an_assistant_finds_no_button_that_is_the_leaders(helped: Pledge, as_bea: Client) -> None:
    InvitationFactory(pledge=helped, confirmed_at=None)
    response = as_bea.get(reverse("my_pledge", args=[helped.pk]))
    html = response.content.decode()
    theirs = ("pledge_settings", "republications", "assistants", "encourage", "pledge_end")
    for name in (*theirs, "pledge_revise", "entries_confirm", "work_address_confirm"):
        assert f'"{reverse(name, args=[helped.pk])}"' not in html, name
    assert reverse("invitation_add", args=[helped.pk]) in html
    assert "1 entry waits for Alice Adeyemi" in page_of(as_bea, helped)


@pytest.mark.parametrize("name", FILES)
def test_a_draft_has_no_files(name: str, draft: Pledge, as_alice: Client) -> None:
    assert as_alice.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_draft_leads_back_to_its_last_step(
    draft: Pledge, as_alice: Client, as_chidi: Client
) -> None:
    address = reverse("my_pledge", args=[draft.pk])
    assert as_alice.get(address)["Location"] == reverse("pledge_check", args=[draft.pk])
    assert as_chidi.get(address).status_code == 404


# The page


def test_a_new_pledge_says_what_to_do(pledge: Pledge, as_alice: Client) -> None:
    page = page_of(as_alice, pledge)
    assert "Nothing waits now. The next check-in opens on" in page
    assert "No invitation yet" in page
    assert "The last 12 months" not in page
    assert "month by month" not in page


def test_what_waits_comes_first(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, title="Answered one", state=S.ANSWERED, asked_on=days_ago(0))
    InvitationFactory(pledge=old, title="Past one", held_on=days_ago(1), received_on=days_ago(3))
    taken_part(old, both=False, title="Looked at")
    InvitationFactory(pledge=old, title="Unconfirmed one", confirmed_at=None)
    page = page_of(as_alice, old)
    period = open_period(timezone.localdate(), old.check_in_every)
    said = [
        f"Check-in for {period.words}", "Answered one", "They answered. What came of it?",
        "Past one", "It took place. What came of it?", "Looked at",
        "Not shown to meet. A few lines, while it is fresh.", "Noted for you", "Unconfirmed one",
        "Add an invitation", "The last 12 months",
    ]  # fmt: skip
    places = [page.index(words) for words in said]
    assert places == sorted(places)
    assert "1 entry waits for you. These figures count what is confirmed." in page


def test_the_year_in_figures(old: Pledge, as_alice: Client) -> None:
    taken_part(old)
    taken_part(old, both=False)
    changed = {"asked_on": days_ago(5), "lineup_changed": True, "state": S.CHANGED}
    InvitationFactory(pledge=old, received_on=days_ago(6), **changed)
    page = page_of(as_alice, old)
    assert "1 Line-ups that changed after we asked of 3 line-ups asked about" in page
    for words in ("Took part 2 of 3 invitations", "Shown to meet both 1 of 2 taken part in"):
        assert words in page
    assert "Women: whoever says so (the organiser told us): 1" in page
    assert "%" not in page


def test_the_year_before_and_earlier_years(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, received_on=days_ago(500), asked_on=days_ago(499))
    assert "Nothing came in from" in page_of(as_alice, old)
    InvitationFactory(pledge=old)
    page = page_of(as_alice, old)
    assert "Asked who is at the table 0 of 1 invitation Year before: 1 of 1" in page
    last = own_record_of(old, today=timezone.localdate()).years[1]
    page = page_of(as_alice, old, f"?to={last}")
    assert f"12 months to {last.day} {last:%B %Y}" in page
    assert "Asked who is at the table 1 of 1 invitation" in page
    assert "Year before" not in page


@pytest.mark.parametrize(
    ("made", "heading"), [(364, "The last 12 months"), (363, "Since {since}"), (0, "Since {since}")]
)
def test_a_short_year_says_since_when(
    made: int, heading: str, harbour: Organisation, wording: Wording, alice: User, as_alice: Client
) -> None:
    """On the leader's own page and on the public one alike; what came in before does not count."""
    with time_machine.travel(datetime(2026, 5, 20, 12, tzinfo=UTC)):
        made_at = timezone.now() - timedelta(days=made)
        young = PledgeFactory(
            leader=alice, organisation=harbour, signing=wording, created_at=made_at
        )
        day = timezone.localdate(made_at)
        for each in (day, day - timedelta(days=1)):
            InvitationFactory(pledge=young, received_on=each, asked_on=timezone.localdate())
        own = page_of(as_alice, young)
        public = " ".join(
            re.sub(r"<[^>]+>", " ", as_alice.get(young.get_absolute_url()).content.decode()).split()
        )
    since = f"{day.day} {day:%B %Y}"
    assert heading.format(since=since) in own
    assert heading.replace("The last", "In the last").format(since=since) in public
    for page in (own, public):
        assert "Asked who is at the table 1 of 1 invitation" in page


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("tomorrow", "Enter a valid date."),
        ("2999-01-01", "Choose a day that has come."),
        ("before", "The record begins on {since}. Choose a day from then on."),
        ("0001-01-01", "The record begins on {since}. Choose a day from then on."),
        ("x" * 10_000, "Enter a valid date."),
        ("<script>", "Enter a valid date."),
    ],
)
def test_a_year_that_makes_no_sense(to: str, said: str, old: Pledge, as_alice: Client) -> None:
    since = timezone.localdate(old.published_at)
    to = (since - timedelta(days=1)).isoformat() if to == "before" else to
    response = as_alice.get(reverse("my_pledge", args=[old.pk]), {"to": to})
    told = said.format(since=f"{since.day} {since:%B %Y}")
    assert response.context["year_form"].errors == {"to": [told]}
    assert response.context["own"].year.last == timezone.localdate()
    assert "<script>" not in response.content.decode()
    for name in FILES:
        assert as_alice.get(reverse(name, args=[old.pk]), {"to": to}).status_code == 404


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("", ["Open one", "Ended one", "Old one"]),
        ("?show=open", ["Open one"]),
        ("?show=ended", ["Ended one", "Old one"]),
        ("?year={old_year}", ["Old one"]),
        ("?show=open&year={old_year}", []),
        ("?show=x&year=x&page=99", ["Open one", "Ended one", "Old one"]),
    ],
)
def test_the_list_can_be_narrowed(
    query: str, titles: list[str], old: Pledge, as_alice: Client
) -> None:
    InvitationFactory(pledge=old, title="Open one")
    InvitationFactory(pledge=old, title="Ended one", state=S.DECLINED, received_on=days_ago(0))
    InvitationFactory(pledge=old, title="Old one", state=S.TOOK_PART, received_on=days_ago(740))
    Invitation.objects.filter(title="Ended one").update(created_at=old.created_at)
    asked = query.format(old_year=days_ago(740).year)
    response = as_alice.get(reverse("my_pledge", args=[old.pk]) + asked)
    assert [entry.title for entry in response.context["page"]] == titles


def test_the_list_is_paged(old: Pledge, as_alice: Client) -> None:
    InvitationFactory.create_batch(26, pledge=old)
    address = reverse("my_pledge", args=[old.pk])
    pages = [as_alice.get(address, {"page": page}).context["page"] for page in (1, 2)]
    assert [len(page) for page in pages] == [25, 1]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int, old: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for row in range(rows):
        taken_part(old)
        InvitationFactory(pledge=old, confirmed_at=None)
        period = open_period(days_ago(90 * (row + 1)), old.check_in_every)
        CheckInFactory(
            pledge=old, period=period.first, opened_on=period.opens_on, lines={1: (Kept.KEPT, "x")}
        )
    with django_assert_num_queries(QUERIES):
        as_alice.get(reverse("my_pledge", args=[old.pk]))


def test_a_closed_pledge_stays_readable(old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, state=S.ANSWERED, asked_on=days_ago(0))
    now = timezone.now()
    Pledge.objects.filter(pk=old.pk).update(
        state=PledgeState.CLOSED, closed_at=now, ending="role_ended", ended_on=now.date()
    )
    page = page_of(as_alice, old)
    assert "This pledge is closed." in page
    assert "The role has ended." in page
    for absent in ("Add an invitation", "What came of it?", "Write a new version", "Assistants"):
        assert absent not in page


def test_what_people_typed_stays_text(old: Pledge, as_alice: Client) -> None:
    hostile = "<script>alert(1)</script> \u202eדורון"
    InvitationFactory(pledge=old, title=hostile, organiser=hostile, state=S.ANSWERED,
                      asked_on=days_ago(0))  # fmt: skip
    html = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert "<script>alert" not in html
    assert "<bdi>&lt;script&gt;" in html


# The files


def test_the_file_of_figures_says_what_the_page_says(old: Pledge, as_alice: Client) -> None:
    taken_part(old)
    taken_part(old, both=False)
    InvitationFactory(pledge=old, state=S.DECLINED)
    figures = own_record_of(old, today=timezone.localdate()).record.figures
    rows = rows_of(as_alice, "figures_csv", old)
    found = [(r["Figure"], r["Count"], r["Out of"], r["In words"], r["Rules"]) for r in rows]
    assert found == [
        (f.label, str(f.count), str(f.out_of), f.denominator, ", ".join(f.stamp.rules))
        for f in figures
    ]
    page = page_of(as_alice, old)
    for row in rows[1:]:
        assert f"{row['Figure']} {row['Count']} {row['In words']}" in page
    assert {row["What is counted"] for row in rows} == {f.stamp.definitions[0] for f in figures}


def test_the_file_of_entries_adds_up_to_the_figures(old: Pledge, as_alice: Client) -> None:
    taken_part(old, title="Both")
    taken_part(old, both=False, title="One")
    InvitationFactory(
        pledge=old, title="Changed", received_on=days_ago(3), asked_on=days_ago(2),
        lineup_changed=True, state=S.STEPPED_ASIDE,
    )  # fmt: skip
    InvitationFactory(pledge=old, title="Waiting", confirmed_at=None, asked_on=days_ago(0))
    InvitationFactory(pledge=old, title="Another year", received_on=days_ago(500))
    year = own_record_of(old, today=timezone.localdate()).year
    rows = rows_of(as_alice, "record_csv", old)
    by_title = {row["Invitation"]: row for row in rows}
    assert sorted(by_title) == ["Both", "Changed", "One", "Waiting"]
    counted = [row for row in rows if not row["Waits to be confirmed"]]
    assert {
        "invitations": len(counted),
        "changed": sum(row["Changed after asking"] == "Yes" for row in counted),
        "took_part": sum(bool(row["Took part on"]) for row in counted),
        "met_both": sum(row["Shown"] == "Both" for row in counted),
        "met_one": sum(row["Shown"] == "One" for row in counted),
    } == {
        "invitations": year.invitations.count, "changed": year.changed.count,
        "took_part": year.took_part.count, "met_both": year.met_both.count,
        "met_one": year.met_one.count,
    }  # fmt: skip
    assert by_title["Waiting"]["I asked on"] == ""
    assert by_title["Changed"]["Stepped aside on"] == days_ago(2).isoformat()


def test_no_file_holds_a_count_of_people_at_an_event(
    old: Pledge, alice: User, as_alice: Client
) -> None:
    event = GatheringFactory(organisation=old.organisation)
    enter_count(event, numbers(7331, 4441, 2890, 5557, 1774), by=alice)
    InvitationFactory(pledge=old, state=S.TOOK_PART, gathering=event)
    pages = [as_alice.get(reverse(name, args=[old.pk])).content for name in PAGES]
    words = record_paper.words(*paper_of(old))
    for raw in (b"7331", b"4441", b"2890", b"5557", b"1774"):
        assert not any(raw in page for page in pages[:3])
        assert raw.decode() not in str(words)
    assert b"Shown to meet both" in pages[0]


@pytest.mark.parametrize("text", ["=1+1", " +1", "@x", "-1", "\u3000＝1"])
def test_no_cell_is_a_formula(text: str, old: Pledge, as_alice: Client) -> None:
    InvitationFactory(pledge=old, title=text, organiser=text)
    [row] = rows_of(as_alice, "record_csv", old)
    assert (row["Invitation"], row["Organiser"]) == (f"'{text}", f"'{text}")


@pytest.mark.parametrize(
    ("name", "filename"),
    [("record_csv", "record-to-{}.csv"), ("figures_csv", "figures-to-{}.csv"),
     ("record_pdf", "record-to-{}.pdf")],
)  # fmt: skip
def test_a_file_is_named_after_its_year(
    name: str, filename: str, old: Pledge, as_alice: Client
) -> None:
    Pledge.objects.filter(pk=old.pk).update(leader_name='Ọláwálé "; x=\r\n')
    last = days_ago(400).isoformat()
    for query, day in (("", days_ago(0).isoformat()), (f"?to={last}", last)):
        response = as_alice.get(reverse(name, args=[old.pk]) + query)
        expected = f'attachment; filename="{filename.format(day)}"'
        assert response["Content-Disposition"] == expected


# The page to print


def paper_of(pledge: Pledge) -> tuple[Pledge, list[Any], OwnRecord]:
    own = own_record_of(pledge, today=timezone.localdate())
    return pledge, list(current_promises(pledge)), own


def pages_of(pledge: Pledge) -> int:
    """As pictures, of which there is one for each page."""
    drawn = typeset(record_paper.TEMPLATE, record_paper.words(*paper_of(pledge)), format="png")
    return len(drawn) if isinstance(drawn, list) else 1


def test_the_paper_says_what_the_page_says(old: Pledge, as_alice: Client) -> None:
    taken_part(old)
    pledge, promises, own = paper_of(old)
    words = record_paper.words(pledge, promises, own)
    said = [words["headline"], *words["figures"]]
    assert [(f["label"], f["count"], f["denominator"]) for f in said] == [
        (f.label, str(f.count), f.denominator) for f in own.record.figures
    ]
    assert (words["name"], words["role"]) == ("Alice Adeyemi", "Chief executive, Harbour Minds")
    assert words["promises"] == [promise.short for promise in promises]
    assert words["rests_on"] == [
        "The leader’s own record, as confirmed by the leader. Answers: 0.",
        "What events showed: counted at 1 of 1 taken part in. People who say they belong to a "
        "community minoritised by race or ethnicity in the UK (each person told us): 1. "
        "Women: whoever says so (the organiser told us): 1.",
        "Rules: record-2, counts-1. What other rules, definitions or sources counted is not put "
        "beside these figures.",
    ]
    assert words["address"].endswith(pledge.get_absolute_url())


def test_the_paper_is_one_tagged_page_in_british_english(old: Pledge, as_alice: Client) -> None:
    made = as_alice.get(reverse("record_pdf", args=[old.pk])).content
    assert made.startswith(b"%PDF-1.7")
    assert re.search(rb"/Type/Pages/Count 1/", made)
    assert b"/Lang(en-GB)" in made
    assert b"/MarkInfo<</Marked true" in made
    for tag in (b"/S/H1", b"/S/H2", b"/S/Table", b"/S/TH", b"/S/TD", b"/S/L"):
        assert tag in made, tag
    assert b"/Title(Record of an anti-racism pledge, " in made


@pytest.mark.parametrize(
    "letters",
    ["W", "ش", "தி", "ệ", "漢", "👩🏽‍🦱", "\U00016a40", "<b>#x[", "$*_`\\ "],
    ids=["wide", "arabic", "tamil", "vietnamese", "han", "joined", "rare", "markup", "signs"],
)
def test_the_longest_words_stay_on_one_page(letters: str, wording: Wording, alice: User) -> None:
    def long(length: int) -> str:
        return (letters * length)[:length].strip() or "x"

    pledge = PledgeFactory(
        leader=alice, leader_name=long(120), role_title=long(120), organisation_name=long(160),
        slug="x" * 100, signing=wording, signing__own=tuple(long(1000) for _ in range(10)),
        signing__adapted=dict.fromkeys(
            wording.promises.values_list("key", flat=True), long(1000)
        ),
    )  # fmt: skip
    taken_part_in = InvitationFactory(pledge=pledge, state=S.TOOK_PART, organiser=long(160))
    Step.objects.create(
        invitation=taken_part_in, state=S.PUT_FORWARD, number=99, on=days_ago(0), by=alice,
        at=timezone.now(), confirmed_at=timezone.now(),
    )  # fmt: skip
    assert pages_of(pledge) == 1


def test_what_no_font_can_draw_is_said_and_not_drawn_as_boxes(
    wording: Wording, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledge = PledgeFactory(leader=alice, leader_name="Alice", signing=wording)
    monkeypatch.setattr(record_paper, "drawable", lambda text: "")
    words = record_paper.words(*paper_of(pledge))
    assert words["name"] == record_paper.CANNOT_BE_DRAWN


def test_a_template_that_is_wrong_says_so() -> None:
    with pytest.raises(typst.TypstError):
        typeset(record_paper.TEMPLATE, {})


def test_reflections_stand_in_the_year(old: Pledge, as_alice: Client) -> None:
    told = taken_part(old, both=False, title="Looked at")
    Reflection.objects.create(invitation=told, written_by=old.leader, written_at=timezone.now())
    page = page_of(as_alice, old)
    assert "Reflection written: Looked at" in page
    assert "while it is fresh" not in page
