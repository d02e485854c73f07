"""From a file to a line-up: choose it, say what its columns hold, look at it, confirm."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import importing
from panels.actions import importing as actions
from panels.actions.applying import Applied
from panels.actions.locked import LockedError, why_it_is_locked
from panels.actions.locking import names_go_tomorrow
from panels.actions.rehearsing import Rehearsal, rehearse_programme
from panels.entry import STAGED
from panels.enums import UploadState
from panels.forms.importing import ImportConfirmForm, ImportMapForm, ImportStartForm
from panels.models import Gathering, Upload
from panels.programme import Programme
from panels.queries import importing as queries
from panels.views.loading import gathering_of
from ui.spreadsheets import as_csv

OWN_COLUMNS = ("session", "stage", "role", "name", "duration_minutes")
CONTENT = ("columns", "rows", "programme")
STEPS = {UploadState.TO_MAP: "import_map", UploadState.TO_CONFIRM: "import_confirm"}


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def import_start(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    why = why_it_is_locked(gathering)
    is_sent = request.method == "POST" and not why
    form = ImportStartForm(request.POST, request.FILES) if is_sent else ImportStartForm()
    if is_sent and form.is_valid():
        try:
            upload = actions.begin_upload(
                gathering=gathering, reading=form.reading, by=request.user, now=timezone.now()
            )
        except LockedError as refusal:
            why = str(refusal)
        else:
            return _on_to(STEPS[UploadState(upload.state)], request, upload)
    context = {"gathering": gathering, "form": form, "why": why, "columns": OWN_COLUMNS}
    return render(request, "panels/import_start.html", context)


@for_organisation(Role.ORGANISER)
@require_safe
def import_template(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The names of our own columns alone."""
    gathering_of(request, pk)
    return HttpResponse(
        as_csv([OWN_COLUMNS]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="line-up.csv"'},
    )


@for_organisation(Role.ORGANISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_map(request: OrganisationRequest, pk: UUID, upload: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    held = _upload_of(request, gathering, upload)
    if not held.columns:
        return _on_to(_step_of(held), request, held)
    sent = request.POST if request.method == "POST" else None
    form = ImportMapForm(sent, table=queries.table_of(held))
    if form.is_valid():
        actions.map_upload(upload=held, mapping=form.mapping, mapped=form.mapped)
        return _on_to("import_confirm", request, held)
    context = {"gathering": gathering, "form": form, "upload": held, "rows": len(held.rows)}
    return render(request, "panels/import_map.html", context)


@for_organisation(Role.ORGANISER)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def import_confirm(request: OrganisationRequest, pk: UUID, upload: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    held = _upload_of(request, gathering, upload, without=("rows",))
    if held.state != UploadState.TO_CONFIRM:
        return _on_to(_step_of(held), request, held)
    programme, held.programme = queries.programme_of(held), None
    if request.method == "POST" and not importing.has_hints(programme):
        return _confirmed(request, held, frozenset())
    found = rehearse_programme(gathering=gathering, programme=programme)
    form = _confirm_form(request, gathering, programme, found)
    if form.is_valid():
        return _confirmed(request, held, form.sources())
    context = {
        "gathering": gathering,
        "upload": held,
        "form": form,
        "found": found,
        "changes": importing.changes_in_words(asdict(found.applied), is_saved=False),
        "shown": importing.preview(programme, zone=timezone.get_current_timezone()),
        "names_go_tomorrow": names_go_tomorrow(gathering, today=timezone.localdate()),
    }
    return render(request, "panels/import_confirm.html", context)


def _confirmed(
    request: OrganisationRequest, held: Upload, main_stage: frozenset[str]
) -> HttpResponseRedirect:
    actions.confirm_upload(upload=held, main_stage=main_stage, now=timezone.now())
    return _on_to("import_progress", request, held)


def _confirm_form(
    request: OrganisationRequest, gathering: Gathering, programme: Programme, found: Rehearsal
) -> ImportConfirmForm:
    """Only an event of several sessions has a main stage of its own."""
    choices = importing.stage_choices(programme, found.new) if gathering.kind in STAGED else ()
    sent = request.POST if request.method == "POST" else None
    return ImportConfirmForm(sent, choices=choices)


@for_organisation(Role.ORGANISER)
@never_cache
@require_safe
def import_progress(request: OrganisationRequest, pk: UUID, upload: UUID) -> HttpResponse:
    """The whole page, or for htmx only what changes while it is being saved."""
    gathering = gathering_of(request, pk)
    held = _upload_of(request, gathering, upload, without=CONTENT)
    if held.state in STEPS:
        return _on_to(_step_of(held), request, held)
    context: dict[str, Any] = {"gathering": gathering, "upload": held, "states": UploadState}
    if held.state == UploadState.DONE:
        applied = Applied(**held.summary)
        changes = importing.changes_in_words(held.summary, is_saved=True)
        context |= {"changes": changes, "is_nothing_new": applied.is_nothing_new}
    is_part = request.htmx and not request.htmx.history_restore_request
    part = "#state" if is_part else ""
    response = render(request, f"panels/import_progress.html{part}", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _upload_of(
    request: OrganisationRequest, gathering: Gathering, pk: UUID, *, without: tuple[str, ...] = ()
) -> Upload:
    """`without`: large columns that the page does not need."""
    found = queries.uploads_of(gathering, by=request.user, now=timezone.now())
    held: Upload = get_object_or_404(found.defer(*without), pk=pk)
    return held


def _step_of(upload: Upload) -> str:
    return STEPS.get(UploadState(upload.state), "import_progress")


def _on_to(step: str, request: OrganisationRequest, upload: Upload) -> HttpResponseRedirect:
    return redirect(step, request.organisation.slug, upload.gathering_id, upload.pk)
