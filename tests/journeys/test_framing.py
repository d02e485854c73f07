"""A pledge within somebody else's page, and every other page of ours kept out of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import expect

from tests.factories.commitments import PledgeFactory
from tests.journeys.visitor import Visitor


@contextmanager
def somebody_elses_site(page: str) -> Iterator[str]:
    """A site with one page; gives its address."""

    class OnePage(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *args: object) -> None:
            """Nothing is to be said of it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), OnePage) as site:
        Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}/"
        site.shutdown()


def test_a_pledge_in_somebody_elses_page(visitor: Visitor, transactional_db: None) -> None:
    PledgeFactory(leader_name="Alice Adeyemi", slug="alice-adeyemi")
    visitor.opens("/pledges/alice-adeyemi/")
    visitor.unfolds("Publish this text elsewhere")
    snippet = visitor.main.get_by_label("A small version for a page of yours").input_value()
    whole = snippet.replace("/embed/", "/")
    with somebody_elses_site(snippet + whole) as address:
        with visitor.page.expect_console_message(lambda said: "frame-ancestors" in said.text):
            visitor.goes_to(address)
        small = visitor.page.frame_locator("iframe >> nth=0")
        expect(small.get_by_role("heading", level=1)).to_have_text("Alice Adeyemi")
        [refused] = visitor.complaints
        assert "frame-ancestors 'none'" in refused
        visitor.complaints.clear()
        with visitor.page.expect_navigation(url="**/pledges/alice-adeyemi/"):
            small.get_by_role("link", name="Read the whole pledge").click()
    visitor.is_at("Alice Adeyemi")
    assert visitor.context.cookies() == []
