"""The printed codes of a round, each with a picture that a telephone reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import segno
from django.utils.safestring import SafeString, mark_safe

from panels.declaring import in_groups
from panels.models import DeclarationToken
from panels.queries.declaring import code_of

BOTH = "Main stage and elsewhere"


@dataclass(frozen=True)
class Slip:
    """`part`: whom to give it to, where main stage and rest are counted apart."""

    code: str
    part: str
    picture: SafeString


def slips_of(tokens: Iterable[DeclarationToken], *, link: Callable[[str], str]) -> list[Slip]:
    """Codes that the installation's key no longer makes are left out."""
    codes = [(token, code_of(token)) for token in tokens]
    return [
        Slip(in_groups(code), _part(token), _picture(link(code))) for token, code in codes if code
    ]


def _part(token: DeclarationToken) -> str:
    if token.is_on_main_stage:
        return BOTH if token.is_on_rest else "Main stage"
    return "Everywhere else" if token.is_on_rest else ""


def _picture(address: str) -> SafeString:
    drawn = segno.make(address, error="m").svg_inline(
        scale=1,
        border=2,
        dark="#000",
        light="#fff",
        omitsize=True,
        svgclass="slip-picture",
        lineclass=None,
    )
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308
