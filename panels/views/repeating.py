"""Last year's again."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels.actions.repeating import repeat_gathering
from panels.forms.gatherings import RepeatForm
from panels.queries.places import places_of
from panels.views.loading import gathering_of

SAME_WEEKDAY_A_YEAR_ON = timedelta(weeks=52)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_repeat(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    if gathering.is_standing:
        return redirect("counts_as_at", request.organisation.slug, gathering.pk)
    a_year_on = gathering.held_on + SAME_WEEKDAY_A_YEAR_ON
    form = RepeatForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"title": gathering.title, "held_on": a_year_on},
    )
    if request.method == "POST" and form.is_valid():
        made = repeat_gathering(
            gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, "Made from the earlier one. Nobody is on it yet.")
        return redirect(made)
    context = {"form": form, "gathering": gathering, "facts": places_of(gathering)}
    return render(request, "panels/gathering_repeat.html", context)
