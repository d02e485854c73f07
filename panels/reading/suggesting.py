"""What the columns of a table probably hold: suggestions for whoever maps them."""

import re

from panels.enums import ColumnUse
from panels.reading.outcome import Table
from panels.reading.text import folded
from panels.reading.vocabulary import use_of

TITLES = {ColumnUse.SESSION, ColumnUse.SESSIONS}
MANY = {ColumnUse.NAMES, ColumnUse.CHAIRS, ColumnUse.MODERATORS, ColumnUse.KEYNOTES}
_UNNEEDED = re.compile(
    r"\b(bio|biogra\w*|about|picture|photo|image|avatar|logo|headshot|tag ?line|links?|url"
    r"|web ?site|homepage|blog|linkedin|twitter|facebook|instagram|mastodon|bluesky|github"
    r"|x \(twitter\)|phone|mobile|telephone|telefon|address|adresse|postcode|diet\w*|allerg\w*"
    r"|t-?shirt|notes?|internal notes|notizen|abstract|description|beschreibung|zusammenfassung"
    r"|résumé|descripción|tags?|hash|guid|uuid|profile picture|profilbild|question|answer"
    r"|frage|antwort|owner|owner email|do not record|do_not_record|pending_state|created)\b"
)
_BARE_CODE = {"id", "code", "nr", "no", "number"}
_SEVERAL = re.compile(r"[\n;]|\s&\s")


def is_unneeded(column: str) -> bool:
    """What no line-up needs, so that it is not even kept until the columns are mapped."""
    return use_of(column) is None and bool(_UNNEEDED.search(folded(column)))


def suggestions(table: Table) -> dict[str, ColumnUse]:
    """By the headings; an address is only ever read in because somebody chose it."""
    found: dict[str, ColumnUse] = {}
    for index, column in enumerate(table.columns):
        use = use_of(column)
        if use == ColumnUse.NAME and _holds_several(table, index):
            use = ColumnUse.NAMES
        if use is not None and use != ColumnUse.EMAIL:
            found[column] = use
    return _with_codes(table, _without_doubles(found))


def _holds_several(table: Table, index: int) -> bool:
    return any(_SEVERAL.search(row[index]) for row in table.rows)


def _without_doubles(found: dict[str, ColumnUse]) -> dict[str, ColumnUse]:
    """Several columns of names (“Speaker 1”, “Speaker 2”) are read together; else the first.

    A bare “Name” beside “Speakers” is the name of the talk.
    """
    uses = list(found.values())
    several_names = uses.count(ColumnUse.NAME) > 1 or ColumnUse.NAMES in uses
    kept: dict[str, ColumnUse] = {}
    for column, use in found.items():
        wanted = use
        if several_names and use == ColumnUse.NAME:
            is_talk = folded(column) == "name" and not TITLES & set(uses)
            wanted = ColumnUse.SESSION if is_talk else ColumnUse.NAMES
        if wanted in MANY or wanted not in kept.values():
            kept[column] = wanted
    return kept


def _with_codes(table: Table, found: dict[str, ColumnUse]) -> dict[str, ColumnUse]:
    """“ID” alone is a talk's where rows are talks, a person's where they are people."""
    uses = set(found.values())
    bare = next((column for column in table.columns if folded(column) in _BARE_CODE), None)
    if bare is None:
        return found
    if ColumnUse.SESSION in uses and ColumnUse.SESSION_ID not in uses:
        return found | {bare: ColumnUse.SESSION_ID}
    if uses & {ColumnUse.NAME, ColumnUse.FIRST_NAME} and ColumnUse.PERSON_ID not in uses:
        return found | {bare: ColumnUse.PERSON_ID}
    return found
