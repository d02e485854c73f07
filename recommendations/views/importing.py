"""Updating a plan from a file: looked at first, then saved."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions.importing import PlanMovedOnError, import_plan
from recommendations.forms.importing import MOST_SEALED, PlanFileForm, SealedForm, sealed
from recommendations.models import Source
from recommendations.plan_file import FileRow
from recommendations.plan_import import compare
from recommendations.queries.importing import plan_as_it_stands
from recommendations.refusals import RecommendationRefused
from recommendations.views.registering import METHODS
from recommendations.views.sources import find_source

MOVED_ON = "The plan was changed since. Look at it again."
SHOWN = 100


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def recommendations_import(request: OrganisationRequest, source: UUID) -> HttpResponse:
    found = find_source(request, source)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PlanFileForm(*sent)
    if form.is_valid():
        return _preview(request, found, form.rows)
    context = {"form": form, "source": found, "source_key": str(found.pk)}
    return render(request, "recommendations/recommendations_import.html", context)


def _preview(request: OrganisationRequest, source: Source, rows: list[FileRow]) -> HttpResponse:
    outcome = compare(rows, plan_as_it_stands(source, today=timezone.localdate()))
    is_right = not outcome.problems and (outcome.added or outcome.changed)
    seal = sealed(rows, outcome.digest, source=source, by=request.user) if is_right else ""
    context = {
        "source": source,
        "outcome": outcome,
        "problems": outcome.problems[:SHOWN],
        "more": max(0, len(outcome.problems) - SHOWN),
        "sealed": seal if len(seal) <= MOST_SEALED else "",
        "is_too_large": len(seal) > MOST_SEALED,
    }
    return render(request, "recommendations/recommendations_import_preview.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def recommendations_import_preview(request: OrganisationRequest, source: UUID) -> HttpResponse:
    """What was looked at is saved; what changed since is looked at again."""
    found = find_source(request, source)
    form = SealedForm(request.POST, source=found, by=request.user)
    if not form.is_valid():
        messages.error(request, "This is no longer open. Choose the file again.")
        return redirect("recommendations_import", request.organisation.slug, found.pk)
    now = timezone.now()
    try:
        import_plan(source=found, rows=form.rows, looked_at=form.digest, by=request.user, now=now)
    except PlanMovedOnError:
        messages.error(request, MOVED_ON)
        return _preview(request, found, form.rows)
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
        return _preview(request, found, form.rows)
    messages.success(request, "Saved. The plan is as your file says.")
    return redirect("source_list", request.organisation.slug)
