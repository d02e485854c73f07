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
from panels.models import Gathering
from panels.views.loading import gathering_of

MOVED_ON = (
    "Somebody saved a newer count while you typed. Yours is still here: save again to put it"
    " in place of theirs, or leave this page to keep theirs."
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
    typed_by_other = bool(count and not count.was_typed_by(request.user))
    context = {"form": form, "gathering": gathering, "typed_by_other": typed_by_other}
    return render(request, "panels/counts_enter.html", context)


def _count_form(
    request: OrganisationRequest, gathering: Gathering, count: queries.CountOnRecord | None
) -> CountForm:
    """Filled in only for whoever typed the count: to anybody else its numbers are not shown."""
    initial: dict[str, Any] = {"typed_over": count.version if count else 0}
    if count and count.was_typed_by(request.user):
        initial |= initial_numbers(count.line_up)
    return CountForm(request.POST or None, kind=_kind(gathering), initial=initial)


def _typed_again(request: OrganisationRequest, gathering: Gathering) -> CountForm:
    newest = queries.count_on_record(gathering)
    data = request.POST.copy()
    data["typed_over"] = str(newest.version if newest else 0)
    form = CountForm(data, kind=_kind(gathering))
    form.add_error(None, MOVED_ON)
    return form


def _kind(gathering: Gathering) -> GatheringKind:
    return GatheringKind(gathering.kind)
