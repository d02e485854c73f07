"""What goes of groups and meetings when somebody erases their account: their words.

That something was asked, given, answered or held stays, with its day.
"""

from collections.abc import Callable

from committees.actions.pack_paper import make_anew
from committees.enums import CommitteeVerb
from committees.models import Advice, Decision, Meeting, Opinion
from committees.pack_pieces import GONE as GONE_OF
from committees.pack_pieces import WORDS, without
from committees.queries.meetings import recorded_by
from committees.queries.packs import packs_with
from organisations.erasure import Farewell

GONE = GONE_OF[WORDS]


def erase_advice(farewell: Farewell) -> None:
    """The title is of whoever began it: by asking, or by giving it of their own accord."""
    person = farewell.person
    Advice.objects.filter(asked_by=person).update(title=GONE, question="")
    Advice.objects.filter(asked_by=None, given_by=person).update(title=GONE)
    Advice.objects.filter(given_by=person).update(text="")
    Advice.objects.filter(answered_by=person).update(answer_reason="")


def erase_meeting_notes(farewell: Farewell) -> None:
    """Notes that they were the last to write."""
    verbs = (CommitteeVerb.MEETING_HELD, CommitteeVerb.MEETING_CANCELLED)
    theirs = recorded_by(farewell.person, verbs)
    Meeting.objects.filter(pk__in=theirs).update(note="", changed="")


def erase_decisions(farewell: Farewell) -> None:
    """What was decided stands, and what was thought of it; the words beside them go."""
    person = farewell.person
    Decision.objects.filter(decided_by=person).exclude(reason="").update(reason="")
    Opinion.objects.filter(by=person).exclude(note="").update(note="")


def erase_packs(farewell: Farewell) -> None:
    """Their name and words in every pack; its hash still matches, and its paper is made anew."""
    for pack in packs_with(farewell.person).select_for_update(of=("self",)):
        left = without(pack.content, farewell.person.pk)
        if left == pack.content:
            continue
        pack.content, pack.erased_at = left, farewell.now
        pack.save(update_fields=["content", "erased_at"])
        make_anew(pack=pack.pk, now=farewell.now)


PARTS: list[Callable[[Farewell], None]] = [
    erase_advice,
    erase_decisions,
    erase_meeting_notes,
    erase_packs,
]
"""Each blanks what somebody wrote in one room."""


def erase_words(farewell: Farewell) -> None:
    for part in PARTS:
        part(farewell)
