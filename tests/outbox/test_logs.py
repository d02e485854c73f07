import logging

import pytest
import structlog

from config import logs

SECRETS = [
    ("GET /r/9aF-_x/", "GET /r/[secret]/"),
    ("GET /p/9aF-_x/ 200", "GET /p/[secret]/ 200"),
    ("POST /join/abc_DEF-1/ 200", "POST /join/[secret]/ 200"),
    (
        "https://att.example/unsubscribe/WyJ:1a:Zz-_9/?x=1",
        "https://att.example/unsubscribe/[secret]/",
    ),
    ("GET /accounts/signup/?next=%2Fjoin%2Fabc_DEF-1%2F 200", "GET /accounts/signup/ 200"),
    ("next=%2Fjoin%2Fabc_DEF-1%2F&x=1", "next=%2Fjoin%2F[secret]%2F&x=1"),
    ("next=%2funsubscribe%2fWyJ%3A1a%3AZz", "next=%2funsubscribe%2f[secret]"),
    ("next=%252FJOIN%252Fabc", "next=%252FJOIN%252F[secret]"),
    ("{'next': '/join/abc'}", "{'next': '/join/[secret]'}"),
    ("GET /o/harbour-minds/mail/?q=Bea+Brown HTTP/1.1", "GET /o/harbour-minds/mail/ HTTP/1.1"),
    ("to ọlá.bea+one@harbour.example.", "to [address]."),
    ("login?email=bea%40harbour.example", "login?email=[address]"),
    ("GET /o/harbour-minds/people/", "GET /o/harbour-minds/people/"),
    ("GET /pledges/r/", "GET /pledges/r/"),
]


@pytest.mark.parametrize(("said", "kept"), SECRETS)
def test_secrets_and_addresses_are_redacted(said: str, kept: str) -> None:
    assert logs.redact(said) == kept


@pytest.mark.parametrize("format", ["json", "console"])
def test_every_line_passes_the_redaction(
    format: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOG_FORMAT", format)
    monkeypatch.setattr(logs, "_render", logs.line_format())
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processor=logs.renderer, foreign_pre_chain=logs.foreign_pre_chain
        )
    )
    ours, theirs = structlog.get_logger("ours"), logging.getLogger("ours")
    theirs.addHandler(handler)
    try:
        ours.warning("refused", to="bea@harbour.example", ip="10.0.0.1", user_agent="Mail/1")
        try:
            raise ValueError("bea@harbour.example at /join/abc/")
        except ValueError:
            theirs.exception("failed for %s", "bea@harbour.example")
    finally:
        theirs.removeHandler(handler)
    written = capsys.readouterr().err
    assert written.count("[address]") == 4
    assert "/join/[secret]/" in written
    for secret in ("bea@", "abc", "10.0.0.1", "Mail/1"):
        assert secret not in written
