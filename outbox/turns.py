"""Whose mail goes next: organisations take turns, each with its oldest first.

They stand in a ring, in the order of their ids, and mail without an organisation is one of them.
Each batch begins at another place of the ring and takes one email of every organisation before it
takes a second of any, so that what one has owed for long holds up nobody else.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection

from outbox.enums import Kind, State
from outbox.models import Email

# A lease ends after its email was due, so that the time it was due bounds both.
FREE = """
    {row}.state IN (%(queued)s, %(leased)s) AND {row}.kind <> %(sign_in)s
    AND {row}.due_at <= %(now)s AND ({row}.state = %(queued)s OR {row}.lease_until < %(now)s)
"""
# The first part leaps from one organisation to the next in the index `email_waiting_by_turn`: it
# costs as many steps as there are organisations, however much mail each has waiting. Its last step
# finds none and yields NULL, which is also how mail without an organisation stands there.
PICK = f"""
WITH RECURSIVE leap(organisation_id) AS (
    (SELECT mail.organisation_id FROM {{table}} mail
     WHERE {FREE.format(row="mail")} ORDER BY mail.organisation_id LIMIT 1)
    UNION ALL
    SELECT (SELECT mail.organisation_id FROM {{table}} mail
            WHERE mail.organisation_id > leap.organisation_id AND {FREE.format(row="mail")}
            ORDER BY mail.organisation_id LIMIT 1)
    FROM leap WHERE leap.organisation_id IS NOT NULL
), ring AS (
    SELECT organisation_id, row_number() OVER (
        ORDER BY coalesce(organisation_id, %(nobody)s) < %(start)s,
                 coalesce(organisation_id, %(nobody)s)
    ) AS place
    FROM leap WHERE organisation_id IS NOT NULL OR EXISTS (
        SELECT FROM {{table}} mail WHERE mail.organisation_id IS NULL AND {FREE.format(row="mail")}
    )
    ORDER BY place LIMIT %(size)s
), picked AS (
    SELECT own.id, ring.place, row_number() OVER (
        PARTITION BY ring.place ORDER BY own.due_at, own.id
    ) AS turn
    FROM ring CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT mail.id, mail.due_at FROM {{table}} mail
            WHERE mail.organisation_id = ring.organisation_id AND {FREE.format(row="mail")}
            ORDER BY mail.due_at, mail.id LIMIT %(size)s FOR UPDATE SKIP LOCKED
        ) of_one
        UNION ALL
        SELECT * FROM (
            SELECT mail.id, mail.due_at FROM {{table}} mail
            WHERE ring.organisation_id IS NULL AND mail.organisation_id IS NULL
            AND {FREE.format(row="mail")}
            ORDER BY mail.due_at, mail.id LIMIT %(size)s FOR UPDATE SKIP LOCKED
        ) of_none
    ) own
)
SELECT id FROM picked ORDER BY turn, place LIMIT %(size)s
"""  # noqa: S608 - put together from words of ours alone


def lock_by_turns(*, now: datetime, size: int, start: UUID | None = None) -> list[UUID]:
    """The ids of rows nobody else is claiming, locked until the transaction ends, in order.

    start: where in the ring the batch begins; a place by chance unless it is given.
    """
    if size <= 0:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            PICK.format(table=Email._meta.db_table),
            {
                "now": now,
                "size": size,
                "start": start or uuid4(),
                "nobody": UUID(int=0),
                "sign_in": Kind.SIGN_IN,
                "queued": State.QUEUED,
                "leased": State.LEASED,
            },
        )
        return [row[0] for row in cursor.fetchall()]
