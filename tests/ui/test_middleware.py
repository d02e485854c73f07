import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, UnreadablePostError
from django.test import Client, RequestFactory
from django.utils.http import urlencode

from ui.middleware import ErrorPages, RefuseNulBytes

TITLE = "<h1>We could not read that request</h1>"


@pytest.mark.parametrize("path", ["/a%00b/", "/about/privacy/?q=a%00", "/about/privacy/?a%00=q"])
def test_nul_in_an_address_is_a_bad_request(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    assert TITLE in response.content.decode()


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("through")


@pytest.mark.parametrize(
    ("data", "multipart"),
    [
        ({"name": "a\x00b"}, False),
        ({"na\x00me": "a"}, False),
        ({"name": ["fine", "a\x00"]}, False),
        ({"name": "a\x00b"}, True),
    ],
)
def test_nul_in_a_form_is_a_bad_request(data: dict[str, str], multipart: bool) -> None:
    factory = RequestFactory()
    if multipart:
        request = factory.post("/", data)
    else:
        form = "application/x-www-form-urlencoded"
        request = factory.post("/", urlencode(data, doseq=True), content_type=form)
    assert RefuseNulBytes(answer)(request).status_code == 400


def test_nul_in_the_name_of_a_file_is_a_bad_request() -> None:
    request = RequestFactory().post("/")
    request.FILES.setlist("file", [SimpleUploadedFile("fine", b"\x00")])
    assert RefuseNulBytes(answer)(request).content == b"through"
    request.FILES.getlist("file")[0]._name = "a\x00.png"  # type: ignore[attr-defined]
    assert RefuseNulBytes(answer)(request).status_code == 400


def test_nul_hidden_in_a_quoted_cookie_is_a_bad_request(client: Client) -> None:
    """It would reach the query for the session."""
    response = client.get("/about/privacy/", headers={"cookie": r'sessionid="\000aaaaaaaaaaaa"'})
    assert response.status_code == 400


def test_ordinary_requests_pass() -> None:
    request = RequestFactory().post("/?q=é", {"name": "Ọlátúnjí 🙂", "rtl": "فاطمة"})
    assert RefuseNulBytes(answer)(request).content == b"through"


def test_a_sender_who_has_gone_is_left_to_whoever_reads_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(request: HttpRequest) -> None:
        raise UnreadablePostError

    request = RequestFactory().post("/", {"a": "b"})
    monkeypatch.setattr(type(request), "POST", property(gone))
    assert RefuseNulBytes(answer)(request).content == b"through"


def test_a_body_beyond_the_limit_is_a_bad_request(client: Client) -> None:
    client.raise_request_exception = False
    form = "application/x-www-form-urlencoded"
    response = client.post("/about/privacy/", "text=" + "x" * 3_000_000, content_type=form)
    assert response.status_code == 400
    assert TITLE in response.content.decode()


def test_a_wrong_method_gets_a_page(client: Client) -> None:
    response = client.post("/about/privacy/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "<h1>This page does not work that way</h1>" in response.content.decode()


def test_a_refusal_with_words_of_its_own_is_kept() -> None:
    kept = HttpResponseNotAllowed(["GET"], "own words")
    assert ErrorPages(lambda request: kept)(RequestFactory().get("/")) is kept
