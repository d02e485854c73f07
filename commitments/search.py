"""Finding people by the beginnings of the words in their names, with or without accents.

Only what core Postgres has.
"""

import re
import unicodedata

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func

ACCENTS = re.compile("[\u0300-\u036f]")


class FoldedWords(Func):
    """The words of several columns in lower case and without accents: 'Ọlá' is found by 'ola'."""

    template = (
        "to_tsvector('simple'::regconfig, regexp_replace("
        "normalize(%(expressions)s, NFKD), '[\\u0300-\\u036f]', '', 'g'))"
    )
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()


def beginnings(text: str) -> SearchQuery | None:
    """Every word of `text` must begin a word; None when it holds no words."""
    folded = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    words = [word.replace("\\", "").replace("'", "''") for word in folded.split()]
    query = " & ".join(f"'{word}':*" for word in words if word)
    return SearchQuery(query, search_type="raw", config="simple") if query else None
