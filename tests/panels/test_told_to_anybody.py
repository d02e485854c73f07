"""What a member may know and anybody may not, at the edges of where the two meet."""

from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from organisations.models import Organisation
from panels.actions.counting import enter_declared_count
from panels.audit import Count, LineUp, Tally, audit_line_up
from panels.enums import Audience, Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import Gathering
from panels.statement_facts import ToState, facts_of
from panels.suppression import visible_measure
from panels.thresholds import Thresholds
from panels.views.as_at import A_PAGE
from tests.factories.panels import GatheringFactory

DAY = date(2026, 3, 12)
HIDDEN_FROM_ANYBODY = Count(4, 4, 2)


def said(count: Count, counted: Counted = Counted.COUNTED) -> Tally:
    return Tally(
        Part.WHOLE,
        counted,
        Measure.MINORITISED,
        count,
        Basis.SELF_DECLARED,
        Definition.MINORITISED_SELF_DEFINED,
    )


def test_a_statement_says_nothing_of_chairs_that_members_see() -> None:
    found = LineUp(
        GatheringKind.PANEL, (said(HIDDEN_FROM_ANYBODY), said(Count(3, 3, 0), Counted.BESIDE))
    )
    judged = audit_line_up(found, Thresholds()).minoritised
    seen = visible_measure(judged, audience=Audience.MEMBER).whole
    assert seen is not None
    assert seen.with_chair is not None
    facts = facts_of(ToState("Voices", found.kind, DAY, DAY, "", "Harbour Minds", DAY, found))
    [part] = facts["measures"][1]["parts"]
    assert (part["with_chair"], part["figure"], part["known"]) == ("", "", "")
    assert part["seats"] == {"plain": 10}


class TestDaysOfAGroup:
    """One person who came is the difference of two days, so of all but the newest a member is
    told what anybody is."""

    def board(self, harbour: Organisation) -> Gathering:
        board: Gathering = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
        for number in range(A_PAGE + 2):
            enter_declared_count(
                gathering=board,
                line_up=LineUp(GatheringKind.BOARD, (said(HIDDEN_FROM_ANYBODY),)),
                as_at=DAY + timedelta(days=number),
                now=timezone.now(),
            )
        return board

    def test_nobody_typed_them(self, harbour: Organisation) -> None:
        """Not even whoever added the group, or asked."""
        found = self.board(harbour)
        assert found.created_by is not None
        assert set(found.tallies.values_list("entered_by", flat=True)) == {None}

    def figures(self, client: Client, board: Gathering, number: int) -> list[str]:
        address = f"/o/harbour-minds/events/{board.pk}/counts/as-at/?page={number}"
        rows = client.get(address).context["rows"]
        return [result.measures[1].whole.figure for _, result in rows]

    def test_the_newest_of_all_alone_is_told_in_full(
        self, harbour: Organisation, as_bea: Client
    ) -> None:
        board = self.board(harbour)
        assert self.figures(as_bea, board, 1) == ["4 of 10", *[""] * (A_PAGE - 1)]
        assert self.figures(as_bea, board, 2) == ["", ""]
