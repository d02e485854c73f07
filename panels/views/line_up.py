"""Who sits where: the programme of a conference, or the seats of a panel or group."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels.actions import line_up as actions
from panels.actions.locked import LockedError, why_it_is_locked
from panels.consistency import line_up_and_count
from panels.enums import Stage
from panels.forms.line_up_grid import GridFilterForm
from panels.line_up_in_words import is_on_both
from panels.models import Gathering
from panels.queries import line_up as totals
from panels.queries import sessions as queries
from panels.queries.whole_count import people_counted
from panels.views.loading import gathering_of
from ui.paging import page_of

ON_ONE_PAGE = 250
FILTERS = ("q", "stage", "day", "page")


@for_organisation()
@require_safe
def line_up(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The whole page, or for htmx only the rows that a filter changes."""
    gathering = gathering_of(request, pk)
    is_programme = queries.is_programme(gathering)
    context = line_up_context(request, gathering)
    context |= _grid(request, gathering) if is_programme else _seats(request, gathering)
    template = "panels/line_up.html" if is_programme else "panels/line_up_seats.html"
    # Going back, htmx asks for the page anew and means the whole of it.
    is_part = is_programme and request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#results" if is_part else template, context)
    # Without it a browser would show the part as if it were the page.
    patch_vary_headers(response, ["HX-Request"])
    return response


def line_up_context(request: OrganisationRequest, gathering: Gathering) -> dict[str, Any]:
    """What every part of the page needs: its totals, and what this reader may do and see."""
    found = totals.totals_of_one(gathering)
    is_organiser = request.membership.has_role(Role.ORGANISER)
    locked = why_it_is_locked(gathering)
    counted = people_counted(gathering) if gathering.counted_at else 0
    return {
        "gathering": gathering,
        "totals": found,
        "on_both": is_on_both(found.whole.people, found.main_stage.people, found.rest.people),
        "mismatch": line_up_and_count(found.whole.people, counted) if counted else "",
        "locked": locked,
        "may_name": is_organiser,
        "may_edit": is_organiser and not locked,
        "names": queries.names_to_suggest(gathering) if is_organiser else [],
    }


def _grid(request: OrganisationRequest, gathering: Gathering) -> dict[str, Any]:
    may_name = request.membership.has_role(Role.ORGANISER)
    form = GridFilterForm(request.GET, days=queries.days_of(gathering), may_name=may_name)
    wanted = form.cleaned_data if form.is_valid() else {}
    chosen = {
        "stage": wanted.get("stage", ""),
        "day": wanted.get("day"),
        "text": wanted.get("q", ""),
    }
    found = queries.sessions_of(gathering, **chosen, by_name=may_name)
    page = page_of(found, request.GET.get("page"), of=ON_ONE_PAGE)
    rows = queries.grid_rows(gathering, page, reader=request.user, may_name=may_name)
    return {
        "form": form,
        "page": page,
        "rows": rows,
        "is_filtered": any(chosen.values()),
        "query": _filters(request.GET).urlencode(),
        "stages": Stage,
    }


def _seats(request: OrganisationRequest, gathering: Gathering) -> dict[str, Any]:
    may_name = request.membership.has_role(Role.ORGANISER)
    sessions = queries.sessions_of(gathering)
    rows = queries.grid_rows(gathering, sessions, reader=request.user, may_name=may_name)
    return {"row": rows[0] if rows else None}


def _filters(sent: QueryDict) -> QueryDict:
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        chosen = str(sent.get(name, ""))[:100]
        if chosen:
            kept[name] = chosen
    return kept


@for_organisation(Role.ORGANISER)
@require_POST
def sessions_change(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """What was ticked goes on one stage, or is taken off the programme once that is confirmed."""
    gathering = gathering_of(request, pk)
    what = request.POST.get("do", "")
    ticked = queries.ticked(gathering, request.POST.getlist("sessions"))
    filters = _filters(QueryDict(request.POST.get("filters", "")))
    if not ticked:
        messages.warning(request, "Tick the sessions first.")
    elif what == "remove" and "sure" not in request.POST and not why_it_is_locked(gathering):
        context = {"gathering": gathering, "ticked": ticked, "filters": filters.urlencode()}
        return render(request, "panels/sessions_change.html", context)
    else:
        _change(request, gathering, what, [session.pk for session in ticked])
    address = reverse("line_up", args=[request.organisation.slug, gathering.pk])
    return HttpResponseRedirect(f"{address}?{filters.urlencode()}" if filters else address)


def _change(
    request: OrganisationRequest, gathering: Gathering, what: str, ticked: list[UUID]
) -> None:
    by_whom: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    try:
        if what == "remove":
            number = actions.remove_sessions(gathering=gathering, sessions=ticked, **by_whom)
            messages.success(request, f"{sessions(number)} removed.")
        elif what in Stage.values:
            stage = Stage(what)
            number = actions.set_stage(gathering=gathering, sessions=ticked, stage=stage, **by_whom)
            where = "on the main stage" if stage == Stage.MAIN else "elsewhere"
            messages.success(request, f"{sessions(number)} put {where}.")
    except LockedError as refusal:
        messages.error(request, str(refusal))


def sessions(number: int) -> str:
    return "1 session" if number == 1 else f"{number} sessions"
