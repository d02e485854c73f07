"""Pages about groups and who sits on them."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees import actions, queries
from committees.forms import GroupEditForm, GroupForm, SeatForm
from committees.models import Group
from committees.queries import versions
from committees.queries.groups import seats_that_can_end
from committees.refusals import GroupRefused
from committees.views.finding import RECORDERS, kind_beside
from committees.views.packs import READERS, reads_packs
from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.views.registering import attempt
from ui.paging import page_of


@for_organisation()
@require_safe
def group_list(request: OrganisationRequest) -> HttpResponse:
    today, reader = timezone.localdate(), request.user
    rows = queries.groups_of(request.organisation, today=today, reader=reader)
    page = page_of(rows, request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "late": sum(row.standing.is_late for row in rows),
        "missed": sum(row.standing.missed for row in rows),
        "may_create": request.membership.has_role(Role.COORDINATOR),
        "reads_packs": request.membership.has_role(*READERS)
        or any(row.group.opens_packs for row in rows),  # type: ignore[attr-defined]
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
        "kind": kind_beside(row.group),
        "meetings": queries.meetings_of(row.group, number=request.GET.get("page"), today=today),
        **seats_to_show(row.group, today=today),
        "lines": lines_about(row.group, limit=25),
        "may_seat": request.membership.has_role(Role.COORDINATOR) and not row.group.closed_on,
        "may_edit": request.membership.has_role(Role.COORDINATOR),
        "may_record": request.membership.has_role(*RECORDERS),
        "reads_packs": reads_packs(request),
        "today": today,
    }
    return render(request, "committees/group_detail.html", context)


def seats_to_show(group: Group, *, today: date) -> dict[str, Any]:
    """A staff network has none, and is never asked."""
    if group.is_staff_network:
        return {"seats": None, "seats_before": None}
    return {
        "seats": queries.seats_of(group, today=today),
        "seats_before": queries.seats_before(group, today=today),
    }


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def group_create(request: OrganisationRequest) -> HttpResponse:
    form = GroupForm(request.POST or None, organisation=request.organisation)
    act = partial(
        actions.create_group,
        organisation=request.organisation,
        by=request.user,
        now=timezone.now(),
    )
    tried = attempt(form, lambda: act(**form.cleaned_data))
    if tried.saved:
        messages.success(request, f"{tried.saved.name} is set up. Plan its next meeting.")
        return redirect(tried.saved)
    return render(request, "committees/group_create.html", {"form": form})


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    name = group.name
    form = GroupEditForm(
        request.POST or None,
        instance=group,
        organisation=request.organisation,
        initial={"revision": group.revision},
    )
    act = partial(actions.edit_group, group=group, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(**form.asked))
    if tried.saved:
        messages.success(request, f"{tried.saved.name} is saved.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "group": group, "name": name}
    if tried.current:
        context["theirs"] = versions.group_in_rows(tried.current)
        context["who"] = versions.who_changed_group(group)
    return render(request, "committees/group_edit.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def group_close(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    try:
        actions.close_group(group=group, by=request.user, now=timezone.now())
    except GroupRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{group.name} is closed. What it did stays on record.")
    return redirect(group)


@for_organisation(Role.COORDINATOR)
@require_POST
def group_reopen(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    actions.reopen_group(group=group, by=request.user, now=timezone.now())
    messages.success(request, f"{group.name} is open again.")
    return redirect(group)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def group_member_add(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups, pk=pk)
    if group.is_staff_network:
        raise Http404
    form = SeatForm(request.POST or None, group=group, today=timezone.localdate())
    act = partial(actions.add_member, group=group, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(**form.cleaned_data))
    if tried.saved:
        messages.success(request, f"{tried.saved.user.shown_name} has a seat on {group.name}.")
        return redirect(group)
    return render(request, "committees/group_member_add.html", {"form": form, "group": group})


@for_organisation(Role.COORDINATOR)
@require_POST
def group_member_end(request: OrganisationRequest, group: UUID, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.organisation.groups, pk=group)
    seat = get_object_or_404(seats_that_can_end(found, today=timezone.localdate()), pk=pk)
    has_begun = actions.end_member(member=seat, by=request.user, now=timezone.now())
    ending = "ends today" if has_begun else "is taken back"
    messages.success(request, f"{seat.user.shown_name}'s seat {ending}.")
    return redirect(found)
