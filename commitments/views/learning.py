"""The shelf: things to learn from, each with a note that stays one's own."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.actions import learning as actions
from commitments.actions.revisions import MovedOnError
from commitments.enums import LearningKind
from commitments.forms.learning import (
    DatesForm,
    LearningEditForm,
    LearningFilterForm,
    LearningForm,
    NoteForm,
)
from commitments.learning_rows import COLUMNS
from commitments.models import LearningItem
from commitments.queries import learning as queries
from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from ui.paging import page_of

View = Callable[..., HttpResponse]


def of_an_item(*, to_change: bool = False) -> Callable[[View], View]:
    """Gives the view the entry; to change it one must have suggested it, or coordinate."""

    def decorate(view: View) -> View:
        @wraps(view)
        def loaded(request: OrganisationRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
            item = get_object_or_404(queries.items_of(request.organisation), pk=pk)
            if to_change and not item.may_be_changed_by(request.membership):
                raise PermissionDenied
            return view(request, item, **kwargs)

        return loaded

    return decorate


@for_organisation()
@require_safe
def learning_list(request: OrganisationRequest) -> HttpResponse:
    form = LearningFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.shelf_of(
        request.organisation,
        reader=request.user,
        today=timezone.localdate(),
        kind=wanted.get("kind", ""),
        text=wanted.get("q", ""),
    )
    context = {
        "form": form,
        "page": page_of(found, request.GET.get("page")),
        "is_filtered": bool(wanted.get("kind") or wanted.get("q")),
    }
    return render(request, "commitments/learning_list.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def learning_add(request: OrganisationRequest) -> HttpResponse:
    form = LearningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            item = actions.add_item(
                organisation=request.organisation,
                suggestion=form.suggestion(),
                by=request.user,
                now=timezone.now(),
            )
        except actions.OnShelfAlready as refusal:
            form.add_error("title", str(refusal))
        else:
            messages.success(request, "It is on the shelf.")
            return redirect(item)
    return render(request, "commitments/learning_add.html", {"form": form})


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_item()
def learning_detail(request: OrganisationRequest, item: LearningItem) -> HttpResponse:
    """With the reader's own note, which this page alone shows, to nobody else."""
    note = queries.note_of(item, person=request.user)
    is_cleared = "clear" in request.POST
    form = NoteForm(None if is_cleared else request.POST or None, initial={"text": note})
    if request.method == "POST" and (is_cleared or form.is_valid()):
        text = "" if is_cleared else form.cleaned_data["text"]
        actions.keep_note(item=item, text=text, by=request.user, now=timezone.now())
        messages.success(request, "Your note is gone." if is_cleared else "Saved, for you alone.")
        return redirect(item)
    context = {
        "item": item,
        "form": form,
        "note": note,
        "may_change": item.may_be_changed_by(request.membership),
        "is_workshop": item.kind == LearningKind.WORKSHOP,
        "dates": queries.dates_of(item, today=timezone.localdate()),
        "history": lines_about(item),
    }
    return render(request, "commitments/learning_detail.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_item(to_change=True)
def learning_edit(request: OrganisationRequest, item: LearningItem) -> HttpResponse:
    initial = {name: getattr(item, name) for name in (*COLUMNS, "revision")}
    form = LearningEditForm(request.POST or None, initial=initial)
    context: dict[str, Any] = {"form": form, "item": item, "theirs": []}
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.change_item(
                item=item,
                suggestion=form.suggestion(),
                seen=form.cleaned_data["revision"],
                by=request.membership,
                now=timezone.now(),
            )
        except MovedOnError:
            item.refresh_from_db()
            form.over(item.revision)
            context |= {"theirs": as_it_stands(item), "who": queries.last_saved_by(item)}
        except actions.ShelfRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect(changed)
    return render(request, "commitments/learning_edit.html", context)


def as_it_stands(item: LearningItem) -> list[tuple[str, str]]:
    """What somebody else saved, beside what is being typed."""
    values = {name: getattr(item, name) for name in COLUMNS} | {"kind": item.get_kind_display()}
    return [
        (str(LearningForm.base_fields[name].label), value or "Empty")
        for name, value in values.items()
    ]


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_item(to_change=True)
def learning_remove(request: OrganisationRequest, item: LearningItem) -> HttpResponse:
    if request.method == "POST":
        actions.remove_item(item=item, by=request.membership, now=timezone.now())
        messages.success(request, "It is off the shelf.")
        return redirect("learning_list", organisation=request.organisation.slug)
    context = {"item": item, "notes": queries.others_notes(item, person=request.user)}
    return render(request, "commitments/learning_remove.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
@of_an_item(to_change=True)
def learning_date_add(request: OrganisationRequest, item: LearningItem) -> HttpResponse:
    if item.kind != LearningKind.WORKSHOP:
        messages.info(request, "Only a workshop has dates.")
        return redirect(item)
    form = DatesForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_dates(
                item=item, **form.cleaned_data, by=request.membership, now=timezone.now()
            )
        except actions.ShelfRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{added} {'date' if added == 1 else 'dates'} added.")
            return redirect(item)
    return render(request, "commitments/learning_date_add.html", {"form": form, "item": item})


@for_organisation()
@require_POST
@of_an_item(to_change=True)
def learning_date_remove(
    request: OrganisationRequest, item: LearningItem, day: int
) -> HttpResponse:
    found = get_object_or_404(item.dates.select_related("item"), pk=day)
    actions.remove_date(day=found, by=request.membership, now=timezone.now())
    messages.success(request, "The date is removed.")
    return redirect(item)
