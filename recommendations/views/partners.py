"""The register of partners. What one said is read through `partner_row` alone."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import partnering
from recommendations.forms.registers import PartnerForm, initial_of_partner
from recommendations.models import Partner
from recommendations.queries import registers as queries
from recommendations.queries.effect import who_changed
from recommendations.queries.proving import is_adviser_alone
from recommendations.queries.versions import partner_in_rows
from recommendations.views.registering import METHODS, attempt, open_form
from ui.paging import page_of


def find(request: OrganisationRequest, pk: UUID) -> Partner:
    return get_object_or_404(queries.partners_of(request.organisation), pk=pk)


@for_organisation()
@require_safe
def partner_list(request: OrganisationRequest) -> HttpResponse:
    """For every member but those who only advise."""
    if is_adviser_alone(request.membership):
        raise PermissionDenied
    coordinates = request.membership.has_role(Role.COORDINATOR)
    page = page_of(queries.partners_of(request.organisation), request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [queries.partner_row(each, coordinates=coordinates) for each in page.object_list],
        "totals": queries.totals_of(request.organisation),
        "may_edit": coordinates,
    }
    return render(request, "recommendations/partner_list.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def partner_add(request: OrganisationRequest) -> HttpResponse:
    form = _form(request, {})
    act = partial(
        partnering.add_partner,
        organisation=request.organisation,
        by=request.user,
        now=timezone.now(),
    )
    tried = attempt(
        form, lambda: act(details=_details(request, form), page=form.cleaned_data["page"])
    )
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect("partner_list", request.organisation.slug)
    return render(request, "recommendations/partner_add.html", {"form": form})


def _form(request: OrganisationRequest, initial: dict[str, Any]) -> PartnerForm:
    return open_form(
        PartnerForm,
        request,
        initial=initial,
        organisation=request.organisation,
        today=timezone.localdate(),
    )


def _details(request: OrganisationRequest, form: PartnerForm) -> dict[str, Any]:
    pk = form.recommendation
    linked = request.organisation.recommendations.filter(pk=pk).first() if pk else None
    return form.details | {"recommendation": linked}


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def partner_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    form = _form(request, initial_of_partner(found))
    act = partial(partnering.edit_partner, partner=found, by=request.user, now=timezone.now())
    tried = attempt(
        form,
        lambda: act(details=_details(request, form), over_revision=form.cleaned_data["revision"]),
    )
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect("partner_list", request.organisation.slug)
    context: dict[str, Any] = {"form": form, "partner": found}
    if tried.current:
        context |= {"theirs": partner_in_rows(tried.current), "who": who_changed(tried.current)}
    return render(request, "recommendations/partner_edit.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def partner_remove(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    if request.method == "POST":
        partnering.remove_partner(partner=found, by=request.user, now=timezone.now())
        messages.success(request, "It is taken out.")
        return redirect("partner_list", request.organisation.slug)
    return render(request, "recommendations/partner_remove.html", {"partner": found})
