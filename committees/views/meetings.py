"""Pages about meetings: planned, changed, and what came of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from committees import actions
from committees.actions.apologies import set_apologies
from committees.forms import ApologiesForm, MeetingForm, MeetingRecordForm
from committees.models import Meeting
from committees.queries import agenda
from committees.queries.meetings import apologies_of, as_row, seats_at
from committees.refusals import GroupRefused
from committees.views.finding import (
    READERS_OF_ADVICE,
    RECORDERS,
    find_meeting,
    find_meeting_with_people,
)
from organisations.access import OrganisationRequest, for_organisation


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
        "pack": getattr(meeting, "pack", None),
        "may_record": may_record,
        "may_read_advice": request.membership.has_role(*READERS_OF_ADVICE),
    }
    return render(request, "committees/meeting_detail.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    today = timezone.localdate()
    form = MeetingForm(request.POST or None, group=group, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(
                group=group,
                day=form.cleaned_data["day"],
                where=actions.Where(**form.where),
                by=request.user,
                now=timezone.now(),
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return after_planning(request, meeting, is_past=meeting.date < today)
    return render(request, "committees/meeting_plan.html", {"form": form, "group": group})


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
    form = MeetingForm(
        request.POST or None,
        group=meeting.group,
        today=timezone.localdate(),
        meeting=meeting,
        initial={"day": meeting.date, **vars(actions.where_of(meeting))},
    )
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.edit_meeting(
                meeting=meeting,
                day=form.cleaned_data["day"],
                where=actions.Where(**form.where),
                by=request.user,
                now=timezone.now(),
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The meeting of {changed} is saved.")
            return redirect(changed)
    context = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting)}
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
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_meeting(meeting=meeting, **form.outcome, by=request.user, now=now)
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The meeting of {meeting} is recorded.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting)}
    return render(request, "committees/meeting_record.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def apologies_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting_with_people(request, pk)
    seats = list(seats_at(meeting))
    present = [str(each.member_id) for each in apologies_of(meeting)]
    form = ApologiesForm(request.POST or None, seats=seats, initial={"seats": present})
    if request.method == "POST" and form.is_valid():
        try:
            set_apologies(meeting=meeting, **form.cleaned_data, by=request.user, now=timezone.now())
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Apologies are saved.")
            return redirect(meeting)
    context = {"form": form, "meeting": meeting, "eyebrow": eyebrow(meeting), "seats": seats}
    return render(request, "committees/apologies_edit.html", context)


def eyebrow(meeting: Meeting) -> str:
    return f"{meeting.group.name}, {meeting}"
