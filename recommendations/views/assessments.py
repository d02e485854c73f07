"""The register of equality impact assessments."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import assessing
from recommendations.actions.linking import Linked
from recommendations.assessing import is_overdue
from recommendations.enums import Stage
from recommendations.forms.registers import AssessmentForm, SignForm, initial_of_assessment
from recommendations.models import Assessment
from recommendations.queries import registers as queries
from recommendations.queries.effect import who_changed
from recommendations.queries.versions import assessment_in_rows
from recommendations.views.registering import METHODS, attempt, open_form
from ui.paging import page_of

STARTERS = (Role.COORDINATOR, Role.CHAIR, Role.COMMITTEE)
SIGNERS = (Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE)


def find(request: OrganisationRequest, pk: UUID) -> Assessment:
    found = queries.assessment_of(request.membership, pk, today=timezone.localdate())
    if found is None:
        raise Http404
    return found


@for_organisation()
@require_safe
def assessment_list(request: OrganisationRequest) -> HttpResponse:
    """Overdue reviews first. Somebody who only advises sees those that are signed off."""
    today = timezone.localdate()
    page = page_of(
        queries.assessments_for(request.membership, today=today), request.GET.get("page")
    )
    context = {
        "page_obj": page,
        "rows": [(each, is_overdue(each.next_review, today=today)) for each in page.object_list],
        "may_start": request.membership.has_role(*STARTERS),
    }
    return render(request, "recommendations/assessment_list.html", context)


@for_organisation(*STARTERS)
@require_http_methods(METHODS)
def assessment_create(request: OrganisationRequest) -> HttpResponse:
    form = _form(request, {"stage": Stage.SCREENING})
    act = partial(
        assessing.start_assessment,
        organisation=request.organisation,
        by=request.user,
        now=timezone.now(),
    )
    tried = attempt(form, lambda: act(**_sent(form), page=form.cleaned_data["page"]))
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect(tried.saved)
    return render(request, "recommendations/assessment_create.html", {"form": form})


def _form(request: OrganisationRequest, initial: dict[str, Any]) -> AssessmentForm:
    return open_form(AssessmentForm, request, initial=initial, organisation=request.organisation)


def _sent(form: AssessmentForm) -> dict[str, Any]:
    return {"details": form.details, "linked": Linked(form.offered, form.chosen)}


@for_organisation()
@require_safe
def assessment_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    signs = request.membership.has_role(*SIGNERS)
    context = {
        "assessment": found,
        "is_late": is_overdue(found.next_review, today=timezone.localdate()),
        "is_signed": found.stage == Stage.SIGNED_OFF,
        "mitigations": queries.mitigations_of(found),
        "may_edit": queries.may_edit_assessment(found, request.membership),
        "may_sign": signs and queries.may_sign_assessment(found, request.user),
        "lines": lines_about(found),
    }
    return render(request, "recommendations/assessment_detail.html", context)


@for_organisation()
@require_http_methods(METHODS)
def assessment_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to its author and to coordinators."""
    found = find(request, pk)
    if not queries.may_edit_assessment(found, request.membership):
        raise PermissionDenied
    form = _form(request, initial_of_assessment(found))
    act = partial(assessing.edit_assessment, assessment=found, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(**_sent(form), over_revision=form.cleaned_data["revision"]))
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "assessment": found}
    context["is_signed"] = (tried.current or found).stage == Stage.SIGNED_OFF
    if tried.current:
        context |= _both(tried.current)
    return render(request, "recommendations/assessment_edit.html", context)


@for_organisation(*SIGNERS)
@require_http_methods(METHODS)
def assessment_sign(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to those who may sign, but not for what they wrote, all or in part."""
    found = find(request, pk)
    if not queries.may_sign_assessment(found, request.user):
        raise PermissionDenied
    today, initial = timezone.localdate(), {"revision": found.revision}
    form = SignForm(request.POST or None, initial=initial, today=today)
    act = partial(assessing.sign_assessment, assessment=found, by=request.user, now=timezone.now())
    tried = attempt(
        form,
        lambda: act(
            next_review=form.cleaned_data["next_review"],
            over_revision=form.cleaned_data["revision"],
        ),
    )
    if tried.saved:
        messages.success(request, "Signed off.")
        return redirect(tried.saved)
    shown = tried.current or found
    context = {"form": form, "assessment": shown, "rows": assessment_in_rows(shown)}
    context["is_signed"] = shown.stage == Stage.SIGNED_OFF
    if tried.current:
        context |= _both(tried.current)
    return render(request, "recommendations/assessment_sign.html", context)


def _both(current: Assessment) -> dict[str, Any]:
    return {"theirs": assessment_in_rows(current), "who": who_changed(current)}
