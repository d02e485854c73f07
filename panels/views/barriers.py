"""What is done about barriers at one gathering, and the organisation's own checklist."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from panels.actions import checklist as changing
from panels.actions.barriers import save_barriers
from panels.checklist import by_theme
from panels.forms.barriers import BarriersForm, LineForm, StepForm
from panels.queries.barriers import (
    BarriersOnRecord,
    barriers_on_record,
    checklist_of,
    line_of,
    retired_lines,
)
from panels.views.loading import gathering_of
from ui.forms import error_links


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def barriers_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """With a script each block is saved as soon as it is changed; without one, all at once."""
    gathering = gathering_of(request, pk)
    form = _form(request, barriers_on_record(gathering))
    if request.method == "POST" and form.is_valid():
        saved = save_barriers(
            gathering=gathering, typed=form.typed(), by=request.user, now=timezone.now()
        )
        if not (saved.moved_on or request.htmx):
            messages.success(request, "Saved." if saved.saved else "Nothing was different.")
            return redirect(gathering)
        form = form.typed_again(barriers_on_record(gathering), saved.moved_on)
    if request.htmx:
        seen = form[f"seen_{form.blocks[0]}"]
        context = {"seen": seen, "problems": [problem.text for problem in error_links(form)]}
        return render(request, "panels/_barrier_said.html", context)
    return render(request, "panels/barriers_edit.html", {"form": form, "gathering": gathering})


def _form(request: OrganisationRequest, on_record: BarriersOnRecord) -> BarriersForm:
    data = request.POST if request.method == "POST" else None
    only = request.POST.get("only", "")
    return BarriersForm(data, on_record=on_record, parts=on_record.parts, only=only)


@for_organisation(Role.ORGANISER, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_edit(request: OrganisationRequest) -> HttpResponse:
    organisation = request.organisation
    form = LineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = changing.add_line(
                organisation=organisation,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Added." if is_new else "That line is there already.")
            return redirect("checklist_edit", organisation.slug)
    context = {
        "form": form,
        "themes": by_theme(checklist_of(organisation)),
        "retired": retired_lines(organisation),
    }
    return render(request, "panels/checklist_edit.html", context)


@for_organisation(Role.ORGANISER, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist_line(request: OrganisationRequest, key: str) -> HttpResponse:
    organisation = request.organisation
    line = line_of(organisation, key)
    if line is None:
        raise Http404
    initial = {"text": line.text, "for_whom": line.for_whom}
    form = LineForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = changing.change_line(
                organisation=organisation,
                key=key,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "Saved." if changed else "Nothing was different.")
            return redirect("checklist_edit", organisation.slug)
    return render(request, "panels/checklist_line.html", {"form": form, "line": line})


@for_organisation(Role.ORGANISER, Role.COORDINATOR)
@require_POST
def checklist_step(request: OrganisationRequest) -> HttpResponse:
    """The buttons beside the lines."""
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            said = changing.take_step(
                organisation=request.organisation,
                step=form.cleaned_data["step"],
                key=form.cleaned_data["line"],
                by=request.user,
                now=timezone.now(),
            )
            messages.success(request, said)
        except Refused as error:
            messages.info(request, str(error))
    return redirect("checklist_edit", request.organisation.slug)
