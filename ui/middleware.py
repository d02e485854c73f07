"""Requests that no page of ours could answer get a page that says so."""

from collections.abc import Callable, Iterable

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    QueryDict,
    UnreadablePostError,
)

from ui import views

GetResponse = Callable[[HttpRequest], HttpResponse]
NUL = "\x00"


class RefuseNulBytes:
    """Postgres cannot store NUL and would answer with an error of ours; it is the sender's.

    Cookies are read too: a quoted cookie may hide one, and the session is looked up by it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if any(NUL in text for text in _sent_text(request)):
            return views.bad_request(request)
        return self.get_response(request)


def _sent_text(request: HttpRequest) -> Iterable[str]:
    yield request.path_info
    yield from request.COOKIES.values()
    yield from _all_text(request.GET)
    try:
        yield from _all_text(request.POST)
        yield from (upload.name or "" for _, files in request.FILES.lists() for upload in files)
    except UnreadablePostError:
        return  # The sender has gone; whoever reads the body next will find out.


def _all_text(query: QueryDict) -> Iterable[str]:
    for name, values in query.lists():
        yield name
        yield from values


class ErrorPages:
    """Django answers a wrong method with an empty body; people deserve a page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = views.wrong_method(request)
            page["Allow"] = response["Allow"]
            return page
        return response
