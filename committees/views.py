"""Pages about groups and their meetings."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import actions, queries
from committees.forms import GroupForm, MeetingForm, MeetingRecordForm, SeatForm
from committees.refusals import GroupRefused
from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role


@for_organisation()
@require_safe
def group_list(request: OrganisationRequest) -> HttpResponse:
    rows = queries.groups_of(request.organisation, today=timezone.localdate())
    context = {
        "rows": rows,
        "late": sum(row.standing.is_late for row in rows),
        "missed": sum(row.standing.missed for row in rows),
        "may_create": request.membership.has_role(Role.COORDINATOR),
    }
    return render(request, "committees/group_list.html", context)


@for_organisation()
@require_safe
def group_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    today = timezone.localdate()
    row = queries.group_row(request.organisation, pk=pk, today=today)
    if row is None:
        raise Http404
    context = {
        "row": row,
        "group": row.group,
        "kind": "" if row.is_named_after_its_kind else row.group.get_kind_display(),
        "meetings": queries.meetings_of(row.group, today=today),
        "seats": None if row.group.is_staff_network else queries.seats_of(row.group, today=today),
        "lines": lines_about(row.group),
        "may_seat": request.membership.has_role(Role.COORDINATOR),
        "may_record": request.membership.has_role(Role.CHAIR, Role.COORDINATOR),
        "today": today,
    }
    return render(request, "committees/group_detail.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: OrganisationRequest) -> HttpResponse:
    form = GroupForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.create_group(
                organisation=request.organisation,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{group.name} is set up. Plan its next meeting.")
            return redirect(group)
    return render(request, "committees/group_create.html", {"form": form})


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def group_member_add(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    if group.is_staff_network:
        raise Http404
    form = SeatForm(request.POST or None, group=group, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            seat = actions.add_member(
                group=group, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{seat.user.shown_name} has a seat on {group.name}.")
            return redirect(group)
    return render(request, "committees/group_member_add.html", {"form": form, "group": group})


@for_organisation(Role.COORDINATOR)
@require_POST
def group_member_end(request: OrganisationRequest, group: UUID, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.organisation.groups, pk=group)
    seat = get_object_or_404(found.members.select_related("user"), pk=pk, to_date=None)
    has_begun = actions.end_member(member=seat, by=request.user, now=timezone.now())
    ending = "ends today" if has_begun else "is taken back"
    messages.success(request, f"{seat.user.shown_name}'s seat {ending}.")
    return redirect(found)


@for_organisation(Role.CHAIR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_plan(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    today = timezone.localdate()
    form = MeetingForm(request.POST or None, group=group, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = actions.plan_meeting(
                group=group, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            if meeting.date < today:
                messages.success(request, f"The meeting of {meeting} is added.")
                return redirect("meeting_record", request.organisation.slug, group.pk, meeting.pk)
            messages.success(request, f"The meeting of {meeting} is planned.")
            return redirect(group)
    return render(request, "committees/meeting_plan.html", {"form": form, "group": group})


@for_organisation(Role.CHAIR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_record(request: OrganisationRequest, group: UUID, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.organisation.groups, pk=group)
    meeting = get_object_or_404(found.meetings.select_related("group__organisation"), pk=pk)
    now = timezone.now()
    form = MeetingRecordForm(
        request.POST or None,
        meeting=meeting,
        today=timezone.localdate(now),
        initial={"state": meeting.state, "note": meeting.note},
    )
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data.get("note", "")
        state = form.cleaned_data["state"]
        try:
            actions.record_meeting(
                meeting=meeting, state=state, note=note, by=request.user, now=now
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"The meeting of {meeting} is recorded.")
            return redirect(found)
    context = {"form": form, "group": found, "eyebrow": f"{found.name}, {meeting}"}
    return render(request, "committees/meeting_record.html", context)
