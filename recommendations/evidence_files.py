"""What kind of file somebody sent, told by what is in it and never by its name.

Pictures are drawn anew, so that nothing rides along: no place, no camera, no second file behind
the first. Documents stay as they are, once it is sure what they are. Whatever opens a page or
runs something is refused. None of this is a virus scan.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from recommendations.enums import EvidenceKind
from recommendations.evidence_packages import END_OF_DIRECTORY, read_package
from recommendations.evidence_pictures import read_picture
from recommendations.evidence_refusals import DAMAGED, EMPTY, TOO_LARGE, UNKNOWN, Unfit

MAX_BYTES = 5 * 1024 * 1024
ACCEPTED = ".pdf,.docx,.xlsx,.pptx,.odt,.png,.jpg,.jpeg,.webp,.gif,.csv,.txt"
KINDS = "PDF, Word, Excel, PowerPoint, OpenDocument text, a picture, CSV or plain text"

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_PADDING = b"\x00\t\n\f\r "
_SCRIPT_IN_PDF = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|XFA)(?![A-Za-z])")
_MARKUP = re.compile(r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?xml|\?php|%)")
_SEPARATORS = ",;\t"
_SAMPLE = 20


@dataclass(frozen=True)
class ReadFile:
    """As it will be stored. `ending`: of the name that a download carries."""

    content: bytes
    media_type: str
    ending: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Given:
    """One version of evidence as somebody gives it: a file, a link, or neither and so a note."""

    dated: date
    note: str = ""
    url: str = ""
    file: ReadFile | None = None

    @property
    def kind(self) -> EvidenceKind:
        if self.file:
            return EvidenceKind.FILE
        return EvidenceKind.LINK if self.url else EvidenceKind.NOTE

    @property
    def sha256(self) -> str:
        """Of the file's bytes, of the address, or of the note."""
        if self.file:
            return self.file.sha256
        return hashlib.sha256((self.url or self.note).encode()).hexdigest()


ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/csv": "csv",
    "text/plain": "txt",
}
NAMES = {
    "pdf": "PDF", "png": "Picture", "jpg": "Picture", "webp": "Picture", "docx": "Word document",
    "xlsx": "Excel workbook", "pptx": "Presentation", "odt": "Text document", "csv": "CSV table",
    "txt": "Plain text",
}  # fmt: skip


def read_file(content: bytes) -> ReadFile:
    """The file as it may be kept. Raises Unfit with what the person can do about it."""
    if not content:
        raise Unfit(EMPTY)
    if len(content) > MAX_BYTES:
        raise Unfit(TOO_LARGE)
    content, media_type = _read(content)
    if len(content) > MAX_BYTES:
        raise Unfit(TOO_LARGE)
    return ReadFile(content, media_type, ENDINGS[media_type])


def _read(content: bytes) -> tuple[bytes, str]:
    if content.startswith(_PICTURES) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return read_picture(content)
    if content.startswith(b"%PDF-"):
        return _pdf(content), "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return content, read_package(content)
    return content, _text(content)


def _pdf(content: bytes) -> bytes:
    """To its end, no zip file as well, and without what runs by itself as far as that can be
    seen from outside."""
    if not content.rstrip(_PADDING).endswith(b"%%EOF") or END_OF_DIRECTORY in content:
        raise Unfit(DAMAGED)
    if _SCRIPT_IN_PDF.search(content):
        raise Unfit(
            "This PDF holds a script, a form that runs one or another file. Print it to a new PDF."
        )
    return content


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unfit(UNKNOWN) from None
    if any(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text):
        raise Unfit(UNKNOWN)
    if text.lstrip().startswith("<") or _MARKUP.search(text.lower()):
        raise Unfit("This is a web page or a drawing made of code. Save it as a PDF.")
    return "text/csv" if _is_table(text) else "text/plain"


def _is_table(text: str) -> bool:
    """Two lines or more, each with as many separators as the first."""
    lines = [line for line in text.splitlines() if line.strip()][:_SAMPLE]
    return len(lines) > 1 and any(
        lines[0].count(sign) > 0 and len({line.count(sign) for line in lines}) == 1
        for sign in _SEPARATORS
    )
