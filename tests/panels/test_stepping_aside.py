"""If you stepped aside: for one reader, for one view, of what they may see anyway."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from history.models import Entry
from organisations.models import User
from panels.audit import Count, LineUp
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Answer, Basis, GatheringKind, Measure, Verdict
from panels.forms.stepping_aside import NO_ANSWER
from panels.models import Gathering, Tally
from panels.stepping_aside import NOBODY, fits, open_counts, without_you
from tests.factories.panels import enter_count, numbers
from tests.panels.pages import page

YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
ASIDE = "without-you/"


def counted(whole: TypedPart, basis: Basis = Basis.ORGANISER_STATED) -> LineUp:
    return line_up(Typed(kind=GatheringKind.PANEL, whole=whole, women_basis=basis, told=True))


class TestTheRule:
    @pytest.mark.parametrize(
        ("answer", "figure", "verdict"),
        [
            (YES, "2 of 5", Verdict.NOT_MET),
            (NO, "3 of 5", Verdict.MET),
        ],
    )
    def test_one_seat_fewer_with_the_answer_taken_out(
        self, answer: Answer, figure: str, verdict: Verdict
    ) -> None:
        counts = open_counts(counted(TypedPart(6, 3, 3)), typed_it=True)
        [women] = without_you(counts, {Measure.WOMEN: answer})
        assert (women.figure, women.found) == ("3 of 6", Verdict.MET)
        assert (women.figure_without, women.found_without) == (figure, verdict)

    def test_it_says_what_is_missing_then(self) -> None:
        counts = open_counts(counted(TypedPart(6, 3, 3)), typed_it=True)
        [women] = without_you(counts, {Measure.WOMEN: YES})
        assert women.sentence == "You need 1 more woman among these 5."
        assert women.marks == ("yes",) * 2 + ("no",) * 3 + ("short",)
        assert women.asks == "At least 50%: 3 of 5 seats"
        assert women.known_without == "Known for 5 of 5"

    def test_each_measure_stands_by_itself(self) -> None:
        counts = open_counts(counted(TypedPart(6, 3, 3, 1, 4)), typed_it=True)
        found = without_you(counts, {Measure.WOMEN: YES, Measure.MINORITISED: UNKNOWN})
        assert [one.figure_without for one in found] == ["2 of 5", "1 of 5"]
        only = without_you(counts, {Measure.MINORITISED: NO})
        assert [one.title for one in only] == ["People from minoritised communities"]

    def test_of_two_people_nothing_is_left_to_judge(self) -> None:
        counts = open_counts(counted(TypedPart(2, 1, 1)), typed_it=True)
        [women] = without_you(counts, {Measure.WOMEN: NO})
        assert (women.found_without, women.sentence) == (Verdict.NO_VERDICT, "")

    @pytest.mark.parametrize(
        ("whole", "basis", "open_to_a_member"),
        [
            (TypedPart(6, 3, 3, 2, 4), Basis.SELF_DECLARED, [Measure.WOMEN, Measure.MINORITISED]),
            (TypedPart(6, 3, 3, 0, 6), Basis.SELF_DECLARED, [Measure.WOMEN]),
            (TypedPart(6, 6, 0, 6, 0), Basis.SELF_DECLARED, []),
            (TypedPart(4, 2, 2, 2, 2), Basis.ORGANISER_STATED, []),
            (TypedPart(6, 1, 1, 1, 1), Basis.ORGANISER_STATED, []),
        ],
    )
    def test_only_what_the_reader_may_see_exactly(
        self, whole: TypedPart, basis: Basis, open_to_a_member: list[Measure]
    ) -> None:
        found = counted(whole, basis)
        assert [one.measure for one in open_counts(found, typed_it=False)] == open_to_a_member
        assert len(open_counts(found, typed_it=True)) == 2

    def test_hidden_by_its_parts_is_hidden_here(self) -> None:
        """With nobody unknown, a hidden main stage hides the whole of what people said."""
        found = line_up(
            Typed(
                kind=GatheringKind.EVENT,
                whole=TypedPart(8, 4, 4, 2, 6),
                main_stage=TypedPart(3, 1, 2, 1, 2),
                women_basis=Basis.ORGANISER_STATED,
                told=True,
            )
        )
        assert [one.measure for one in open_counts(found, typed_it=False)] == [Measure.WOMEN]

    def test_an_answer_has_to_be_somebodys(self) -> None:
        assert [fits(Count(1, 0, 2), answer) for answer in Answer] == [True, False, True]


@pytest.fixture
def six(gathering: Gathering, alice: User) -> Gathering:
    enter_count(gathering, numbers(6, 3, 3, 2, 3), by=alice)
    return gathering


def without(response: Any) -> list[str]:
    return [one.figure_without for one in response.context["without_you"]]


@pytest.mark.django_db
class TestThePage:
    def test_it_is_off_until_somebody_answers(self, as_bea: Client, six: Gathering) -> None:
        response = as_bea.get(page(six, ASIDE))
        assert response.status_code == 200
        assert "without_you" not in response.context
        assert "checked" not in response.content.decode()

    def test_it_works(self, as_bea: Client, six: Gathering) -> None:
        response = as_bea.post(page(six, ASIDE), {"women": "yes", "minoritised": "no"})
        assert (response.status_code, without(response)) == (200, ["2 of 5", "2 of 5"])

    def test_one_answer_is_enough(self, as_bea: Client, six: Gathering) -> None:
        response = as_bea.post(page(six, ASIDE), {"minoritised": "unknown"})
        assert without(response) == ["2 of 5"]

    def test_an_answer_in_the_address_is_not_read(self, as_bea: Client, six: Gathering) -> None:
        response = as_bea.get(page(six, ASIDE), {"women": "yes"})
        assert "without_you" not in response.context

    def test_nothing_is_stored(self, as_bea: Client, six: Gathering) -> None:
        before = (Tally.objects.count(), Entry.objects.count())
        with CaptureQueriesContext(connection) as queries:
            as_bea.post(page(six, ASIDE), {"women": "yes", "minoritised": "yes"})
        written = [one["sql"] for one in queries if not one["sql"].startswith("SELECT")]
        assert written == []
        assert (Tally.objects.count(), Entry.objects.count()) == before
        session = dict(as_bea.session)
        assert [key for key in session if not key.startswith("_auth")] == []

    def test_nothing_is_on_the_next_page(self, as_bea: Client, six: Gathering) -> None:
        before = as_bea.get(page(six)).context["result"]
        as_bea.post(page(six, ASIDE), {"women": "yes"})
        assert as_bea.get(page(six)).context["result"] == before
        assert "2 of 5" not in as_bea.get(page(six, ASIDE)).content.decode()

    def test_it_is_never_cached(self, as_bea: Client, six: Gathering) -> None:
        for response in (as_bea.get(page(six, ASIDE)), as_bea.post(page(six, ASIDE))):
            assert "no-store" in response.headers["Cache-Control"]

    def test_no_log_holds_the_answer(
        self,
        as_bea: Client,
        six: Gathering,
        capfd: pytest.CaptureFixture[str],
        caplog: pytest.LogCaptureFixture,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Not even where the page breaks."""
        monkeypatch.setattr("panels.views.stepping_aside.without_you", None)
        as_bea.raise_request_exception = False
        with caplog.at_level("INFO"):
            response = as_bea.post(page(six, ASIDE), {"minoritised": "unknown"})
        assert response.status_code == 500
        written = caplog.text + "".join(capfd.readouterr())
        assert [said for said in ("unknown", "'minoritised'") if said in written] == []

    @pytest.mark.parametrize(
        ("typed", "wrong"),
        [
            ({}, {"__all__": [NO_ANSWER]}),
            ({"women": "unknown"}, {"women": [NOBODY]}),
        ],
    )
    def test_bad_input_is_said_and_kept(
        self, as_bea: Client, six: Gathering, typed: dict[str, str], wrong: dict[str, list[str]]
    ) -> None:
        response = as_bea.post(page(six, ASIDE), typed)
        assert (response.status_code, dict(response.context["form"].errors)) == (200, wrong)
        assert {name: response.context["form"][name].value() for name in typed} == typed

    @pytest.mark.parametrize("typed", ["<script>", "yes\u202e", "y" * 10_000])
    def test_hostile_answers_are_no_answers(
        self, as_bea: Client, six: Gathering, typed: str
    ) -> None:
        response = as_bea.post(page(six, ASIDE), {"women": typed})
        assert (response.status_code, list(response.context["form"].errors)) == (200, ["women"])
        assert "<script>" not in response.content.decode()

    def test_refused_where_the_count_is_not_theirs_to_see(
        self, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(4, 3, 1, 1, 3), by=alice)
        response = as_bea.post(page(gathering, ASIDE), {"women": "yes", "minoritised": "yes"})
        assert "without_you" not in response.context
        body = response.content.decode()
        assert "Not for this count" in body
        assert [said for said in ("of 3", "of 4", "Known for") if said in body] == []

    def test_what_is_hidden_is_neither_asked_nor_told(
        self, as_bea: Client, gathering: Gathering, alice: User
    ) -> None:
        """All or nobody, of what people said of themselves."""
        enter_count(gathering, numbers(6, 3, 3, 0, 6), by=alice)
        response = as_bea.post(page(gathering, ASIDE), {"women": "no", "minoritised": "no"})
        assert without(response) == ["3 of 5"]
        assert list(response.context["form"].fields) == ["women"]

    def test_whoever_typed_it_may_look(
        self, as_alice: Client, gathering: Gathering, alice: User
    ) -> None:
        enter_count(gathering, numbers(4, 3, 1), by=alice)
        assert without(as_alice.post(page(gathering, ASIDE), {"women": "no"})) == ["3 of 3"]

    def test_without_a_count_there_is_nothing_to_step_out_of(
        self, as_bea: Client, gathering: Gathering
    ) -> None:
        response = as_bea.post(page(gathering, ASIDE), {"women": "yes"})
        assert response.status_code == 200
        assert "Not counted yet" in response.content.decode()

    def test_other_methods_are_405(self, as_bea: Client, six: Gathering) -> None:
        assert as_bea.put(page(six, ASIDE)).status_code == 405

    def test_a_stranger_gets_404(self, as_chidi: Client, six: Gathering) -> None:
        response = as_chidi.post(page(six, ASIDE), {"women": "yes"})
        assert (response.status_code, b"3 of 6" in response.content) == (404, False)

    def test_another_organisations_event_is_404(self, as_alice: Client, theirs: Gathering) -> None:
        assert as_alice.get(page(theirs, ASIDE)).status_code == 404

    def test_anonymous_is_sent_to_sign_in(self, client: Client, six: Gathering) -> None:
        response = client.post(page(six, ASIDE), {"women": "yes"})
        assert response["Location"].split("?")[0] == "/accounts/login/"

    def test_queries(self, as_bea: Client, six: Gathering, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(5):
            as_bea.post(page(six, ASIDE), {"women": "yes"})
