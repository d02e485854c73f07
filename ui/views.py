"""Pages that belong to no app: the front page, what we say about ourselves, and errors."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from ui.access import development_only, public
from ui.gallery import samples

HERO_MARKS = ["yes"] * 4 + ["no"] * 5 + ["unknown", "short"]
HERO_WORDS = {"yes": "women", "no": "not women", "short": "more needed"}


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/home.html", {"marks": HERO_MARKS, "words": HERO_WORDS})


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/privacy.html", _operator())


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html", _operator())


@public
@require_safe
def operator(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/operator.html", _operator())


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; it asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@development_only
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/gallery.html", samples())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """May be called before sessions and users exist, so its page asks for neither."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_many_tries(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "429.html", status=429)


def wrong_method(request: HttpRequest) -> HttpResponse:
    return render(request, "405.html", status=405)


def server_error(request: HttpRequest) -> HttpResponse:
    """No context, no database: whatever broke may be either of them."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def _operator() -> dict[str, str]:
    return {"operator_email": settings.OPERATOR_EMAIL, "site_url": settings.SITE_URL}
