"""Pages about people and organisations."""

from copy import copy
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations import actions, queries
from organisations.access import (
    OrganisationRequest,
    SignedInRequest,
    by_token,
    development_only,
    for_organisation,
    public,
    signed_in,
)
from organisations.enums import Role
from organisations.erasing import StillNeeded, erase_account
from organisations.forms import (
    DetailsForm,
    EraseForm,
    InviteForm,
    NameForm,
    OrganisationForm,
    RolesForm,
)
from organisations.models import MemberInvite
from organisations.recency import signed_in_lately
from organisations.sign_in import ways_in

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: SignedInRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        organisation = actions.create_organisation(
            **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, f"{organisation.name} is set up. You are its coordinator.")
        return redirect(organisation)
    return render(request, "organisations/organisation_create.html", {"form": form})


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_details(request: OrganisationRequest) -> HttpResponse:
    home = request.organisation
    # The form writes into what it is given, and the page's header must not.
    form = DetailsForm(request.POST or None, instance=copy(home))
    if request.method == "POST" and form.is_valid():
        actions.change_details(
            organisation=home, **form.cleaned_data, by=request.user, now=timezone.now()
        )
        messages.success(request, "Saved.")
        return redirect("people", organisation=home.slug)
    return render(request, "organisations/organisation_details.html", {"form": form})


@for_organisation()
@require_safe
def organisation_home(request: OrganisationRequest) -> HttpResponse:
    return redirect("dashboard", organisation=request.organisation.slug)


@for_organisation()
@require_safe
def people(request: OrganisationRequest) -> HttpResponse:
    """Names and what each may do. Addresses and open invitations are the coordinator's to see."""
    is_coordinator = request.membership.has_role(Role.COORDINATOR)
    page = queries.page_of_members(request.organisation, number=request.GET.get("page"))
    context = {
        "page": page,
        "is_coordinator": is_coordinator,
        "invites": queries.open_invites_of(request.organisation) if is_coordinator else [],
        "history": queries.history_of(request.organisation) if is_coordinator else [],
    }
    return render(request, "organisations/people.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_create(request: OrganisationRequest) -> HttpResponse:
    form = InviteForm(request.POST or None, initial={"roles": [Role.STAFF]})
    if request.method == "POST" and form.is_valid():
        try:
            invite = actions.invite_member(
                organisation=request.organisation,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except actions.MembershipRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"An invitation is on its way to {invite.email}.")
            return redirect("people", organisation=request.organisation.slug)
    return render(request, "organisations/invite_create.html", {"form": form})


@for_organisation(Role.COORDINATOR)
@require_POST
def invite_revoke(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    invite = get_object_or_404(queries.open_invites_of(request.organisation), pk=pk)
    actions.revoke_invite(invite=invite, by=request.user, now=timezone.now())
    messages.success(request, f"The invitation to {invite.email} no longer works.")
    return redirect("people", organisation=request.organisation.slug)


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def invite_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who invites to what; only the button joins: a mail scanner cannot use the link up."""
    invite = queries.open_invite(token=token, now=timezone.now())
    if invite is None:
        return render(request, "organisations/invite_gone.html", status=404)
    if request.method != "POST" or not request.user.is_authenticated:
        return _invitation(request, invite)
    try:
        actions.accept_invite(token=token, by=request.user, now=timezone.now())
    except actions.AddressNotConfirmed:
        return _invitation(request, invite)
    except actions.MembershipRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("me")
    messages.success(request, f"You have joined {invite.organisation.name}.")
    return redirect(invite.organisation)


def _invitation(request: HttpRequest, invite: MemberInvite) -> HttpResponse:
    context = {
        "invite": invite,
        "is_theirs": queries.has_confirmed(request.user, invite.email),
        **ways_in(request),
    }
    return render(request, "organisations/invite_accept.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def member_roles(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    member = get_object_or_404(queries.members_of(request.organisation), pk=pk)
    form = RolesForm(request.POST or None, initial={"roles": member.roles})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_roles(
                membership=member, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.MembershipRefused as refusal:
            form.add_error("roles", str(refusal))
        else:
            messages.success(request, "Saved.")
            return redirect("people", organisation=request.organisation.slug)
    context = {"form": form, "member": member}
    return render(request, "organisations/member_roles.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def member_end(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    member = get_object_or_404(queries.members_of(request.organisation), pk=pk)
    if request.method == "POST":
        try:
            actions.end_membership(membership=member, by=request.user, now=timezone.now())
        except actions.MembershipRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{member.user.shown_name} is no longer a member.")
        return redirect("people", organisation=request.organisation.slug)
    return render(request, "organisations/member_end.html", {"member": member})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def my_name(request: SignedInRequest) -> HttpResponse:
    form = NameForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.rename_person(person=request.user, name=form.cleaned_data["display_name"])
        messages.success(request, "Saved.")
        return redirect("me")
    return render(request, "organisations/my_name.html", {"form": form})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def account_erase(request: SignedInRequest) -> HttpResponse:
    """Only for whoever has just shown that it is they."""
    form, is_fresh = EraseForm(request.POST or None), signed_in_lately(request)
    needed = list(queries.left_without_coordinator(request.user))
    if request.method == "POST" and is_fresh and not needed and form.is_valid():
        try:
            erase_account(person=request.user, now=timezone.now())
        except StillNeeded as refusal:
            needed = refusal.organisations
        else:
            logout(request)
            return redirect("account_erased")
    context = {"form": form, "needed": needed, "is_fresh": is_fresh}
    return render(request, "organisations/account_erase.html", context)


@public
@require_safe
def account_erased(request: HttpRequest) -> HttpResponse:
    return render(request, "organisations/account_erased.html")


@development_only
@require_POST
def demo_sign_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One click signs in as an invented person. Never there outside development."""
    user = get_object_or_404(queries.demo_users(), pk=pk)
    login(request, user, backend=BACKEND)
    return redirect("me")
