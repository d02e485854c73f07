"""What the columns of a table probably hold: suggestions for whoever maps them."""

import re
from itertools import islice

from panels.enums import ColumnUse
from panels.reading.outcome import Table
from panels.reading.text import folded
from panels.reading.vocabulary import is_of_people, role_of, use_of

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
_FEWEST_ROLES, _LOOKED_AT = 2, 2_000
_SEVERAL = re.compile(r"[\n;]|\s&\s")


def is_unneeded(column: str) -> bool:
    """What no line-up needs, so that it is not even kept until the columns are mapped."""
    return use_of(column) is None and bool(_UNNEEDED.search(folded(column)))


def suggestions(table: Table) -> dict[str, ColumnUse]:
    """By the headings, and a column of roles by its values whatever it is called.

    An address is only ever read in because somebody chose it.
    """
    found: dict[str, ColumnUse] = {}
    for index, column in enumerate(table.columns):
        use = use_of(column)
        if use == ColumnUse.NAME and _holds_several(table, index):
            use = ColumnUse.NAMES
        if use is not None and use != ColumnUse.EMAIL:
            found[column] = use
    return _with_codes(table, _without_doubles(_with_roles(table, found)))


def _with_roles(table: Table, found: dict[str, ColumnUse]) -> dict[str, ColumnUse]:
    """Of the columns without a use of their own the one that holds most roles."""
    if ColumnUse.ROLE in found.values():
        return found
    roles = {
        column: _roles_in(table, index, has_use=column in found)
        for index, column in enumerate(table.columns)
        if found.get(column) in {None, ColumnUse.MAIN_STAGE_HINT}
    }
    best = max(roles, key=lambda column: roles[column], default="")
    return found | {best: ColumnUse.ROLE} if best and roles[best] else found


def _roles_in(table: Table, index: int, *, has_use: bool) -> int:
    """How many roles its first values hold; 0 unless they are more than half of them.

    “Keynote” and “Panel” are kinds of talks too: without a single word for a person, or where
    the heading means what a talk is with few such words, they are no roles.
    """
    filled = list(islice((row[index] for row in table.rows if row[index]), _LOOKED_AT))
    roles = [value for value in filled if role_of(value)]
    sure = sum(is_of_people(value) for value in roles)
    is_sure = 2 * sure > len(filled) if has_use else sure > 0
    is_most = len(roles) >= _FEWEST_ROLES and 2 * len(roles) > len(filled)
    return len(roles) if is_most and is_sure else 0


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
