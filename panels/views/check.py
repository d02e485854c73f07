"""The public check, and how figures are counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from organisations.access import public
from panels import audit, methods, results
from panels.enums import Audience
from panels.forms.counting import CheckForm
from panels.thresholds import Thresholds


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
