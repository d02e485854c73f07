"""The pages of packs."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from committees.actions.pack_paper import make_paper
from committees.enums import PaperState
from committees.models import Pack, PackPaper
from committees.pack_files import HEADINGS
from committees.pack_paper.paper import BREAK_HERE, words
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import ClosureProposal, Recommendation
from tests.committees.packs.test_freezing import five_hundred
from tests.conftest import signed_in_as
from tests.factories.committees import GroupFactory, GroupMemberFactory
from tests.factories.deciding import committee_member
from tests.factories.organisations import MembershipFactory
from tests.factories.packs import Plan, coming_meeting, freeze, frozen_pack, plan_for_a_pack

LIST = "/o/harbour-minds/packs/"
PAGES = ["pack_detail", "pack_minutes", "pack_paper", "pack_pdf", "pack_export", "pack_link_make"]
POSTED = ["pack_paper_again"]


@pytest.fixture
def plan(harbour: Organisation) -> Plan:
    return plan_for_a_pack(harbour)


@pytest.fixture
def pack(plan: Plan, alice: User) -> Pack:
    return freeze(plan, by=alice)


def at(name: str, pack: Pack) -> str:
    return reverse(name, args=["harbour-minds", pack.pk])


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


class TestDoors:
    @pytest.mark.parametrize("name", [*PAGES, *POSTED])
    def test_who_may_not(
        self, name: str, pack: Pack, client: Client, as_bea: Client, as_chidi: Client
    ) -> None:
        method = "post" if name in POSTED else "get"
        path = at(name, pack)
        found = [getattr(who, method)(path).status_code for who in (client, as_bea, as_chidi)]
        assert found == [302, 403, 404]

    @pytest.mark.parametrize("name", [name for name in PAGES if name != "pack_link_make"])
    def test_reading_refuses_post(self, name: str, pack: Pack, as_alice: Client) -> None:
        assert as_alice.post(at(name, pack)).status_code == 405

    def test_asking_again_refuses_get(self, pack: Pack, as_alice: Client) -> None:
        assert as_alice.get(at("pack_paper_again", pack)).status_code == 405

    @pytest.mark.parametrize("role", [Role.COMMITTEE, Role.ADVISER, Role.TRUSTEE])
    def test_who_reads_does_not_freeze_or_link(
        self, role: Role, pack: Pack, harbour: Organisation
    ) -> None:
        reader = signed_in_as(MembershipFactory(organisation=harbour, roles=[role]).user)
        freezing = reverse("pack_freeze", args=["harbour-minds", coming_meeting(harbour).pk])
        paths = [at("pack_detail", pack), freezing, at("pack_link_make", pack)]
        assert [reader.get(path).status_code for path in paths] == [200, 403, 403]
        assert at("pack_link_make", pack) not in text(reader.get(at("pack_detail", pack)))


class TestFreeze:
    def test_it_asks_first_and_then_freezes(self, harbour: Organisation, as_alice: Client) -> None:
        path = reverse("pack_freeze", args=["harbour-minds", coming_meeting(harbour).pk])
        assert "Nobody can change it afterwards" in text(as_alice.get(path))
        assert Pack.objects.count() == 0
        answers = [as_alice.post(path) for _ in "ab"]
        made = Pack.objects.get()
        assert [answer["Location"] for answer in answers] == [made.get_absolute_url()] * 2
        assert as_alice.get(path)["Location"] == made.get_absolute_url()

    def test_a_group_without_packs_is_told(self, harbour: Organisation, as_alice: Client) -> None:
        meeting = coming_meeting(harbour, group=GroupFactory(organisation=harbour, kind="forum"))
        path = reverse("pack_freeze", args=["harbour-minds", meeting.pk])
        response = as_alice.post(path, follow=True)
        assert "Only an accountability committee and a board have packs" in text(response)

    @pytest.mark.parametrize("who", ["as_bea", "as_chidi", "client"])
    def test_others_freeze_nothing(
        self, who: str, harbour: Organisation, request: pytest.FixtureRequest
    ) -> None:
        path = reverse("pack_freeze", args=["harbour-minds", coming_meeting(harbour).pk])
        status = {"as_bea": 403, "as_chidi": 404, "client": 302}[who]
        assert request.getfixturevalue(who).post(path).status_code == status
        assert Pack.objects.count() == 0


class TestList:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_as_many_queries_for_one_as_for_three(
        self,
        rows: int,
        harbour: Organisation,
        alice: User,
        as_alice: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            frozen_pack(harbour, by=alice)
        with django_assert_num_queries(6):
            response = as_alice.get(LIST)
        assert [each.number for each in response.context["page"]] == [*range(rows, 0, -1)]

    def test_nothing_yet(self, harbour: Organisation, as_alice: Client, as_bea: Client) -> None:
        assert "No packs yet" in text(as_alice.get(LIST))
        assert as_bea.get(LIST).status_code == 403
        assert as_alice.post(LIST).status_code == 405


class TestDetail:
    def test_it_shows_every_line_and_that_it_matches(self, pack: Pack, as_alice: Client) -> None:
        said = text(as_alice.get(at("pack_detail", pack)))
        assert "Matches what was frozen." in said
        assert pack.sha256 in said
        for section in pack.as_read["sections"]:
            assert section["title"] in said
            assert [row for row in section["rows"] if row["title"] not in said] == []

    def test_what_was_tampered_with_is_said(
        self, pack: Pack, as_alice: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("committees.views.pack_shown.matches", lambda *_: False)
        said = text(as_alice.get(at("pack_detail", pack)))
        assert "Does not match what was frozen" in said

    @pytest.mark.parametrize("more", [0, 30])
    def test_queries(
        self,
        more: int,
        plan: Plan,
        harbour: Organisation,
        alice: User,
        as_alice: Client,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        five_hundred(harbour, more)
        pack = freeze(plan, by=alice)
        with django_assert_num_queries(7):
            as_alice.get(at("pack_detail", pack))

    def test_a_member_decides_from_it(self, plan: Plan, pack: Pack, harbour: Organisation) -> None:
        user = committee_member(harbour)
        GroupMemberFactory(group=plan.committee, user=user)
        said = text(signed_in_as(user).get(at("pack_detail", pack)))
        for name, pk in (
            ("closure_decide", plan.proposal.pk),
            ("extension_decide", plan.asked.pk),
            ("response_decide", plan.unanswered.pk),
        ):
            assert f"{reverse(name, args=['harbour-minds', pk])}?pack={pack.pk}" in said

    def test_what_is_no_longer_asked_has_no_link(
        self, plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        ClosureProposal.objects.update(withdrawn_at=timezone.now())
        said = text(signed_in_as(committee_member(harbour)).get(at("pack_detail", pack)))
        assert "No longer asked for" in said
        assert str(plan.proposal.pk) not in said

    def test_a_coordinator_decides_nothing(self, pack: Pack, as_alice: Client) -> None:
        assert "?pack=" not in text(as_alice.get(at("pack_detail", pack)))


class TestPaper:
    def test_progress_then_the_file(self, pack: Pack, as_alice: Client) -> None:
        waits = text(as_alice.get(at("pack_paper", pack), headers={"HX-Request": "true"}))
        assert "<progress" in waits
        assert "every 2s" in waits
        assert "See whether" in waits
        assert as_alice.get(at("pack_paper", pack))["Location"] == pack.get_absolute_url()
        assert as_alice.get(at("pack_pdf", pack))["Location"] == pack.get_absolute_url()
        make_paper(pack=pack.pk, now=timezone.now())
        ready = text(as_alice.get(at("pack_paper", pack), headers={"HX-Request": "true"}))
        assert "every 2s" not in ready
        assert at("pack_pdf", pack) in ready
        response = as_alice.get(at("pack_pdf", pack))
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment;")
        assert response.content.startswith(b"%PDF")

    def test_it_can_be_asked_for_again(self, pack: Pack, as_alice: Client) -> None:
        PackPaper.objects.update(state=PaperState.FAILED)
        assert "Try again" in text(as_alice.get(at("pack_detail", pack)))
        assert as_alice.post(at("pack_paper_again", pack)).status_code == 302
        assert PackPaper.objects.get().state == PaperState.WAITING


class TestTheSameEverywhere:
    def test_page_paper_and_files_hold_the_same(self, pack: Pack, as_alice: Client) -> None:
        Recommendation.objects.update(title="Another title")
        sections = pack.as_read["sections"]
        frozen = {
            part["title"]: [[row[key] for key, _ in part["columns"]] for row in part["rows"]]
            for part in sections
        }
        page = as_alice.get(at("pack_detail", pack)).context["sections"]
        assert {
            each.title: [[cell.value for cell in line.cells] for line in each.lines]
            for each in page
        } == frozen
        as_text = {
            title: [["" if cell is None else str(cell) for cell in row] for row in rows]
            for title, rows in frozen.items()
        }
        set_in_type = words(pack.as_read, pack.sha256)["sections"]
        assert {
            each["title"]: [[cell.replace(BREAK_HERE, "") for cell in row] for row in each["rows"]]
            for each in set_in_type
        } == as_text
        book = load_workbook(
            io.BytesIO(as_alice.get(f"{at('pack_export', pack)}?format=xlsx").content)
        )
        sheets = {
            part["title"]: [
                [cell or "" for cell in row]
                for row in book.worksheets[n].iter_rows(min_row=2, values_only=True)
            ]
            for n, part in enumerate(sections, 1)
            if part["rows"]
        }
        assert sheets == {
            title: [["" if cell is None else cell for cell in row] for row in rows]
            for title, rows in frozen.items()
            if rows
        }

    def test_csv_has_a_row_for_each_item(self, pack: Pack, as_alice: Client) -> None:
        response = as_alice.get(at("pack_export", pack))
        read = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        items = [row for part in pack.as_read["sections"] for row in part["rows"]]
        assert tuple(read[0]) == HEADINGS
        assert [row[2] for row in read[1:]] == [item["title"] for item in items]
        assert response["Content-Disposition"].startswith("attachment;")

    @pytest.mark.parametrize("file", ["csv", "xlsx"])
    def test_no_cell_is_a_formula(
        self, file: str, harbour: Organisation, alice: User, as_alice: Client
    ) -> None:
        plan = plan_for_a_pack(harbour)
        Recommendation.objects.update(title="=1+1")
        pack = freeze(plan, by=alice)
        body = as_alice.get(f"{at('pack_export', pack)}?format={file}").content
        if file == "csv":
            assert b'"=1+1"' not in body
            assert b'"\'=1+1"' in body
        else:
            cells = [cell for sheet in load_workbook(io.BytesIO(body)) for row in sheet
                     for cell in row]  # fmt: skip
            assert {cell.data_type for cell in cells} <= {"s", "n"}

    def test_another_format_is_not_found(self, pack: Pack, as_alice: Client) -> None:
        assert as_alice.get(f"{at('pack_export', pack)}?format=exe").status_code == 404


def test_meetings_that_wait_for_a_pack_are_offered(harbour: Organisation, as_alice: Client) -> None:
    meeting = coming_meeting(harbour)
    meeting.date += timedelta(days=1)
    path = reverse("pack_freeze", args=["harbour-minds", meeting.pk])
    assert path in text(as_alice.get(LIST))
