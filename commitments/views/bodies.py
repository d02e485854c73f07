"""Membership bodies: whom they ask, what they see, and who lets them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.actions import bodies as actions
from commitments.forms.bodies import BodyAskForm, ConsentForm
from commitments.links import BODY_LASTS
from commitments.models import BodyLink
from commitments.queries import bodies as queries
from commitments.queries.strangers import stop_path
from commitments.views.by_token import BODY, gone
from organisations.access import OrganisationRequest, SignedInRequest, by_token, for_organisation
from organisations.enums import Role
from organisations.sign_in import ways_in
from ui.paging import page_of


@for_organisation(Role.COORDINATOR)
@require_safe
def body_members(request: OrganisationRequest) -> HttpResponse:
    links = queries.links_of(request.organisation)
    page = page_of(links, request.GET.get("page"))
    now = timezone.now()
    rows = [queries.member_row(link, now=now) for link in page]
    return render(request, "commitments/body_members.html", {"page": page, "rows": rows})


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def body_ask(request: OrganisationRequest) -> HttpResponse:
    form = BodyAskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = actions.ask_member(
                body=request.organisation,
                **form.cleaned_data,
                by=request.user,
                now=timezone.now(),
            )
        except actions.LinkRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, f"An email is on its way to {link.email}.")
            return redirect("body_members", organisation=request.organisation.slug)
    context = {"form": form, "days": BODY_LASTS.days}
    return render(request, "commitments/body_ask.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def body_end(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    link = get_object_or_404(request.organisation.member_links, pk=pk)
    end(request, link)
    messages.success(request, f"Ended. You no longer see anything of {link.member_name} here.")
    return redirect("body_members", organisation=request.organisation.slug)


@for_organisation(Role.COORDINATOR)
@require_safe
def bodies(request: OrganisationRequest) -> HttpResponse:
    links = queries.bodies_of(request.organisation)
    page = page_of(links, request.GET.get("page"))
    return render(request, "commitments/bodies.html", {"page": page})


@for_organisation(Role.COORDINATOR)
@require_POST
def bodies_end(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    link = get_object_or_404(queries.bodies_of(request.organisation), pk=pk)
    end(request, link)
    messages.success(request, f"Ended. {link.body.name} no longer sees anything of you here.")
    return redirect("bodies", organisation=request.organisation.slug)


def end(request: OrganisationRequest, link: BodyLink) -> None:
    actions.end_link(
        link=link, organisation=request.organisation, by=request.user, now=timezone.now()
    )


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def body_consent(request: SignedInRequest, token: str) -> HttpResponse:
    """Says what will be seen and by whom; only a coordinator who is signed in can agree."""
    link = queries.link_at(token)
    if link is None:
        return gone(request, BODY, known=False)
    if link.consented_at and link.ended_at is None and answers_for(request, link):
        return redirect("bodies", organisation=link.member.slug)  # type: ignore[union-attr]
    if queries.state_of(link, now=timezone.now()) != queries.LinkState.WAITING:
        return gone(request, BODY, known=True)
    if not request.user.is_authenticated:
        return question(request, link, form=None)
    choices = queries.organisations_to_answer_for(request.user, body=link.body)
    form = ConsentForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid() and agreed(request, link, form):
        messages.success(request, f"{link.body.name} sees it now. You can end it here.")
        return redirect("bodies", organisation=form.cleaned_data["member"].slug)
    return question(request, link, form=form if choices else None)


def agreed(request: SignedInRequest, link: BodyLink, form: ConsentForm) -> bool:
    try:
        actions.consent(link=link, **form.cleaned_data, by=request.user, now=timezone.now())
    except actions.LinkRefused as refusal:
        form.add_error("member", str(refusal))
        return False
    return True


def answers_for(request: SignedInRequest, link: BodyLink) -> bool:
    """A second click finds what the first one did."""
    if not request.user.is_authenticated:
        return False
    own = queries.organisations_to_answer_for(request.user, body=link.body)
    return link.member in own


def question(request: SignedInRequest, link: BodyLink, *, form: ConsentForm | None) -> HttpResponse:
    context = {
        "link": link,
        "stop": stop_path(link.pk),
        "form": form,
        **ways_in(request),
    }
    return render(request, "commitments/body_consent.html", context)
