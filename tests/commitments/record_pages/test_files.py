"""The files that a leader can take from the record."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.models import Pledge
from commitments.queries.own_record import own_record_of
from commitments.record_paper import paper as record_paper
from organisations.models import User
from tests.commitments.record_pages.conftest import (
    PAGES,
    S,
    days_ago,
    page_of,
    paper_of,
    taken_part,
)
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from ui.spreadsheets import BYTE_ORDER_MARK


def rows_of(client: Client, name: str, pledge: Pledge, query: str = "") -> list[dict[str, str]]:
    response = client.get(reverse(name, args=[pledge.pk]) + query)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith(BYTE_ORDER_MARK)
    read = io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")
    return list(csv.DictReader(read))


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
