"""Evidence: the list, one piece with its versions, adding and withdrawing."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from recommendations.actions import evidencing
from recommendations.forms.evidence import EvidenceForm, VersionForm
from recommendations.models import Action, Recommendation
from recommendations.queries import evidence as queries
from recommendations.queries.proving import is_adviser_alone, recommendation_with_steps
from recommendations.refusals import RecommendationRefused
from recommendations.views.saving import is_saved
from recommendations.views.steps import find_evidence, find_evidence_to_change, may_prove
from ui.paging import page_of


def _recommendation(request: OrganisationRequest, pk: UUID) -> Recommendation:
    found = recommendation_with_steps(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


@for_organisation()
@require_safe
def evidence_list(request: OrganisationRequest, recommendation: UUID) -> HttpResponse:
    found = _recommendation(request, recommendation)
    evidence = queries.evidence_of(request.membership, recommendation=found)
    context = {
        "recommendation": found,
        "pieces": queries.page_of_pieces(
            evidence, membership=request.membership, number=request.GET.get("page")
        ),
        "may_prove": found.is_open and may_prove(request, found),
    }
    return render(request, "recommendations/evidence_list.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(request: OrganisationRequest, recommendation: UUID) -> HttpResponse:
    """About the whole recommendation, or with `action` in the address about one action."""
    found = _recommendation(request, recommendation)
    if not may_prove(request, found):
        raise PermissionDenied
    action = _action(found, request.GET.get("action", ""))
    now, sent = timezone.now(), request.method == "POST"
    form = EvidenceForm(*_sent(request), today=timezone.localdate(now))
    if sent and is_saved(
        form,
        lambda: evidencing.add_evidence(
            recommendation=found,
            action=action,
            title=form.cleaned_data["title"],
            given=form.given,
            asks_public=form.cleaned_data["asks_public"],
            by=request.user,
            now=now,
        ),
    ):
        messages.success(request, f"The evidence is saved. {_who_reads(form)}")
        return redirect(action or found)
    context = {"form": form, "recommendation": found, "back": action or found}
    return render(request, "recommendations/evidence_add.html", context)


def _who_reads(form: EvidenceForm) -> str:
    asks = form.cleaned_data["asks_public"]
    return f"{'Until somebody else decides, y' if asks else 'Y'}our organisation alone can read it."


def _sent(request: OrganisationRequest) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _action(recommendation: Recommendation, wanted: str) -> Action | None:
    """404 for one that is not there: nothing is put where nobody asked for it."""
    if not wanted:
        return None
    for action in recommendation.actions.all():
        if str(action.pk) == wanted:
            return action
    raise Http404


@for_organisation()
@require_safe
def evidence_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    evidence = find_evidence(request, pk)
    is_public_alone = is_adviser_alone(request.membership)
    versions = queries.versions_of(evidence, is_public_alone=is_public_alone)
    is_live = evidence.withdrawn_at is None
    newest = versions[0]
    page = page_of(versions, request.GET.get("page"))
    page.object_list = [queries.Piece(evidence, each) for each in page]
    context = {
        "evidence": evidence,
        "recommendation": evidence.recommendation,
        "back": evidence.action or evidence.recommendation,
        "back_words": f"Back to the {'action' if evidence.action else 'recommendation'}",
        "versions": page,
        "newest": newest,
        "is_newer_internal": queries.Piece(evidence, newest).is_newer_internal,
        "may_decide": is_live and queries.may_decide_who_reads(evidence, request.user),
        "may_prove": is_live
        and evidence.recommendation.is_open
        and may_prove(request, evidence.recommendation),
    }
    return render(request, "recommendations/evidence_detail.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_version(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    evidence, now = find_evidence_to_change(request, pk), timezone.now()
    form = VersionForm(*_sent(request), today=timezone.localdate(now))
    if request.method == "POST" and is_saved(
        form,
        lambda: evidencing.add_version(
            evidence=evidence,
            given=form.given,
            asks_public=form.cleaned_data["asks_public"],
            by=request.user,
            now=now,
        ),
    ):
        messages.success(request, "The new version is saved beside the ones before it.")
        return redirect(evidence)
    context = {"form": form, "evidence": evidence}
    return render(request, "recommendations/evidence_version.html", context)


@for_organisation()
@require_POST
def evidence_withdraw(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    evidence = find_evidence_to_change(request, pk)
    try:
        evidencing.withdraw_evidence(evidence=evidence, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "It is withdrawn. It stays here, and no longer counts.")
    return redirect(evidence)
