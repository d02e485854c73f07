"""The dashboard of an organisation's recommendations."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations import board, queries
from recommendations.actions import adopting
from recommendations.catalogue_file import reviews
from recommendations.forms.filtering import AsAtForm, FilterForm
from recommendations.queries.as_at import rows_as_at
from recommendations.queries.board_rows import board_rows_of


@for_organisation()
@require_safe
def dashboard(request: OrganisationRequest) -> HttpResponse:
    """The whole page, or for htmx only the part that a filter changes."""
    then = AsAtForm(request.GET, today=timezone.localdate())
    rows = rows_shown(request, then.past_day())
    form = FilterForm(request.GET, rows=rows, day=then.past_day())
    context = {
        "form": form,
        "then": then,
        "board": board.board_of(rows, form.chosen(), request.GET.get("page")),
        "kept": f"as_at={then.typed}&" if then.typed else "",
        "query": request.GET.urlencode(),
        "on_offer": () if rows or then.typed else reviews(),
        "may_adopt": request.membership.has_role(Role.COORDINATOR),
        "may_publish": request.membership.has_role(Role.CHAIR),
    }
    template = "recommendations/dashboard.html"
    # Going back, htmx asks for the page anew and means the whole of it.
    is_part = request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#results" if is_part else template, context)
    # Without it a browser would show the part as if it were the page.
    patch_vary_headers(response, ["HX-Request"])
    return response


def rows_shown(request: OrganisationRequest, past_day: date | None) -> list[queries.Row]:
    """As they stood at the end of a day that is over, or as they stand now."""
    if past_day:
        return rows_as_at(request.organisation, day=past_day)
    return board_rows_of(request.organisation, today=timezone.localdate())


@for_organisation(Role.COORDINATOR)
@require_POST
def catalogue_adopt(request: OrganisationRequest, key: str) -> HttpResponse:
    if key not in {each.source.key for each in reviews()}:
        raise Http404
    source = adopting.adopt_catalogue(
        organisation=request.organisation, key=key, by=request.user, now=timezone.now()
    )
    messages.success(request, f"{source.title} is added. Next, record your responses.")
    return redirect(source)
