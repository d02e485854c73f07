"""Tables that only grow: the triggers that make Postgres refuse anything else.

A trigger stops accidents; the product's role also lacks the privileges (`history.grants`).
"""

from collections.abc import Iterable

import pgtrigger

REFUSED = "RAISE EXCEPTION 'append-only: nothing of % may change', TG_TABLE_NAME;"


def append_only_triggers(
    erasable: Iterable[str] = (), *, provided: str = ""
) -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE (which needs a statement trigger of its own).

    `erasable` columns hold words: each may become empty, once and for all, while every other
    column stays as it was. The model names them in `erasable_fields` too, for the privileges.
    `provided`: where empty is not what they become, SQL that says of OLD and NEW what they may.
    """
    words = sorted(erasable)
    return [
        _only_words_go(words, provided)
        if words
        else pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'append-only: truncate refused';",
        ),
    ]


def _only_words_go(words: list[str], provided: str) -> pgtrigger.Trigger:
    listed = ", ".join(f"'{word}'" for word in words)
    emptied = " AND ".join(f"NEW.{word} IN ('', OLD.{word})" for word in words)
    allowed = f"({provided})" if provided else emptied
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' AND {allowed}
                AND to_jsonb(NEW) - ARRAY[{listed}] = to_jsonb(OLD) - ARRAY[{listed}]
            THEN
                RETURN NEW;
            END IF;
            {REFUSED}
        """,
    )


class AppendOnly:
    """Marks a model whose table the product may read and add to, nothing else.

    `erasable_fields`: columns of words that it may also blank, or shorten.
    """

    is_append_only = True
    erasable_fields: tuple[str, ...] = ()
