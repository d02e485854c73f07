"""Where recommendations come from."""

from functools import partial
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import sources
from recommendations.catalogue_file import reviews
from recommendations.enums import SourceKind
from recommendations.forms.sources import PasteForm, SourceForm, initial_of
from recommendations.models import Source
from recommendations.queries.sources import members_to_name, sources_of
from recommendations.views.registering import METHODS
from recommendations.views.saving import is_saved
from ui.paging import page_of


def find_source(request: OrganisationRequest, pk: UUID) -> Source:
    rows = request.organisation.sources.select_related("organisation")
    return get_object_or_404(rows, pk=pk)


@for_organisation()
@require_safe
def source_list(request: OrganisationRequest) -> HttpResponse:
    may_edit = request.membership.has_role(Role.COORDINATOR)
    rows = sources_of(request.organisation)
    context = {"may_edit": may_edit, "page_obj": page_of(rows, request.GET.get("page"))}
    if may_edit:
        adopted = set(request.organisation.sources.values_list("catalogue_key", flat=True))
        context["on_offer"] = [each for each in reviews() if each.source.key not in adopted]
    return render(request, "recommendations/source_list.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def source_create(request: OrganisationRequest) -> HttpResponse:
    form = SourceForm(request.POST or None, initial={"page": uuid4()}, today=timezone.localdate())
    act = partial(
        sources.add_source,
        organisation=request.organisation,
        by=request.user,
        now=timezone.now(),
    )
    if is_saved(form, lambda: act(details=form.details, page=form.cleaned_data["page"])):
        messages.success(request, "The source is added. Next, add what it recommends.")
        return redirect("source_list", request.organisation.slug)
    return render(request, "recommendations/source_create.html", {"form": form})


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def source_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    source = find_source(request, pk)
    initial = initial_of(source) | {"page": uuid4()}
    form = SourceForm(request.POST or None, initial=initial, today=timezone.localdate())
    act = partial(sources.edit_source, source=source, by=request.user, now=timezone.now())
    if is_saved(form, lambda: act(changed=form.changed)):
        messages.success(request, "Saved.")
        return redirect("source_list", request.organisation.slug)
    context = {"form": form, "source": source}
    return render(request, "recommendations/source_edit.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def source_paste(request: OrganisationRequest) -> HttpResponse:
    """Looked at first, saved when it was looked at as it is."""
    now = timezone.now()
    form = PasteForm(
        request.POST or None,
        initial={"page": uuid4(), "kind": SourceKind.PLAN},
        today=timezone.localdate(now),
        members=members_to_name(request.organisation),
    )
    act = partial(
        sources.add_pasted_plan, organisation=request.organisation, by=request.user, now=now
    )
    if (
        form.is_bound
        and form.was_looked_at
        and is_saved(
            form,
            lambda: act(details=form.details, lines=form.lines, page=form.cleaned_data["page"]),
        )
    ):
        messages.success(request, "Your plan is added. Next, record your responses.")
        return redirect("dashboard", request.organisation.slug)
    is_right = form.is_bound and form.is_valid()
    if is_right:
        form.show_digest()
    context = {"form": form, "is_right": is_right}
    return render(request, "recommendations/source_paste.html", context)
