"""One change to several recommendations at once."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions.changing import Change, What, change_many
from recommendations.forms.changing import ChangeForm
from recommendations.forms.picking import as_uuid
from recommendations.queries.sources import open_to_change, sources_of
from recommendations.views.registering import METHODS, attempt
from ui.paging import page_of


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def recommendations_change(request: OrganisationRequest) -> HttpResponse:
    source = as_uuid(request.GET.get("source", ""))
    form = ChangeForm(request.POST or None, organisation=request.organisation)
    act = partial(
        change_many, organisation=request.organisation, by=request.user, now=timezone.now()
    )
    tried = attempt(form, lambda: (act(chosen=form.picked, change=_change(form)),))
    if tried.saved:
        [changed] = tried.saved
        messages.success(request, f"Saved. Changed: {changed}. Already so: {_rest(form, changed)}.")
        return redirect(request.get_full_path())
    rows = open_to_change(request.organisation, source=source)
    context = {
        "form": form,
        "page_obj": page_of(rows, request.GET.get("page")),
        "picked": form.picked,
        "sources": sources_of(request.organisation),
        "chosen": source,
    }
    return render(request, "recommendations/recommendations_change.html", context)


def _rest(form: ChangeForm, changed: int) -> int:
    return len(set(form.picked)) - changed


def _change(form: ChangeForm) -> Change:
    return Change(What(form.cleaned_data["what"]), form.wanted)
