"""Reading what belongs in the minutes of a meeting."""

from committees.deciding import why_not_answered, why_not_ruled
from committees.minutes import Covered, Minutes, Ruled
from committees.models import Decision, Pack
from committees.pack_pieces import GONE, WORDS
from committees.queries.agenda import agenda_of
from committees.queries.meetings import apologies_of
from committees.queries.packs import minuted
from ui.dates import in_full


def minutes_of(pack: Pack) -> Minutes:
    """As it stands now: decisions are never changed, who sent apologies may be added."""
    meeting = pack.meeting
    return Minutes(
        organisation=pack.content["organisation"],
        group=meeting.group.name,
        held_on=meeting.date,
        pack=pack.number,
        decisions=tuple(_ruled(each) for each in minuted(meeting)),
        apologies=tuple(each.member.user.shown_name for each in apologies_of(meeting)),
        agenda=tuple(Covered(each.title, each.was_covered) for each in agenda_of(meeting)),
    )


def _ruled(decision: Decision) -> Ruled:
    return Ruled(
        reference=decision.recommendation.reference,
        title=decision.recommendation.title,
        about=_about(decision),
        ruling=decision.get_ruling_display() or decision.get_response_display(),
        why=_why(decision),
        by=decision.decided_by.shown_name,
        was_passed_on=decision.was_passed_on,
    )


def _why(decision: Decision) -> str:
    """A reason that was owed and is not there was taken out since."""
    is_own_motion = decision.extension is not None and decision.extension.is_own_motion
    ruled, answered = decision.ruling, decision.response
    was_owed = is_own_motion or why_not_ruled(ruled, "") or why_not_answered(answered, "")
    return decision.reason or (GONE[WORDS] if was_owed else "")


def _about(decision: Decision) -> str:
    if decision.proposal is not None:
        return decision.proposal.get_wanted_display()
    if decision.extension is not None:
        asked = decision.extension
        return f"{asked.action.title}, {in_full(asked.old_date)} to {in_full(asked.new_date)}"
    return decision.get_kind_display()
