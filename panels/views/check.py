"""The public check, and how figures are counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import public
from panels import audit, methods, planner, result_text, results
from panels.enums import Audience
from panels.forms.check import CheckForm, SeatsForm
from panels.thresholds import Thresholds


@public
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Nothing is stored, so there is nothing to forge: no token, and with it no cookie."""
    is_typed = request.method == "POST"
    # The empty form is drawn once for everybody, so it is rarely made.
    form: Any = CheckForm(request.POST) if is_typed else SimpleLazyObject(CheckForm)
    context: dict[str, Any] = {
        "form": form,
        "is_typed": is_typed,
        "is_preview": is_typed and "HX-Request" in request.headers,
        "rules": methods.rules_of_check(),
        "thresholds": Thresholds(),
        "result": None,
        "seats": SimpleLazyObject(_usual_seats),
    }
    if is_typed and form.is_valid():
        context |= _found(
            form.cleaned_data["line_up"], request.build_absolute_uri(reverse("check"))
        )
    is_preview = is_typed and "HX-Request" in request.headers
    return render(
        request, "panels/_check_preview.html" if is_preview else "panels/check.html", context
    )


def _found(line_up: audit.LineUp, where: str) -> dict[str, Any]:
    judged = audit.audit_line_up(line_up, Thresholds())
    result = results.show(
        judged, audience=Audience.PUBLIC, typed_it=True, source="What was typed here"
    )
    return {
        "result": result,
        "lines": result_text.in_short(result),
        "as_text": result_text.as_text(result, where=where),
    }


def _usual_seats() -> dict[str, Any]:
    form = SeatsForm(initial={"seats": planner.USUAL_SEATS})
    return {"form": form, "plan": form.plan(Thresholds())}


@public
@csrf_exempt
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check_seats(request: HttpRequest) -> HttpResponse:
    """While nobody is named yet. Numbers go by POST here too, so that no log holds any."""
    initial = {"seats": planner.USUAL_SEATS}
    form = SeatsForm(request.POST if request.method == "POST" else None, initial=initial)
    context = {"form": form, "plan": form.plan(Thresholds())}
    return render(request, "panels/check_seats.html", context)


@public
@require_safe
def counting(request: HttpRequest) -> HttpResponse:
    return render(request, "panels/counting.html", {"page": methods.counting_page()})
