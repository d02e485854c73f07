"""A standing group's counts as at one day and another."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels.actions.counting_again import CountAgainRefused, count_again
from panels.forms.gatherings import AsAtForm
from panels.models import Gathering
from panels.queries.as_at import counts_as_at as counts_of
from panels.queries.as_at import days_counted
from panels.standings import audience_of_count
from panels.views.loading import gathering_of, shown
from ui.paging import page_of

A_PAGE = 10


@for_organisation()
@require_safe
def counts_as_at(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    page = page_of(days_counted(gathering), request.GET.get("page"), of=A_PAGE)
    counts = counts_of(gathering, list(page))
    newest = page.number == 1
    rows = [
        (day, shown(counts[day], request, audience=audience_of_count(is_newest=newest and not n)))
        for n, day in enumerate(page)
    ]
    context = {
        "gathering": gathering,
        "page": page,
        "rows": rows,
        "may_edit": request.membership.has_role(Role.ORGANISER),
    }
    return render(request, "panels/counts_as_at.html", context)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def counts_again(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    today = timezone.localdate()
    form = AsAtForm(
        request.POST or None,
        today=today,
        newest=gathering.held_on,
        initial={"held_on": today if today > gathering.held_on else None},
    )
    if request.method == "POST" and form.is_valid():
        problem = _begin(request, gathering, form)
        if not problem:
            messages.success(request, "Now count who is on it as at the new day.")
            return redirect("counts_enter", request.organisation.slug, gathering.pk)
        form.add_error(None, problem)
    context = {"form": form, "gathering": gathering}
    return render(request, "panels/counts_again.html", context)


def _begin(request: OrganisationRequest, gathering: Gathering, form: AsAtForm) -> str:
    """Why it is refused; empty when the new day has begun."""
    held_on = form.cleaned_data["held_on"]
    try:
        count_again(gathering=gathering, held_on=held_on, by=request.user, now=timezone.now())
    except CountAgainRefused as refused:
        return str(refused)
    return ""
