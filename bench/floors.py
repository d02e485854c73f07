"""What a page costs at least: views with nothing of ours in them but the middleware."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.models import Pledge
from organisations.access import OrganisationRequest, for_organisation, public, signed_in

CONSTANT = "A page costs at least this."


@public
def public_constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(CONSTANT)


@signed_in
def signed_in_constant(request: HttpRequest) -> HttpResponse:
    """Touches the person, as every page of a signed-in reader does."""
    return HttpResponse(f"{CONSTANT} {request.user.pk}")


@public
def public_table(request: HttpRequest, rows: int) -> HttpResponse:
    return table(request, rows)


@signed_in
def signed_in_table(request: HttpRequest, rows: int) -> HttpResponse:
    return table(request, rows)


@for_organisation()
def framed_table(request: OrganisationRequest, rows: int) -> HttpResponse:
    """No floor: the same table within everything that stands around a page of ours."""
    return table(request, rows, template="bench/framed_table.html")


def table(request: HttpRequest, rows: int, template: str = "bench/table.html") -> HttpResponse:
    """One query, and a plain table of it through a template."""
    found = Pledge.objects.order_by("pk").values(
        "leader_name", "role_title", "organisation_name", "published_at", "slug"
    )[:rows]
    return render(request, template, {"rows": found})
