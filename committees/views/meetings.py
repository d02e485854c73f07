"""Pages about meetings: planned, changed, and what came of them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from committees import actions
from committees.actions.apologies import set_apologies
from committees.forms import ApologiesForm, MeetingEditForm, MeetingForm, MeetingRecordForm
from committees.models import Meeting
from committees.queries import agenda, versions
from committees.queries.meetings import apologies_of, as_row, seats_at
from committees.views.finding import (
    READERS_OF_ADVICE,
    RECORDERS,
    find_meeting,
    find_meeting_with_people,
)
from committees.views.packs import pack_at
from organisations.access import OrganisationRequest, for_organisation
from recommendations.views.registering import attempt


@for_organisation()
@require_safe
def meeting_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting(request, pk)
    items = list(agenda.agenda_of(meeting))
    may_record = request.membership.has_role(*RECORDERS)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "row": as_row(meeting, today=timezone.localdate()),
        "before": agenda.before(meeting),
        "items": items,
        "is_unsaid": may_record and agenda.is_unsaid(meeting, items),
        "decisions": agenda.decided_at(meeting),
        "apologies": apologies_of(meeting),
        "may_record": may_record,
        "may_read_advice": request.membership.has_role(*READERS_OF_ADVICE),
    }
    return render(request, "committees/meeting_detail.html", context | pack_at(request, meeting))


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    today = timezone.localdate()
    form = MeetingForm(request.POST or None, group=group, today=today)
    act = partial(actions.plan_meeting, group=group, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(**asked_of(form)))
    if tried.saved:
        return after_planning(request, tried.saved, is_past=tried.saved.date < today)
    return render(request, "committees/meeting_plan.html", {"form": form, "group": group})


def asked_of(form: MeetingForm) -> dict[str, Any]:
    return {"day": form.cleaned_data["day"], "where": actions.Where(**form.where)}


def after_planning(
    request: OrganisationRequest, meeting: Meeting, *, is_past: bool
) -> HttpResponse:
    """Of an earlier meeting, what came of it is asked next."""
    if is_past:
        messages.success(request, f"The meeting of {meeting} is added.")
        return redirect("meeting_record", request.organisation.slug, meeting.group_id, meeting.pk)
    messages.success(request, f"The meeting of {meeting} is planned.")
    return redirect(meeting.group if meeting.group.is_staff_network else meeting)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting(request, pk)
    held = vars(actions.where_of(meeting))
    form = MeetingEditForm(
        request.POST or None,
        group=meeting.group,
        today=timezone.localdate(),
        meeting=meeting,
        initial={"day": meeting.date, "revision": meeting.revision, **held},
    )
    act = partial(actions.edit_meeting, meeting=meeting, by=request.user, now=timezone.now())
    tried = attempt(
        form, lambda: act(**asked_of(form), over_revision=form.cleaned_data["revision"])
    )
    if tried.saved:
        messages.success(request, f"The meeting of {tried.saved} is saved.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting)}
    if tried.current:
        context["theirs"] = versions.meeting_in_rows(tried.current)
        context["who"] = versions.who_changed_meeting(meeting)
    return render(request, "committees/meeting_edit.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_record(request: OrganisationRequest, group: UUID, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.organisation.groups, pk=group)
    meeting = get_object_or_404(found.meetings.select_related("group__organisation"), pk=pk)
    now = timezone.now()
    form = MeetingRecordForm(
        request.POST or None,
        meeting=meeting,
        today=timezone.localdate(now),
        items=list(agenda.agenda_of(meeting)),
    )
    act = partial(actions.record_meeting, meeting=meeting, by=request.user, now=now)
    tried = attempt(form, lambda: act(**form.outcome))
    if tried.saved:
        messages.success(request, f"The meeting of {tried.saved} is recorded.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting)}
    if tried.current:
        context["theirs"] = versions.record_in_rows(tried.current)
        context["who"] = versions.who_changed_meeting(meeting)
    return render(request, "committees/meeting_record.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def apologies_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting_with_people(request, pk)
    seats = list(seats_at(meeting))
    present = [str(each.member_id) for each in apologies_of(meeting)]
    form = ApologiesForm(request.POST or None, seats=seats, initial={"seats": present})
    act = partial(set_apologies, meeting=meeting, by=request.user, now=timezone.now())
    if attempt(form, lambda: (act(**form.cleaned_data),)).saved:
        messages.success(request, "Apologies are saved.")
        return redirect(meeting)
    context = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting), "seats": seats}
    return render(request, "committees/apologies_edit.html", context)


def eyebrow(meeting: Meeting) -> str:
    return f"{meeting.group.name}, {meeting}"
