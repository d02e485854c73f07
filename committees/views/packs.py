"""Packs: the list, freezing one, reading it, and the minutes of what was decided on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from committees.actions.packs import freeze_pack
from committees.minutes import as_markdown
from committees.models import Meeting, Pack
from committees.queries import packs as queries
from committees.queries.agenda import before
from committees.queries.eligible import sits_on
from committees.queries.minutes import minutes_of
from committees.refusals import GroupRefused
from committees.views.finding import READERS_OF_ADVICE, RECORDERS, find_meeting
from committees.views.pack_shown import shown
from organisations.access import OrganisationRequest, for_organisation

READERS = READERS_OF_ADVICE


def find_pack(request: OrganisationRequest, pk: UUID) -> Pack:
    found = queries.pack_in(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


def find_pack_to_read(request: OrganisationRequest, pk: UUID) -> Pack:
    found = find_pack(request, pk)
    if not may_read(request, found):
        raise PermissionDenied
    return found


def may_read(request: OrganisationRequest, pack: Pack) -> bool:
    """Whose role reads packs, and whoever sits on the committee that it is of."""
    return request.membership.has_role(*READERS) or pack.meeting.group_id in seats(request)


def seats(request: OrganisationRequest) -> set[UUID]:
    return sits_on(request.user, organisation=request.organisation, today=timezone.localdate())


def reads_packs(request: OrganisationRequest) -> bool:
    """Whether the list of packs is open to them."""
    return request.membership.has_role(*READERS) or bool(seats(request))


def pack_at(request: OrganisationRequest, meeting: Meeting) -> dict[str, Any]:
    """What the page of a meeting tells of its pack, and whether packs are open to them."""
    reads_all = request.membership.has_role(*READERS)
    held = set() if reads_all else seats(request)
    pack, opens = getattr(meeting, "pack", None), {"reads_packs": reads_all or bool(held)}
    if pack is None:
        return opens | {"pack": None, "moved_to": None}
    return opens | {
        "pack": pack,
        "may_read_pack": reads_all or meeting.group_id in held,
        "frozen_for": queries.frozen_for(pack),
        "moved_to": queries.moved_to(pack),
    }


@for_organisation()
@require_safe
def pack_list(request: OrganisationRequest) -> HttpResponse:
    """A seat opens it too, to the packs of that committee."""
    groups = None if request.membership.has_role(*READERS) else seats(request)
    if groups is not None and not groups:
        raise PermissionDenied
    may_freeze = request.membership.has_role(*RECORDERS)
    today, number = timezone.localdate(), request.GET.get("page")
    context = {
        "page": queries.packs_of(request.organisation, number=number, groups=groups),
        "meetings": queries.meetings_to_come(request.organisation, today=today),
        "may_freeze": may_freeze,
    }
    return render(request, "committees/pack_list.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def pack_freeze(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    meeting = find_meeting(request, pk)
    made = getattr(meeting, "pack", None)
    if made is not None:
        return redirect(made)
    if request.method == "POST":
        try:
            pack = freeze_pack(meeting=meeting, by=request.user, now=timezone.now())
        except GroupRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(meeting)
        messages.success(request, "The pack is frozen. Its paper is being made.")
        return redirect(pack)
    context = {"meeting": meeting, "group": meeting.group, "before": before(meeting)}
    return render(request, "committees/pack_freeze.html", context)


@for_organisation()
@require_safe
def pack_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    pack = find_pack_to_read(request, pk)
    context = shown(pack, request.membership, today=timezone.localdate()) | {
        "meeting": pack.meeting,
        "paper": pack.paper,
        "may_link": request.membership.has_role(*RECORDERS),
    }
    return render(request, "committees/pack_detail.html", context)


@for_organisation()
@require_safe
def pack_minutes(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """On a page, or with ?format=md as text to send round."""
    pack = find_pack_to_read(request, pk)
    minutes = minutes_of(pack)
    if request.GET.get("format") == "md":
        name = f"minutes-{pack.content['meeting_day']}.md"
        return HttpResponse(
            as_markdown(minutes),
            content_type="text/markdown; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
    is_ahead = minutes.held_on > timezone.localdate()
    context = {
        "pack": pack, "meeting": pack.meeting, "minutes": minutes, "is_ahead": is_ahead,
    }  # fmt: skip
    return render(request, "committees/pack_minutes.html", context)
