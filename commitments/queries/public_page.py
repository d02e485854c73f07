"""What stands around the text of a public pledge: who followed, reflections, where else it is."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import connection
from django.db.models import QuerySet

from commitments.enums import Ending, PledgeState
from commitments.models import Pledge, Reflection
from commitments.models.pledge import NAMELESS
from commitments.queries.gathered import gather
from commitments.queries.record import record_of
from commitments.queries.reflections import Published, parts_of
from commitments.record import Year
from commitments.reflecting import PUBLISHED_SHOWN

FOLLOWERS_NAMED = 12

# Written out: composing it from query sets takes ten times as long as Postgres takes to answer.
# Followers count with both people's consent: who followed says so, and who asked lets it show.
# One person counts once, and nobody follows themselves.
# Of the ledger nothing is read but the event of a reflection that its leader has published.
AROUND = """
SELECT
  (SELECT jsonb_agg(jsonb_build_array(
     newest.title, newest.held_on, newest.what_happened, newest.what_we_asked, newest.why,
     newest.will_try) ORDER BY newest.published_at DESC, newest.id DESC)
   FROM (
     SELECT entry.title, entry.held_on, reflection.*
     FROM commitments_invitation AS entry
     JOIN commitments_reflection AS reflection ON reflection.invitation_id = entry.id
     WHERE entry.pledge_id = pledge.id AND reflection.published_at IS NOT NULL
       AND pledge.erased_at IS NULL
     ORDER BY reflection.published_at DESC, reflection.id DESC LIMIT %(reflections)s
   ) AS newest),
  (SELECT jsonb_build_array(count(DISTINCT follower.leader_id)) FROM commitments_pledge AS follower
   WHERE follower.asked_by_id = pledge.id AND follower.says_who_asked
     AND follower.leader_id <> pledge.leader_id
     AND follower.state = %(published)s AND pledge.counts_who_followed),
  (SELECT jsonb_agg(jsonb_build_array(newest.leader_name, newest.slug)
     ORDER BY newest.published_at DESC, newest.id DESC)
   FROM (
     SELECT * FROM (
       SELECT DISTINCT ON (follower.leader_id) follower.*
       FROM commitments_pledge AS follower
       WHERE follower.asked_by_id = pledge.id AND follower.says_who_asked AND follower.is_listed
         AND follower.leader_id <> pledge.leader_id
         AND follower.state = %(published)s AND pledge.counts_who_followed
       ORDER BY follower.leader_id, follower.published_at DESC, follower.id DESC
     ) AS person
     ORDER BY person.published_at DESC, person.id DESC LIMIT %(named)s
   ) AS newest),
  (SELECT jsonb_agg(jsonb_build_array(place.id, place.link, place.title, place.published_on)
     ORDER BY place.published_on DESC, place.id DESC)
   FROM commitments_republication AS place WHERE place.pledge_id = pledge.id),
  (SELECT jsonb_build_array(asker.leader_name, asker.slug) FROM commitments_pledge AS asker
   WHERE asker.id = pledge.asked_by_id AND pledge.says_who_asked AND asker.counts_who_followed
     AND asker.is_listed AND asker.leader_id <> pledge.leader_id AND asker.state <> %(draft)s
     AND asker.ending <> ALL(%(nameless)s) AND asker.erased_at IS NULL),
  (SELECT jsonb_build_array(next.leader_name, next.slug, next.is_listed)
   FROM commitments_pledge AS next
   WHERE next.follows_id = pledge.id AND pledge.ending = %(handed_over)s
     AND next.state <> %(draft)s AND next.ending <> ALL(%(nameless)s) AND next.erased_at IS NULL
   ORDER BY next.published_at DESC LIMIT 1)
FROM commitments_pledge AS pledge
WHERE pledge.id = %(pledge)s
"""


@dataclass(frozen=True)
class Named:
    """A pledge that a page leads to."""

    name: str
    slug: str


@dataclass(frozen=True)
class Followers:
    """How many people made a pledge after this leader asked, and say so: each person once.

    `named` are the newest of those on the public list, so it may hold fewer than `count`.
    """

    count: int
    named: tuple[Named, ...]

    @property
    def unnamed(self) -> int:
        return self.count - len(self.named)


@dataclass(frozen=True)
class Place:
    """A page elsewhere that carries the pledge."""

    pk: int
    link: str
    title: str
    published_on: date

    @property
    def host(self) -> str:
        return urlsplit(self.link).hostname or self.link

    @property
    def words(self) -> str:
        return self.title or self.host


@dataclass(frozen=True)
class Around:
    """`made_after` is who asked, `successor` who took a pledge on that was handed over: each
    only while theirs is listed and can be read under a name. `is_taken_on`: also by somebody
    who is not listed."""

    followers: Followers
    made_after: Named | None
    reflections: tuple[Published, ...]
    has_more_reflections: bool
    places: tuple[Place, ...]
    successor: Named | None
    is_taken_on: bool


def around(pledge: Pledge) -> Around:
    """One query, however long the ledger and the chain are."""
    asked: dict[str, Any] = {
        "pledge": pledge.pk, "reflections": PUBLISHED_SHOWN + 1, "named": FOLLOWERS_NAMED,
        "published": PledgeState.PUBLISHED, "draft": PledgeState.DRAFT,
        "handed_over": Ending.HANDED_OVER, "nameless": list(NAMELESS),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(AROUND, asked)
        found = [json.loads(each) if each else [] for each in cursor.fetchone()]
    reflections, [followers], named, places, asker, successor = found
    return Around(
        followers=Followers(followers, tuple(Named(*each) for each in named)),
        made_after=Named(*asker) if asker else None,
        reflections=tuple(_published(*each) for each in reflections[:PUBLISHED_SHOWN]),
        has_more_reflections=len(reflections) > PUBLISHED_SHOWN,
        places=tuple(
            Place(pk, link, title, date.fromisoformat(day)) for pk, link, title, day in places
        ),
        successor=Named(*successor[:2]) if successor and successor[2] else None,
        is_taken_on=bool(successor),
    )


def _published(title: str, held_on: str | None, *words: str) -> Published:
    happened, asked, why, will_try = words
    written = Reflection(what_happened=happened, what_we_asked=asked, why=why, will_try=will_try)
    return Published(title, date.fromisoformat(held_on) if held_on else None, parts_of(written))


def public_record(pledge: Pledge, *, today: date) -> tuple[str, Year | None]:
    """How old the record is, and its figures where the leader publishes them and there are any."""
    if not pledge.shows_record:
        return evidence_of(pledge, today=today), None
    record = record_of(pledge, today=today)
    return record.evidence, None if record.year.is_empty else record.year


def evidence_of(pledge: Pledge, *, today: date) -> str:
    """How old the record is. One query, which reads no entry of it."""
    none = {"first": today, "last": today - timedelta(days=1)}
    return gather(pledge, **none, today=today, confirmed_only=True).evidence


def published_reflections(pledge: Pledge) -> QuerySet[Reflection]:
    """Newest first, each with the event it is about."""
    return (
        Reflection.objects.filter(
            invitation__pledge=pledge,
            invitation__pledge__erased_at=None,
            published_at__isnull=False,
        )
        .select_related("invitation")
        .order_by("-published_at", "-pk")
    )


def as_read(reflections: Iterable[Reflection]) -> list[Published]:
    return [
        Published(row.invitation.title, row.invitation.held_on, parts_of(row))
        for row in reflections
    ]


def places_of(pledge: Pledge) -> list[Place]:
    rows = pledge.republications.order_by("-published_on", "-pk")
    return [Place(*row) for row in rows.values_list("pk", "link", "title", "published_on")]
