"""An answer that caches may keep, and that is made again only when what it shows has changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control


def kept(
    request: HttpRequest,
    digest: str,
    content_type: str,
    make: Callable[[], bytes],
    *,
    max_age: int,
) -> HttpResponse:
    """`digest` is of all that `make` shows; `max_age` is in seconds."""
    etag = f'"{digest}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(make(), content_type=content_type)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=max_age)
    return response
