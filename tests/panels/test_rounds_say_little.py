"""What the links and codes of a round do not say, and what its counters do not open for."""

from traceback import format_exception

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from organisations.models import Organisation, User
from panels.actions import answering
from panels.actions.answering import AnswerNotAddedError, give_answer
from panels.declaring import Said
from panels.enums import GatheringKind, Stage
from panels.models import DeclarationRound
from panels.queries.declaring import printed_codes
from tests.factories.declaring import opened, seat, unused, upcoming
from tests.factories.panels import GatheringFactory

YES = Said("yes", "yes")


@pytest.fixture
def asked(harbour: Organisation, alice: User) -> DeclarationRound:
    """Two on the main stage and five elsewhere, so the stages are not counted apart."""
    event = upcoming(GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE))
    for number in range(1, 8):
        seat(event, number, mail=False, stage=Stage.MAIN if number <= 2 else Stage.OTHER)
    return opened(event, by=alice, now=timezone.now())


def test_no_code_says_on_which_stage_somebody_is(asked: DeclarationRound) -> None:
    """Otherwise two of the seven slips would be those of two people."""
    assert asked.counts_parts is False
    stages = asked.tokens.values_list("is_on_main_stage", "is_on_rest")
    assert list(stages) == [(False, False)] * 7


def test_the_order_of_codes_says_nothing_of_who_has_answered(asked: DeclarationRound) -> None:
    before = [token.pk for token in printed_codes(asked)]
    asked.tokens.filter(pk__in=before[::2]).update(is_used=True, is_settled=True)
    assert [token.pk for token in printed_codes(asked)] == before


class TestApart:
    """Whose link it was and what was answered are never written in one transaction."""

    pytestmark = pytest.mark.django_db(transaction=True)

    def test_never_inside_another(self, asked: DeclarationRound) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            give_answer(token=unused(asked)[0], said=YES, now=timezone.now())
        assert asked.tokens.filter(is_used=True).count() == 0

    def test_nor_is_what_is_added(self, asked: DeclarationRound) -> None:
        with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
            answering._add(unused(asked)[0], YES)

    def test_an_error_takes_no_words_along(
        self, asked: DeclarationRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those of the database could hold the answer."""

        def fails(*args: object) -> bool:
            raise DatabaseError("Failing row contains (yes, yes).")

        monkeypatch.setattr(answering, "_add", fails)
        with pytest.raises(AnswerNotAddedError) as caught:
            give_answer(token=unused(asked)[0], said=YES, now=timezone.now())
        assert "Failing row" not in "".join(format_exception(caught.value))
