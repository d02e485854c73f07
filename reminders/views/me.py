"""What somebody has to do, across their organisations."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments.queries.my_pledges import my_pledges
from committees.queries.deciders import with_sitters
from organisations.access import SignedInRequest, signed_in
from organisations.queries import memberships_of
from reminders import my_decisions, my_work, queries
from reminders.schedule import london_date
from ui.paging import page_of


@signed_in
@require_safe
def me(request: SignedInRequest) -> HttpResponse:
    today = london_date(timezone.now())
    memberships = list(with_sitters(memberships_of(request.user), today=today))
    tasks = my_work.tasks_of(request.user, memberships, today=today)
    tended = my_pledges(request.user, today=today)
    context = {
        "tasks": page_of(tasks, request.GET.get("page")),
        "waiting": my_decisions.waiting_for(memberships, today=today),
        "pledges": [mine for mine in tended if mine.pledge.leader_id == request.user.pk],
        "helped": [other for other in tended if other.pledge.leader_id != request.user.pk],
        "drafts": queries.drafts_of(request.user),
        "memberships": memberships,
    }
    return render(request, "reminders/me.html", context)
