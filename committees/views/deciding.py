"""Recording what the committee decides. Who may is asked of the seat, not of the role alone."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from committees.actions import deciding as actions
from committees.enums import MeetingState
from committees.forms.deciding import AnswerForm, MoveForm, RulingForm
from committees.queries import eligible, to_decide
from committees.queries.deciding import as_what
from committees.queries.opinions import opinions_on
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.models import Recommendation
from recommendations.queries.closing import standing_of
from recommendations.refusals import CLOSED, ENDED_PROPOSAL, ENDED_REQUEST
from recommendations.views.registering import attempt

Row = TypeVar("Row")
AND_HELD = ", and that the meeting was held"
READERS = (Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def closure_decide(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to whoever has a seat, and to those who may be asked in their place."""
    proposal = _found(to_decide.proposal_to_decide(request.organisation, pk=pk))
    recommendation = proposal.recommendation
    board = _board(request, eligible.about_closing(proposal))
    if request.method != "POST" and not proposal.is_open:
        return _nothing_to_do(request, recommendation, ENDED_PROPOSAL)
    form = RulingForm(request.POST or None, board=board, pack=_pack(request))
    act = partial(actions.decide_closure, proposal=proposal)
    if _is_done(request, form, act):
        return redirect(recommendation)
    context = {
        "proposal": proposal,
        "how": as_what(proposal),
        "recommendation": recommendation,
        "opinions": opinions_on([proposal.pk]).get(proposal.pk, []),
        "board": board,
        "form": form,
    }
    return render(request, "committees/closure_decide.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def extension_decide(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    extension = _found(to_decide.extension_to_decide(request.organisation, pk=pk))
    recommendation = extension.action.recommendation
    board = _board(request, eligible.about_date(extension))
    if request.method != "POST" and hasattr(extension, "end"):
        return _nothing_to_do(request, recommendation, ENDED_REQUEST)
    form = RulingForm(request.POST or None, board=board, pack=_pack(request))
    act = partial(actions.decide_extension, extension=extension)
    if _is_done(request, form, act):
        return redirect(recommendation)
    context = {
        "extension": extension,
        "recommendation": recommendation,
        "board": board,
        "form": form,
    }
    return render(request, "committees/extension_decide.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def date_move(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """The committee of its own motion, once the date has passed."""
    action = _found(
        to_decide.action_to_move(request.organisation, recommendation=recommendation, pk=pk)
    )
    today = timezone.localdate()
    board = _board(request, eligible.about_own_motion(action.recommendation))
    standing = standing_of(action)
    form = MoveForm(request.POST or None, board=board, standing=standing, today=today)
    act = partial(actions.move_date, action=action)
    if _is_done(request, form, act):
        return redirect(action.recommendation)
    context = {
        "action": action,
        "recommendation": action.recommendation,
        "why_not": eligible.why_not_move(action, standing, today=today),
        "board": board,
        "form": form,
    }
    return render(request, "committees/date_move.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def response_decide(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    recommendation = _found(to_decide.recommendation_to_answer(request.organisation, pk=pk))
    board = _board(request, eligible.about_response(recommendation))
    if request.method != "POST" and not recommendation.is_open:
        return _nothing_to_do(request, recommendation, CLOSED)
    form = AnswerForm(request.POST or None, board=board, pack=_pack(request))
    act = partial(actions.decide_response, recommendation=recommendation)
    if _is_done(request, form, act):
        return redirect(recommendation)
    context = {"recommendation": recommendation, "board": board, "form": form}
    return render(request, "committees/response_decide.html", context)


def _found(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


def _pack(request: OrganisationRequest) -> str:
    return request.GET.get("pack", "")


def _board(request: OrganisationRequest, about: eligible.About) -> eligible.Board:
    """Of somebody who might decide. Others of the committee, and those who may be asked in its
    place, are let in where they are told why they never do, or that nobody has a seat."""
    board = eligible.board_of(about, user=request.user, today=timezone.localdate())
    is_told = bool(board.never) or not board.is_seated
    belongs = board.has_seat or request.membership.has_role(*READERS)
    if not (board.might_decide or (is_told and belongs)):
        raise PermissionDenied
    return board


def _is_done(request: OrganisationRequest, form: Any, act: Callable[..., Any]) -> bool:
    by, now = request.user, timezone.now()
    if not attempt(form, lambda: act(**form.asked, by=by, now=now)).saved:
        return False
    is_new = form.asked["meeting"].state == MeetingState.PLANNED
    messages.success(request, f"The decision is recorded{AND_HELD if is_new else ''}.")
    return True


def _nothing_to_do(
    request: OrganisationRequest, recommendation: Recommendation, why: str
) -> HttpResponse:
    messages.info(request, why)
    return redirect(recommendation)
