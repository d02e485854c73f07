"""The agenda of a meeting, put together without any script."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from committees.actions import agenda as actions
from committees.forms.agenda import AgendaItemEditForm, AgendaItemForm, WayForm
from committees.ordering import Way
from committees.queries.agenda import agenda_of
from committees.queries.versions import item_in_rows
from committees.refusals import GroupRefused
from committees.views.finding import RECORDERS, find_item, find_meeting_with_people
from organisations.access import OrganisationRequest, for_organisation
from recommendations.views.registering import attempt


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting_with_people(request, pk)
    form = AgendaItemForm(request.POST or None, organisation=request.organisation)
    act = partial(actions.add_item, meeting=meeting, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(**form.asked))
    if tried.saved:
        messages.success(request, f"“{tried.saved.title}” is on the agenda.")
        return redirect("agenda_edit", request.organisation.slug, meeting.pk)
    context = {"form": form, "meeting": meeting, "items": list(agenda_of(meeting))}
    return render(request, "committees/agenda_edit.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_item_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    item = find_item(request, pk)
    form = AgendaItemEditForm(request.POST or None, organisation=request.organisation, item=item)
    act = partial(actions.edit_item, item=item, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: (act(**form.asked),))
    if tried.saved:
        [saved] = tried.saved
        done = "is saved" if saved else "was taken off by somebody else"
        messages.success(request, f"“{(saved or item).title}” {done}.")
        return redirect("agenda_edit", request.organisation.slug, item.meeting_id)
    context: dict[str, Any] = {"form": form, "item": item, "meeting": item.meeting}
    if tried.current:
        context |= {"theirs": item_in_rows(tried.current), "who": ""}
    return render(request, "committees/agenda_item_edit.html", context)


@for_organisation(*RECORDERS)
@require_POST
def agenda_item_move(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    item, form = find_item(request, pk), WayForm(request.POST)
    if form.is_valid():
        way = Way(form.cleaned_data["way"])
        try:
            actions.move_item(item=item, way=way, by=request.user, now=timezone.now())
        except GroupRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("agenda_edit", request.organisation.slug, item.meeting_id)


@for_organisation(*RECORDERS)
@require_POST
def agenda_item_remove(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    item = find_item(request, pk)
    try:
        actions.remove_item(item=item, by=request.user, now=timezone.now())
    except GroupRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{item.title}” is off the agenda.")
    return redirect("agenda_edit", request.organisation.slug, item.meeting_id)
