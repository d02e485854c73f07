"""Pages about recommendations."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations import actions, board, ownership, queries
from recommendations.catalogue_file import reviews
from recommendations.forms import AcceptForm, FilterForm, OwnersForm, ResponseForm, UpdateForm
from recommendations.lifecycle import proven
from recommendations.models import Recommendation
from recommendations.refusals import RecommendationRefused


@for_organisation()
@require_safe
def dashboard(request: OrganisationRequest) -> HttpResponse:
    """The whole page, or for htmx only the part that a filter changes."""
    rows = queries.rows_of(request.organisation, today=timezone.localdate())
    form = FilterForm(request.GET, rows=rows)
    context = {
        "form": form,
        "board": board.board_of(rows, form.chosen()),
        "on_offer": () if rows else reviews(),
        "may_adopt": request.membership.has_role(Role.COORDINATOR),
    }
    template = "recommendations/dashboard.html"
    # Going back, htmx asks for the page anew and means the whole of it.
    is_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#results" if is_part else template, context)
    # Without it a browser would show the part as if it were the page.
    patch_vary_headers(response, ["HX-Request"])
    return response


@for_organisation(Role.COORDINATOR)
@require_POST
def catalogue_adopt(request: OrganisationRequest, key: str) -> HttpResponse:
    if key not in {each.source.key for each in reviews()}:
        raise Http404
    source = actions.adopt_catalogue(
        organisation=request.organisation, key=key, by=request.user, now=timezone.now()
    )
    messages.success(request, f"{source.title} is added. Next, record your responses.")
    return redirect(source)


def _find(request: OrganisationRequest, pk: UUID) -> Recommendation:
    found = queries.recommendation_in_full(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


@for_organisation()
@require_safe
def recommendation_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    today = timezone.localdate()
    found = _find(request, pk)
    context = {
        "row": queries.as_row(found, organisation=request.organisation, today=today),
        "recommendation": found,
        "eyebrow": f"{found.reference} · {found.theme or 'Finding'}",
        "actions": queries.action_rows(found, viewer=request.user, today=today),
        "proven": proven([queries.facts_of(found)]),
        "updates": queries.updates_of(found),
        "lines": lines_about(found),
        "may_update": found.is_open and found.is_owned_by(request.user),
        "may_assign": found.is_open and request.membership.has_role(Role.COORDINATOR),
        "may_respond": found.is_open and request.membership.has_role(Role.CHAIR, Role.COORDINATOR),
    }
    return render(request, "recommendations/recommendation_detail.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def update_post(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to the lead of an action and to the executive sponsor, whatever their roles."""
    found = _find(request, pk)
    if not found.is_owned_by(request.user):
        raise PermissionDenied
    form = UpdateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.post_update(
                recommendation=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your update is saved.")
            return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/update_post.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def owners_set(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found, now = _find(request, pk), timezone.now()
    form = OwnersForm(request.POST or None, recommendation=found, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            ownership.set_owners(
                recommendation=found,
                sponsor=form.chosen_sponsor,
                assignments=form.assignments,
                by=request.user,
                now=now,
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Leads and dates are saved.")
            return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/owners_set.html", context)


@for_organisation()
@require_POST
def action_accept(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to the lead of this action alone."""
    found = get_object_or_404(request.organisation.recommendations, pk=recommendation)
    action = get_object_or_404(found.actions, pk=pk)
    shown = AcceptForm(request.POST).shown_date
    try:
        ownership.accept_action(
            action=action, shown_date=shown, by=request.user, now=timezone.now()
        )
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This action is yours, and its date stands.")
    return redirect(found)


@for_organisation(Role.CHAIR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def response_record(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = _find(request, pk)
    form = ResponseForm(
        request.POST or None,
        initial={"response": found.response, "reason": found.response_reason},
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_response(
                recommendation=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The response is recorded.")
            return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/response_record.html", context)
