"""Pages about events and groups."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import actions, asking, queries
from panels.enums import Definition
from panels.forms.gatherings import GatheringFilterForm, GatheringForm
from panels.views.loading import gathering_of, shown
from ui.dates import in_full
from ui.paging import page_of


@for_organisation()
@require_safe
def gathering_list(request: OrganisationRequest) -> HttpResponse:
    form = GatheringFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.gatherings_of(
        request.organisation, kind=wanted.get("kind", ""), text=wanted.get("q", "")
    )
    page = page_of(found, request.GET.get("page"))
    counts = queries.counts_on_record(page.object_list)
    context = {
        "form": form,
        "page": page,
        "rows": [(one, shown(counts.get(one.pk), request)) for one in page],
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
    gathering = gathering_of(request, pk)
    count = queries.count_on_record(gathering)
    versions = queries.versions_of(gathering)
    organisation = request.organisation.name
    held_on = in_full(gathering.held_on)
    context = {
        "gathering": gathering,
        "lead": ", ".join(part for part in (held_on, gathering.organiser) if part),
        "result": shown(count, request),
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
    gathering = gathering_of(request, pk)
    form = GatheringForm(request.POST or None, today=timezone.localdate(), gathering=gathering)
    if request.method == "POST" and form.is_valid():
        changed = actions.change_gathering(
            gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, "Saved." if changed else "Nothing was different.")
        return redirect(gathering)
    context = {"form": form, "gathering": gathering}
    return render(request, "panels/gathering_edit.html", context)
