"""Asking for a later date, saying no to an action, and answering that."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from recommendations.actions import extending, not_yet, objecting
from recommendations.extending import why_not_now
from recommendations.forms.asking import AnswerForm, ExtensionForm, NotYetForm, ObjectionForm
from recommendations.not_yet import until_of
from recommendations.not_yet import why_not_now as why_not_yet
from recommendations.objecting import why_not_now as why_not_object
from recommendations.queries.closing import standing_of
from recommendations.queries.not_yet import late_facts
from recommendations.refusals import RecommendationRefused
from recommendations.views.finding import find_action, find_extension, find_objection


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def extension_ask(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to the lead of this action and to the executive sponsor."""
    action, now = find_action(request, recommendation, pk), timezone.now()
    if not extending.is_asker(request.user, action, action.recommendation):
        raise PermissionDenied
    standing, today = standing_of(action), timezone.localdate(now)
    form = ExtensionForm(request.POST or None, standing=standing, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            extending.ask_extension(action=action, **form.cleaned_data, by=request.user, now=now)
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "You asked for a later date. Until then the old one stands.")
            return redirect(action.recommendation)
    context = {"form": form, "action": action, "why_not": why_not_now(standing, today=today)}
    return render(request, "recommendations/extension_ask.html", context)


@for_organisation()
@require_POST
def extension_withdraw(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to whoever asked, the lead and the sponsor."""
    extension = find_extension(request, pk)
    try:
        extending.withdraw_extension(extension=extension, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "You no longer ask for a later date.")
    return redirect(extension.action.recommendation)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def action_not_yet(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to the lead of this action and to the executive sponsor."""
    action, now = find_action(request, recommendation, pk), timezone.now()
    if not extending.is_asker(request.user, action, action.recommendation):
        raise PermissionDenied
    form, today = NotYetForm(request.POST or None), timezone.localdate(now)
    if request.method == "POST" and form.is_valid():
        try:
            not_yet.say_not_yet(action=action, **form.cleaned_data, by=request.user, now=now)
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your reason is saved. Reminders wait.")
            return redirect(action.recommendation)
    why_not = why_not_yet(late_facts(action, today=today), today=today)
    context = {"form": form, "action": action, "until": until_of(today), "why_not": why_not}
    return render(request, "recommendations/action_not_yet.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def action_object(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to whoever was asked to lead this action."""
    action = find_action(request, recommendation, pk)
    asked = objecting.asked_of(action, request.user)
    if not asked.is_lead:
        raise PermissionDenied
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            objecting.object_to_action(
                action=action, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your no is on its way to whoever answers for this.")
            return redirect(action.recommendation)
    context = {"form": form, "action": action, "why_not": why_not_object(asked)}
    return render(request, "recommendations/action_object.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def objection_settle(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to the sponsor and the coordinators; to the chairs while nobody sponsors it."""
    objection = find_objection(request, pk)
    action = objection.action
    if not objecting.may_settle(objection, action.recommendation, request.user):
        raise PermissionDenied
    form = AnswerForm(request.POST or None, objection=objection)
    if request.method == "POST" and form.is_valid():
        try:
            objecting.settle_objection(
                objection=objection,
                answer=form.cleaned_data["answer"],
                lead=form.lead,
                is_reassigned=form.is_reassigned,
                by=request.user,
                now=timezone.now(),
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your answer is saved.")
            return redirect(action.recommendation)
    context = {"form": form, "objection": objection, "action": action}
    return render(request, "recommendations/objection_settle.html", context)
