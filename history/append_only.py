"""Tables that only grow: the triggers that make Postgres refuse anything else.

A trigger stops accidents; the product's role also lacks the privileges (`history.grants`).
"""

import pgtrigger


def append_only_triggers() -> list[pgtrigger.Trigger]:
    """Refuse UPDATE, DELETE and TRUNCATE (which needs a statement trigger of its own)."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'append-only: truncate refused';",
        ),
    ]


class AppendOnly:
    """Marks a model whose table the product may read and add to, nothing else."""

    is_append_only = True
