"""Reading what the development mail catcher has kept."""

import base64
import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SHOWN = 50
NAME = re.compile(r"[\w-]+\.eml")
NOTHING = "'none'"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True)
class CaughtMail:
    name: str
    to: str
    sender: str
    subject: str
    date: str
    text: str
    html: str


def caught(folder: Path) -> list[CaughtMail]:
    """The newest messages first."""
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)
    return [mail for name in names[:SHOWN] if (mail := read(folder, name)) is not None]


def read(folder: Path, name: str) -> CaughtMail | None:
    path = folder / name
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    return CaughtMail(
        name=name,
        to=str(message["To"] or ""),
        sender=str(message["From"] or ""),
        subject=str(message["Subject"] or ""),
        date=str(message["Date"] or ""),
        text=part(message, "plain"),
        html=part(message, "html"),
    )


def part(message: EmailMessage, kind: str) -> str:
    """With the line ends that a browser reads, so that a digest of it is the browser's."""
    body = message.get_body(preferencelist=(kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


def policy_for(html: str) -> str:
    """A Content-Security-Policy that allows an email its own style sheet and nothing else."""
    digests = (hashlib.sha256(style.encode()).digest() for style in STYLE.findall(html))
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return f"sandbox; default-src 'none'; style-src {' '.join(hashes or [NOTHING])}"
