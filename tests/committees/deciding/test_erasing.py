"""What goes when somebody erases their account: their words, never what was decided."""

from committees.actions import deciding, opinions
from committees.actions.erasing import erase_words
from committees.models import Decision, Meeting, Opinion
from organisations.enums import Role
from organisations.erasure import Farewell
from organisations.models import Organisation, User
from recommendations.models import ClosureProposal
from tests.committees.deciding.conftest import NOW, joined


def test_words_go_and_decisions_stand(
    proposal: ClosureProposal, meeting: Meeting, chair: User, harbour: Organisation
) -> None:
    adviser, other = (joined(harbour, name, Role.ADVISER) for name in ("Ade", "Ola"))
    for who in (adviser, other):
        opinions.give_opinion(proposal=proposal, view="agree", note="Mine", by=who, now=NOW)
    deciding.decide_closure(
        proposal=proposal,
        meeting=meeting,
        pack=None,
        ruling="returned",
        reason="Mine too",
        by=chair,
        now=NOW,
    )
    for who in (adviser, chair):
        erase_words(Farewell(who, frozenset(), "gone@erased.invalid", NOW))
    decision = Decision.objects.get()
    assert (decision.ruling, decision.decided_by, decision.reason) == ("returned", chair, "")
    kept = {(each.by, each.view, each.note) for each in Opinion.objects.all()}
    assert kept == {(adviser, "agree", ""), (other, "agree", "Mine")}
