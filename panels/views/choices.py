"""What the organisation counts and aims for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels.actions.choices import change_choices
from panels.forms.choices import ChoicesForm
from panels.queries.choices import choices_of
from panels.thresholds import Thresholds


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def counting_choices(request: OrganisationRequest) -> HttpResponse:
    choices = choices_of(request.organisation)
    form = ChoicesForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        changed = change_choices(
            organisation=request.organisation,
            choices=form.cleaned_data["choices"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved." if changed else "Nothing was different.")
        return redirect("counting_choices", request.organisation.slug)
    context = {"form": form, "wording": Thresholds()}
    return render(request, "panels/counting_choices.html", context)
