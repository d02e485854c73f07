"""What goes of events and groups when somebody erases their account: their words."""

from django.db.models import F

from organisations.erasure import Farewell
from panels.models import BarrierAnswer, Bursaries, ThreeAnswers


def erase_words(farewell: Farewell) -> None:
    """That something was answered stays, and when; states and totals are the organisation's."""
    person = farewell.person
    ThreeAnswers.objects.filter(by=person).update(who_is_not="", who_should_be="", how="")
    BarrierAnswer.objects.filter(entered_by=person).update(
        note="", answered_by="", revision=F("revision") + 1
    )
    Bursaries.objects.filter(entered_by=person).update(how_heard="")
