"""How many women have a seat in one session, as stated."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from panels.actions.counting import CountMovedOn
from panels.actions.locked import LockedError, why_it_is_locked
from panels.actions.session_counts import StatedWomen, count_session
from panels.forms.session_counts import SessionCountForm, initial_count
from panels.models import Session, SessionCount
from panels.queries import sessions as queries
from panels.queries.choices import choices_of
from panels.queries.line_up import counted_seats
from panels.queries.whole_count import women_of_the_whole
from panels.views.loading import gathering_of
from panels.views.sessions import locked

MOVED_ON = (
    "Somebody saved newer numbers while you typed. Yours are still here: save again to put them"
    " in place of theirs, or leave this page to keep theirs."
)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def session_count(request: OrganisationRequest, pk: UUID, session: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = queries.session_with_removed(gathering, session)
    if found is None or found.removed_at:
        raise Http404
    if why_it_is_locked(gathering):
        return locked(request, gathering)
    seats = counted_seats(gathering)[found.pk]
    newest = queries.newest_count(found)
    form = _form(request, found, seats, newest)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = _count(request, found, form)
        except CountMovedOn:
            form = _typed_again(request, found, seats)
        except LockedError:
            return locked(request, gathering)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved." if is_new else "That was saved already.")
            return redirect("line_up", request.organisation.slug, gathering.pk)
    context = {"form": form, "gathering": gathering, "session": found, "seats": seats}
    context["typed_by_other"] = bool(newest and newest.entered_by_id != request.user.pk)
    return render(request, "panels/session_count.html", context)


def _form(
    request: OrganisationRequest, session: Session, seats: int, newest: SessionCount | None
) -> SessionCountForm:
    typed_it = bool(newest and newest.entered_by_id == request.user.pk)
    return SessionCountForm(
        request.POST or None,
        initial=initial_count(newest, typed_it=typed_it),
        **_about(request, session, seats),
    )


def _about(request: OrganisationRequest, session: Session, seats: int) -> dict[str, Any]:
    whole = women_of_the_whole(session.gathering, reader=request.user)
    return {"title": session.title, "seats": seats, "whole": whole}


def _count(request: OrganisationRequest, session: Session, form: SessionCountForm) -> bool:
    typed = form.cleaned_data
    return count_session(
        session=session,
        stated=StatedWomen(
            women=typed["women"],
            not_women=typed["not_women"],
            basis=typed["basis"],
            definition=choices_of(request.organisation).women_definition,
        ),
        typed_over=typed["typed_over"],
        by=request.user,
        now=timezone.now(),
    )


def _typed_again(request: OrganisationRequest, session: Session, seats: int) -> SessionCountForm:
    newest = queries.newest_count(session)
    data = request.POST.copy()
    data["typed_over"] = str(newest.version if newest else 0)
    form = SessionCountForm(data, **_about(request, session, seats))
    form.add_error(None, MOVED_ON)
    return form
