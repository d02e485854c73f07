"""Pages about events and groups."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import actions, asking, queries
from panels.actions.gatherings import create_counted
from panels.detail_links import Facts, Place, places
from panels.enums import Audience, Definition
from panels.forms.gatherings import GatheringFilterForm, GatheringForm, QuickForm
from panels.models import Gathering
from panels.queries.barriers import barriers_summary
from panels.queries.choices import choices_of
from panels.queries.line_up import before_anybody_is_asked, women_seats
from panels.queries.places import places_of
from panels.results import show_line_up
from panels.views.loading import gathering_of, shown
from ui.dates import in_full
from ui.paging import page_of


@for_organisation()
@require_safe
def gathering_list(request: OrganisationRequest) -> HttpResponse:
    form = GatheringFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.gatherings_of(
        request.organisation,
        kind=wanted.get("kind", ""),
        text=wanted.get("q", ""),
        result=wanted.get("result", ""),
    )
    page = page_of(found, request.GET.get("page"))
    counts = queries.counts_on_record(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, shown(counts.get(one.pk), request)) for one in page],
        "is_filtered": any(wanted.values()),
        "may_edit": request.membership.has_role(Role.ORGANISER),
        "may_choose": request.membership.has_role(Role.COORDINATOR),
        "definition": Definition.MINORITISED_SELF_DEFINED.label,
    }
    return render(request, "panels/gathering_list.html", context)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_create(request: OrganisationRequest) -> HttpResponse:
    form = GatheringForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        gathering = actions.create_gathering(
            organisation=request.organisation,
            **form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved. Now write down who is on it, or count them.")
        return redirect(gathering)
    return render(request, "panels/gathering_create.html", {"form": form})


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_quick(request: OrganisationRequest) -> HttpResponse:
    choices = choices_of(request.organisation)
    form = QuickForm(
        request.POST or None,
        today=timezone.localdate(),
        women_definition=choices.women_definition,
    )
    if request.method == "POST" and form.is_valid():
        gathering = create_counted(
            organisation=request.organisation,
            title=form.cleaned_data["title"],
            held_on=form.cleaned_data["held_on"],
            line_up=form.cleaned_data["line_up"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "The panel and its count are saved.")
        return redirect(gathering)
    return render(request, "panels/gathering_quick.html", {"form": form})


@for_organisation()
@require_safe
def gathering_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    may_edit = request.membership.has_role(Role.ORGANISER)
    facts = places_of(gathering)
    organisation = request.organisation.name
    context = {
        "gathering": gathering,
        "lead": ", ".join(part for part in (_when(gathering), gathering.organiser) if part),
        "may_edit": may_edit,
        "facts": facts,
        "places": _places(gathering, facts, may_edit=may_edit),
        "barriers": barriers_summary(gathering),
        "message": asking.message(title=gathering.title, organisation=organisation),
        "lines": lines_about(gathering),
        **_count(request, gathering),
    }
    return render(request, "panels/gathering_detail.html", context)


def _when(gathering: Gathering) -> str:
    first = in_full(gathering.held_on)
    if gathering.is_standing:
        return f"As at {first}"
    return f"{first} to {in_full(gathering.ends_on)}" if gathering.ends_on else first


def _count(request: OrganisationRequest, gathering: Gathering) -> dict[str, Any]:
    """The newest count as this reader may see it, and how often it was corrected."""
    count = queries.count_on_record(gathering)
    versions = queries.versions_of(gathering)
    if count:
        versions = [version for version in versions if version.as_at == count.as_at]
    choices = choices_of(request.organisation)
    aims, definition = choices.own_aims, choices.women_definition
    seats = women_seats(gathering) if count else None
    planned = None if count else before_anybody_is_asked(gathering, women_definition=definition)
    locked_at, counted_at = gathering.locked_at, gathering.counted_at
    return {
        "result": shown(count, request, aims=aims, women_seats=seats),
        "not_asked": planned
        and show_line_up(planned, audience=Audience.MEMBER, typed_it=True, aims=aims),
        "typed_it": bool(count and count.was_typed_by(request.user)),
        "is_of_earlier_day": bool(
            count and gathering.is_standing and count.as_at != gathering.held_on
        ),
        "counted_as_at": count.as_at if count else None,
        "versions": versions,
        "corrections": max(0, len(versions) - 1),
        "corrected_since": bool(locked_at and counted_at and counted_at > locked_at),
    }


def _places(gathering: Gathering, facts: Facts, *, may_edit: bool) -> list[tuple[str, Place]]:
    """Each with its address."""
    here = (gathering.organisation.slug, gathering.pk)
    return [
        (reverse(place.name, args=[*here, *place.more]), place)
        for place in places(facts, may_edit=may_edit)
    ]


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    form = GatheringForm(request.POST or None, today=timezone.localdate(), gathering=gathering)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_gathering(
            gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, "Saved." if changed else "Nothing was different.")
        return redirect(gathering)
    context = {"form": form, "gathering": gathering}
    return render(request, "panels/gathering_edit.html", context)
