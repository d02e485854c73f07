"""Many entries of the shelf from one file: first shown, then added."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments.actions.learning import add_items
from commitments.forms.learning import ImportForm
from commitments.learning_rows import COLUMNS, MOST_PROBLEMS_SHOWN, MOST_ROWS, Suggestion, as_csv
from commitments.queries.learning import plan_of
from organisations.access import OrganisationRequest, for_organisation


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def learning_import(request: OrganisationRequest) -> HttpResponse:
    """Nothing is kept between the two steps: the page carries the rows, which are read anew."""
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if is_sent and form.is_valid() and not form.problems:
        return add(request, form) if "confirm" in request.POST else dry_run(request, form)
    problems = form.problems if is_sent and form.is_valid() else []
    context = {
        "form": form,
        "problems": problems[:MOST_PROBLEMS_SHOWN],
        "more": max(0, len(problems) - MOST_PROBLEMS_SHOWN),
        "most_rows": MOST_ROWS,
    }
    return render(request, "commitments/learning_import.html", context)


def dry_run(request: OrganisationRequest, form: ImportForm) -> HttpResponse:
    plan = plan_of(request.organisation, form.rows)
    new = sum(planned.is_new for planned in plan)
    text = as_csv(cells(suggestion) for _, suggestion in form.rows)
    context = {"plan": plan, "new": new, "known": len(plan) - new, "text": text}
    return render(request, "commitments/learning_plan.html", context)


def add(request: OrganisationRequest, form: ImportForm) -> HttpResponse:
    added = add_items(
        organisation=request.organisation,
        suggestions=[suggestion for _, suggestion in form.rows],
        by=request.user,
        now=timezone.now(),
    )
    if added:
        messages.success(request, f"{added} added to the shelf.")
    else:
        messages.info(request, "All of it is on the shelf already. Nothing was added.")
    return redirect("learning_list", organisation=request.organisation.slug)


def cells(suggestion: Suggestion) -> list[str]:
    return [str(getattr(suggestion, name)) for name in COLUMNS]


@for_organisation()
@require_safe
def learning_template(request: OrganisationRequest) -> HttpResponse:
    """The names of the columns alone. The mark at the beginning tells spreadsheets it is UTF-8."""
    return HttpResponse(
        "\ufeff" + as_csv([]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="learning.csv"'},
    )
