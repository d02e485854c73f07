"""Adding, changing and removing one session, on a page of its own or in its row."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from panels.actions import line_up as actions
from panels.actions.locked import LockedError, why_it_is_locked
from panels.actions.seats import seats_of
from panels.enums import Stage
from panels.forms import line_up as forms
from panels.line_up_in_words import session_in_words
from panels.models import Gathering, Session
from panels.queries import sessions as queries
from panels.views.line_up import line_up_context
from panels.views.loading import gathering_of

METHODS = ["GET", "HEAD", "POST"]


@for_organisation(Role.ORGANISER)
@require_http_methods(METHODS)
def session_create(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    only = queries.only_session(gathering)
    if only:
        return redirect("session_edit", request.organisation.slug, gathering.pk, only.pk)
    return _edit(request, gathering, None)


@for_organisation(Role.ORGANISER)
@require_http_methods(METHODS)
def session_edit(request: OrganisationRequest, pk: UUID, session: UUID) -> HttpResponse:
    """One that was removed meanwhile is still there to be saved over, not to be opened."""
    gathering = gathering_of(request, pk)
    found = queries.session_with_removed(gathering, session)
    if found is None or (found.removed_at and request.method != "POST"):
        raise Http404
    if request.htmx and "row" in request.GET:
        return _row(request, gathering, found, "row")
    return _edit(request, gathering, found)


def _edit(
    request: OrganisationRequest, gathering: Gathering, session: Session | None
) -> HttpResponse:
    if why_it_is_locked(gathering):
        return locked(request, gathering)
    form, seats = _forms(request, gathering, session)
    context: dict[str, Any] = {"form": form, "seats": seats, "session": session}
    if request.method == "POST" and "more" not in request.POST and _all_said(form, seats, session):
        try:
            saved = _save(request, gathering, session, form, seats)
        except actions.SessionMovedOnError as moved_on:
            context |= _both_versions(form, moved_on.current)
        except LockedError:
            return locked(request, gathering)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, gathering, saved)
    return _draw(request, gathering, context)


def _all_said(form: forms.SessionForm, seats: Any, session: Session | None) -> bool:
    """Each is asked, so that everything that is wrong is said at once."""
    if not all([form.is_valid(), seats.is_valid()]):
        return False
    return session is None or not seats.ask_who(queries.elsewhere(session, seats.renamed))


def _forms(
    request: OrganisationRequest, gathering: Gathering, session: Session | None
) -> tuple[forms.SessionForm, Any]:
    ids = f"id_{session.pk}_%s" if session and request.htmx else "id_%s"
    about: dict[str, Any] = {
        "today": timezone.localdate(),
        "session": session,
        "is_all_there_is": not queries.is_programme(gathering),
        "only_day": gathering.held_on if gathering.last_day == gathering.held_on else None,
        "auto_id": ids,
    }
    if request.method != "POST":
        first = forms.initial_seats(seats_of(session) if session else [])
        return forms.SessionForm(**about), forms.SeatForms(initial=first, auto_id=ids)
    if "more" in request.POST:
        about["initial"] = forms.typed_details(request.POST)
        first = forms.typed_seats(request.POST)
        return forms.SessionForm(**about), forms.SeatForms(initial=first, auto_id=ids)
    return forms.SessionForm(request.POST, **about), forms.SeatForms(request.POST, auto_id=ids)


def _save(
    request: OrganisationRequest,
    gathering: Gathering,
    session: Session | None,
    form: forms.SessionForm,
    seats: Any,
) -> Session:
    implicit = {"title": gathering.title, "stage": session.stage if session else Stage.OTHER}
    return actions.save_session(
        gathering=gathering,
        session=session,
        **(implicit | form.details),
        seats=seats.entries(),
        over_revision=form.cleaned_data["revision"],
        by=request.user,
        now=timezone.now(),
    )


def _both_versions(form: forms.SessionForm, current: Session) -> dict[str, Any]:
    form.over(current.revision)
    if current.removed_at:
        return {"was_removed": True}
    theirs = session_in_words(
        title=current.title,
        stage=current.stage,
        room=current.room,
        starts_at=queries.local(current.starts_at),
        has_time=current.has_time,
        minutes=current.minutes,
        seats=seats_of(current),
    )
    return {"theirs": theirs, "who": queries.who_changed(current)}


def _draw(
    request: OrganisationRequest, gathering: Gathering, context: dict[str, Any]
) -> HttpResponse:
    context["gathering"] = gathering
    is_new = context["session"] is None
    template = "panels/session_page.html"
    if request.htmx and not is_new:
        template = "panels/line_up.html#row_form"
    else:
        context["names"] = queries.names_to_suggest(gathering)
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _saved(request: OrganisationRequest, gathering: Gathering, session: Session) -> HttpResponse:
    if request.htmx:
        return _row(request, gathering, session, "saved")
    messages.success(request, "Saved.")
    return redirect("line_up", request.organisation.slug, gathering.pk)


def _row(
    request: OrganisationRequest, gathering: Gathering, session: Session, part: str
) -> HttpResponse:
    """One row of the grid; once saved, with the totals and the names that changed with it."""
    [row] = queries.grid_rows(gathering, [session], reader=request.user, may_name=True)
    context = line_up_context(request, gathering) | {"row": row, "is_saved": part == "saved"}
    return render(request, f"panels/line_up.html#{part}", context)


def locked(request: OrganisationRequest, gathering: Gathering) -> HttpResponse:
    """The line-up as it stays, with the reason."""
    messages.error(request, why_it_is_locked(gathering) or "This line-up is locked.")
    if request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return redirect("line_up", request.organisation.slug, gathering.pk)


@for_organisation(Role.ORGANISER)
@require_http_methods(METHODS)
def session_remove(request: OrganisationRequest, pk: UUID, session: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = queries.session_with_removed(gathering, session)
    if found is None or (found.removed_at and request.method != "POST"):
        raise Http404
    if request.method == "POST":
        try:
            actions.remove_session(session=found, by=request.user, now=timezone.now())
        except LockedError:
            return locked(request, gathering)
        messages.success(request, "The session is removed.")
        return redirect("line_up", request.organisation.slug, gathering.pk)
    if why_it_is_locked(gathering):
        return locked(request, gathering)
    context = {"gathering": gathering, "session": found}
    return render(request, "panels/session_remove.html", context)
