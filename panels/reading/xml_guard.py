"""XML read as a stream before anything builds a tree of it: what would blow up is refused here."""

from collections.abc import Iterable
from xml.parsers import expat

from panels.reading.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_TAG
from panels.reading.outcome import Unreadable


class Guard:
    """Refuses document types, entities, deep nesting, endless tags and too many elements.

    Subclasses look at elements as they pass: `opened` and `closed`, names without a namespace.
    """

    def __init__(self, what: str, most: int = MAX_ELEMENTS) -> None:
        self.what = what
        self.most = most
        self.depth = self.elements = self.fed = 0
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        parser.EntityDeclHandler = self._refuse_doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self.parser = parser

    def watch(self, pieces: Iterable[bytes]) -> None:
        try:
            for piece in pieces:
                self.parser.Parse(piece, False)
                self.fed += len(piece)
                if self.fed - self.parser.CurrentByteIndex > MAX_TAG:
                    raise Unreadable(f"{self.what} holds a tag without an end.")
            self.parser.Parse(b"", True)
        except expat.ExpatError as problem:
            raise Unreadable(
                f"{self.what} breaks off or is damaged at line {problem.lineno}. Export it again."
            ) from None
        except (LookupError, ValueError):
            raise Unreadable(f"{self.what} is written in characters unknown here.") from None

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        """An element has begun."""

    def closed(self, name: str) -> None:
        """An element has ended."""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.elements += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(f"{self.what} is nested far deeper than a programme is.")
        if self.elements > self.most:
            raise Unreadable(f"{self.what} holds far more entries than a programme has.")
        self.opened(name.rpartition(" ")[2], attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.closed(name.rpartition(" ")[2])

    def _refuse_doctype(self, *_declared: object) -> None:
        raise Unreadable(
            f"{self.what} declares a document type or entities, which may hide anything."
            " Export it again without."
        )


def in_pieces(content: bytes, size: int = 64 * 1024) -> Iterable[bytes]:
    return (content[start : start + size] for start in range(0, len(content), size))
