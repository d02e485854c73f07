"""Entering counts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import actions, queries
from panels.enums import GatheringKind
from panels.forms.counting import CountForm, initial_numbers
from panels.forms.prefilled import people_of_line_up
from panels.models import Gathering
from panels.queries.choices import choices_of
from panels.queries.line_up import totals_of_one
from panels.views.loading import gathering_of

MOVED_ON = (
    "Somebody saved a newer count while you typed. Yours is still here: save again to put it"
    " in place of theirs, or leave this page to keep theirs."
)
SOMEBODY_ELSES = (
    "Somebody else entered the count there is, so its numbers are not shown here. Yours would"
    " take its place; the older one is kept."
)
DECLARED = (
    "The people on it answered for themselves, and nobody typed their numbers. Yours would take"
    " their place; theirs are kept."
)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def counts_enter(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    count = queries.count_on_record(gathering)
    form = _count_form(request, gathering, count)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = actions.enter_count(
                gathering=gathering,
                line_up=form.cleaned_data["line_up"],
                typed_over=form.cleaned_data["typed_over"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.CountMovedOn:
            form = _typed_again(request, gathering)
        else:
            said = "The count is saved." if is_new else "That count was saved already."
            messages.success(request, said)
            return redirect(gathering)
    context = {"form": form, "gathering": gathering, "instead_of": _instead_of(request, count)}
    return render(request, "panels/counts_enter.html", context)


def _instead_of(request: OrganisationRequest, count: queries.CountOnRecord | None) -> str:
    """What a count of this person would take the place of, where that is not their own."""
    if count is None or count.was_typed_by(request.user):
        return ""
    return SOMEBODY_ELSES if count.typed_by_id else DECLARED


def _count_form(
    request: OrganisationRequest, gathering: Gathering, count: queries.CountOnRecord | None
) -> CountForm:
    """Filled in only for whoever typed the count: to anybody else its numbers are not shown."""
    chosen = choices_of(request.organisation).women_definition
    initial: dict[str, Any] = {"typed_over": count.version if count else 0}
    if count and count.was_typed_by(request.user):
        initial |= initial_numbers(count.line_up, chosen)
    else:
        initial |= people_of_line_up(totals_of_one(gathering), _kind(gathering))
    return CountForm(
        request.POST or None, kind=_kind(gathering), women_definition=chosen, initial=initial
    )


def _typed_again(request: OrganisationRequest, gathering: Gathering) -> CountForm:
    newest = queries.count_on_record(gathering)
    data = request.POST.copy()
    data["typed_over"] = str(newest.version if newest else 0)
    chosen = choices_of(request.organisation).women_definition
    form = CountForm(data, kind=_kind(gathering), women_definition=chosen)
    form.add_error(None, MOVED_ON)
    return form


def _kind(gathering: Gathering) -> GatheringKind:
    return GatheringKind(gathering.kind)
