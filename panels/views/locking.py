"""Locking a line-up, and what was frozen then."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import queries
from panels.actions.locking import LockRefused, lock_line_up
from panels.audit import audit_line_up
from panels.freezing import line_up_in, matches, thresholds_in
from panels.models import Gathering, Snapshot
from panels.queries.as_at import snapshots_of, typists_of
from panels.queries.counts import count_as_it_stands
from panels.queries.places import places_of
from panels.results import Result, show
from panels.standings import audience_of_count
from panels.views.loading import gathering_of
from ui.paging import page_of

A_PAGE = 5


@dataclass(frozen=True)
class Frozen:
    """One snapshot as its reader may see it."""

    snapshot: Snapshot
    matches: bool
    corrected_since: bool
    result: Result | None


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_lock(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    problem = ""
    if request.method == "POST":
        try:
            lock_line_up(gathering=gathering, by=request.user, now=timezone.now())
        except LockRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, "The line-up is locked. Its names are gone.")
            return redirect("gathering_frozen", request.organisation.slug, gathering.pk)
    elif gathering.locked_at:
        return redirect("gathering_frozen", request.organisation.slug, gathering.pk)
    context = {
        "gathering": gathering,
        "facts": places_of(gathering),
        "problem": problem,
        "is_counted": count_as_it_stands(gathering) is not None,
    }
    return render(request, "panels/gathering_lock.html", context)


@for_organisation()
@require_safe
def gathering_frozen(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    page = page_of(snapshots_of(gathering), request.GET.get("page"), of=A_PAGE)
    if not page.paginator.count:
        raise Http404
    newest = queries.count_on_record(gathering)
    versions = [one.facts["count"] for one in page if one.facts["count"]]
    typists = typists_of(gathering, versions)
    rows = [
        _frozen(gathering, one, newest, typists.get(one.facts["count"]) == request.user.pk)
        for one in page
    ]
    context = {"gathering": gathering, "page": page, "rows": rows}
    return render(request, "panels/gathering_frozen.html", context)


def _frozen(
    gathering: Gathering,
    snapshot: Snapshot,
    newest: queries.CountOnRecord | None,
    typed_it: bool,
) -> Frozen:
    facts = snapshot.facts
    line_up = line_up_in(facts)
    is_newest = newest is None or facts["count"] == newest.version
    is_of_this_day = not gathering.is_standing or (newest and newest.as_at == snapshot.as_at)
    result = None
    if line_up:
        result = show(
            audit_line_up(line_up, thresholds_in(facts)),
            audience=audience_of_count(is_newest=is_newest),
            typed_it=typed_it,
        )
    return Frozen(
        snapshot=snapshot,
        matches=matches(facts, snapshot.sha256),
        corrected_since=bool(is_of_this_day and not is_newest),
        result=result,
    )
