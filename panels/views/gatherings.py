"""Pages about events and groups, the public check, and how figures are counted."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation, public
from organisations.enums import Role
from panels import actions, asking, audit, methods, queries, results
from panels.enums import Audience, Definition, GatheringKind
from panels.forms import (
    CheckForm,
    CountForm,
    GatheringFilterForm,
    GatheringForm,
    initial_numbers,
)
from panels.models import Gathering
from panels.thresholds import Thresholds

PER_PAGE = 25
MOVED_ON = (
    "Somebody saved a newer count while you typed. Yours is still here: save again to put it"
    " in place of theirs, or leave this page to keep theirs."
)


@for_organisation()
@require_safe
def gathering_list(request: OrganisationRequest) -> HttpResponse:
    form = GatheringFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.gatherings_of(
        request.organisation, kind=wanted.get("kind", ""), text=wanted.get("q", "")
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts_on_record(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, _shown(counts.get(one.pk), request)) for one in page],
        "is_filtered": bool(wanted.get("kind") or wanted.get("q")),
        "may_edit": request.membership.has_role(Role.ORGANISER),
        "may_name_organisers": request.membership.has_role(Role.COORDINATOR),
        "definition": Definition.MINORITISED_SELF_DEFINED.label,
    }
    return render(request, "panels/gathering_list.html", context)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_create(request: OrganisationRequest) -> HttpResponse:
    form = GatheringForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        gathering = actions.create_gathering(
            organisation=request.organisation,
            **form.cleaned_data,
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved. Now count who is on it, or ask them first.")
        return redirect(gathering)
    return render(request, "panels/gathering_create.html", {"form": form})


@for_organisation()
@require_safe
def gathering_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = _gathering(request, pk)
    count = queries.count_on_record(gathering)
    versions = queries.versions_of(gathering)
    organisation = request.organisation.name
    held_on = date_format(gathering.held_on, "j F Y")
    context = {
        "gathering": gathering,
        "lead": ", ".join(part for part in (held_on, gathering.organiser) if part),
        "result": _shown(count, request),
        "typed_it": bool(count and count.was_typed_by(request.user)),
        "versions": versions,
        "corrections": max(0, len(versions) - 1),
        "may_edit": request.membership.has_role(Role.ORGANISER),
        "message": asking.message(title=gathering.title, organisation=organisation),
        "lines": lines_about(gathering),
    }
    return render(request, "panels/gathering_detail.html", context)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def gathering_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = _gathering(request, pk)
    form = GatheringForm(request.POST or None, today=timezone.localdate(), gathering=gathering)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_gathering(
            gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, "Saved." if changed else "Nothing was different.")
        return redirect(gathering)
    context = {"form": form, "gathering": gathering}
    return render(request, "panels/gathering_edit.html", context)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def counts_enter(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = _gathering(request, pk)
    count = queries.count_on_record(gathering)
    form = _count_form(request, gathering, count)
    if request.method == "POST" and form.is_valid():
        try:
            is_new = actions.enter_count(
                gathering=gathering,
                line_up=form.cleaned_data["line_up"],
                typed_over=form.cleaned_data["typed_over"],
                by=request.user,
                now=timezone.now(),
            )
        except actions.CountMovedOn:
            form = _typed_again(request, gathering)
        else:
            said = "The count is saved." if is_new else "That count was saved already."
            messages.success(request, said)
            return redirect(gathering)
    typed_by_other = bool(count and not count.was_typed_by(request.user))
    context = {"form": form, "gathering": gathering, "typed_by_other": typed_by_other}
    return render(request, "panels/counts_enter.html", context)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Nothing is stored, so there is nothing to forge: no token, and with it no cookie."""
    is_typed = request.method == "POST"
    # The empty form is drawn once for everybody, so it is rarely made.
    form: Any = CheckForm(request.POST) if is_typed else SimpleLazyObject(CheckForm)
    context: dict[str, Any] = {
        "form": form,
        "is_typed": is_typed,
        "rules": methods.rules_of_check(),
        "result": None,
        "thresholds": Thresholds(),
    }
    if is_typed and form.is_valid():
        found = audit.audit_line_up(form.cleaned_data["line_up"], Thresholds())
        context["result"] = results.show(
            found, audience=Audience.PUBLIC, typed_it=True, source="What was typed here"
        )
    return render(request, "panels/check.html", context)


@public
@require_safe
def counting(request: HttpRequest) -> HttpResponse:
    return render(request, "panels/counting.html", {"page": methods.counting_page()})


def _gathering(request: OrganisationRequest, pk: UUID) -> Gathering:
    found: Gathering = get_object_or_404(queries.gatherings_of(request.organisation), pk=pk)
    return found


def _shown(
    count: queries.CountOnRecord | None, request: OrganisationRequest
) -> results.Result | None:
    if count is None:
        return None
    typed_it = count.was_typed_by(request.user)
    return results.show_line_up(count.line_up, audience=Audience.MEMBER, typed_it=typed_it)


def _count_form(
    request: OrganisationRequest, gathering: Gathering, count: queries.CountOnRecord | None
) -> CountForm:
    """Filled in only for whoever typed the count: to anybody else its numbers are not shown."""
    initial: dict[str, Any] = {"typed_over": count.version if count else 0}
    if count and count.was_typed_by(request.user):
        initial |= initial_numbers(count.line_up)
    return CountForm(request.POST or None, kind=_kind(gathering), initial=initial)


def _typed_again(request: OrganisationRequest, gathering: Gathering) -> CountForm:
    newest = queries.count_on_record(gathering)
    data = request.POST.copy()
    data["typed_over"] = str(newest.version if newest else 0)
    form = CountForm(data, kind=_kind(gathering))
    form.add_error(None, MOVED_ON)
    return form


def _kind(gathering: Gathering) -> GatheringKind:
    return GatheringKind(gathering.kind)
