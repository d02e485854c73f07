"""What is sent and when, and what would go out today."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Nation, Role
from reminders.dry_run import as_people, due_in
from reminders.holidays import next_holidays
from reminders.planned import planned
from reminders.schedule import london_date
from ui.paging import page_of


@for_organisation(Role.COORDINATOR)
@require_safe
def reminders_planned(request: OrganisationRequest) -> HttpResponse:
    nation = Nation(request.organisation.nation)
    context = {
        "rules": planned(),
        "nation": nation.label,
        "holidays": next_holidays(nation, london_date(timezone.now())),
    }
    return render(request, "reminders/reminders_planned.html", context)


@for_organisation(Role.COORDINATOR)
@require_safe
def reminders_today(request: OrganisationRequest) -> HttpResponse:
    """Says of nobody what it is about, only what kind of thing, and why today."""
    today = london_date(timezone.now())
    due = due_in(request.organisation, today=today)
    page = page_of(list(due), request.GET.get("page"))
    nation = Nation(request.organisation.nation)
    people = as_people(list(page), due, nation=nation, today=today)
    context = {"page": page, "people": people, "today": today}
    return render(request, "reminders/reminders_today.html", context)
