"""What a line-up would show without its reader, who says what they are counted as."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from panels import queries
from panels.forms.stepping_aside import StepAsideForm
from panels.stepping_aside import open_counts, without_you
from panels.views.loading import gathering_of


@for_organisation()
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def step_aside(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Answered on this page for this one view: nothing of it is stored, and nobody else sees it."""
    gathering = gathering_of(request, pk)
    count = queries.count_on_record(gathering)
    typed_it = bool(count and count.was_typed_by(request.user))
    counts = open_counts(count.line_up, typed_it=typed_it) if count else ()
    context: dict[str, Any] = {"gathering": gathering, "is_counted": bool(count), "form": None}
    if counts:
        form = StepAsideForm(request.POST if request.method == "POST" else None, counts=counts)
        context["form"] = form
        if request.method == "POST" and form.is_valid():
            context["without_you"] = without_you(counts, form.cleaned_data["answers"])
    return render(request, "panels/step_aside.html", context)
