"""How many seats, and what they ask for, before anybody is named."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from organisations.access import OrganisationRequest, for_organisation
from panels import planner
from panels.forms.check import SeatsForm
from panels.queries.choices import choices_of
from panels.queries.planner import people_so_far
from panels.thresholds import Thresholds
from panels.views.loading import gathering_of


@for_organisation()
@require_safe
def seat_planner(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The number is in the address: it says how many, of nobody."""
    gathering = gathering_of(request, pk)
    initial = {"seats": planner.usual_seats(people_so_far(gathering))}
    form = SeatsForm(request.GET if "seats" in request.GET else None, initial=initial)
    aims = choices_of(request.organisation).own_aims
    context = {"gathering": gathering, "form": form, "plan": form.plan(Thresholds(), aims)}
    return render(request, "panels/seat_planner.html", context)
