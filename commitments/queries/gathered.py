"""Everything the record of one pledge is computed from, in one query."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from commitments.enums import PledgeState
from commitments.figures import Figure, of_pledges
from commitments.models import Pledge
from commitments.queries.check_ins import REPORTS
from commitments.queries.public import made_on
from commitments.record import evidence_words, last_evidence
from commitments.states import NO_EVIDENCE
from panels.thresholds import Threshold, Thresholds

Row = Mapping[str, Any]

# Written out: every public page of a pledge asks this, and composing it from query sets takes
# ten times as long as Postgres takes to answer it.
GATHER = """
SELECT
  (SELECT jsonb_agg(
     jsonb_build_object(
       'id', entry.id, 'kind', entry.kind, 'state', entry.state, 'title', entry.title,
       'organiser', entry.organiser, 'received_on', entry.received_on, 'held_on', entry.held_on,
       'confirmed', entry.confirmed_at IS NOT NULL,
       'gathering', entry.gathering_id, 'kind_of_gathering', gathering.kind,
       'counted', entry.gathering_id IS NOT NULL AND EXISTS (
         SELECT FROM panels_tally AS tally WHERE tally.gathering_id = entry.gathering_id
       ),
       'answered', EXISTS (
         SELECT FROM commitments_askletter AS letter
         JOIN commitments_reply AS reply ON reply.letter_id = letter.id
         JOIN commitments_replytally AS said ON said.reply_id = reply.id
         WHERE letter.invitation_id = entry.id
       ),
       'wrote', CASE WHEN writer.id <> pledge.leader_id THEN writer.display_name END,
       'by_mail', COALESCE((
         SELECT reply.came_by_mail
         FROM commitments_askletter AS letter
         JOIN commitments_reply AS reply ON reply.letter_id = letter.id
         WHERE letter.invitation_id = entry.id ORDER BY reply.at DESC, reply.version DESC LIMIT 1
       ), FALSE),
       'reflected', reflection.written_at, 'published', reflection.published_at,
       'steps', (
         SELECT jsonb_agg(
           jsonb_build_object(
             'state', step.state, 'on', step."on", 'number', step.number,
             'by_organiser', step.by_id IS NULL, 'confirmed', step.confirmed_at IS NOT NULL
           ) ORDER BY step."on", step.id
         ) FROM commitments_step AS step WHERE step.invitation_id = entry.id
       )
     ) ORDER BY entry.received_on DESC, entry.created_at DESC
   )
   FROM commitments_invitation AS entry
   LEFT JOIN panels_gathering AS gathering ON gathering.id = entry.gathering_id
   LEFT JOIN commitments_reflection AS reflection ON reflection.invitation_id = entry.id
   LEFT JOIN organisations_user AS writer ON writer.id = entry.written_by_id
   WHERE entry.pledge_id = pledge.id AND entry.received_on BETWEEN %(first)s AND %(last)s
     AND (entry.confirmed_at IS NOT NULL OR NOT %(confirmed_only)s)) AS entries,
  (SELECT max(step."on")
   FROM commitments_invitation AS entry
   JOIN commitments_step AS step ON step.invitation_id = entry.id
   WHERE entry.pledge_id = pledge.id AND step."on" BETWEEN %(made_on)s AND %(today)s
     AND entry.confirmed_at IS NOT NULL AND step.confirmed_at IS NOT NULL
     AND NOT step.state = ANY(%(no_evidence)s)) AS done,
  (SELECT max(check_in.checked_in_at)
   FROM commitments_checkin AS check_in
   JOIN commitments_checkinline AS line ON line.check_in_id = check_in.id
   WHERE check_in.pledge_id = pledge.id AND line.kept = ANY(%(reports)s)
     AND NOT EXISTS (
       SELECT FROM commitments_checkinline AS later
       WHERE later.check_in_id = line.check_in_id AND later.promise_id = line.promise_id
         AND later.version > line.version
     )) AS spoke,
  (SELECT max(reflection.published_at)
   FROM commitments_invitation AS entry
   JOIN commitments_reflection AS reflection ON reflection.invitation_id = entry.id
   WHERE entry.pledge_id = pledge.id) AS told,
  (SELECT count(DISTINCT follower.leader_id)
   FROM commitments_pledge AS follower
   WHERE follower.asked_by_id = pledge.id AND follower.says_who_asked
     AND follower.leader_id <> pledge.leader_id
     AND follower.state = %(published)s) AS followers,
  (SELECT ARRAY[
     wording.women_numerator, wording.women_denominator,
     wording.minoritised_numerator, wording.minoritised_denominator]
   FROM commitments_signing AS signing
   JOIN commitments_wording AS wording ON wording.id = signing.wording_id
   WHERE signing.pledge_id = pledge.id AND signing.signed_at IS NOT NULL
   ORDER BY signing.number DESC LIMIT 1) AS thresholds
FROM commitments_pledge AS pledge
WHERE pledge.id = %(pledge)s
"""


@dataclass(frozen=True)
class Gathered:
    """Entries of the ledger as JSON, newest first, each with its `steps`; `followed` is None
    where the leader does not let it be counted."""

    rows: Sequence[Row]
    evidence: str
    followed: Figure | None
    thresholds: Thresholds


def gather(
    pledge: Pledge, *, first: date, last: date, today: date, confirmed_only: bool
) -> Gathered:
    """Of entries received from `first` to `last`. `confirmed_only` leaves out whole entries;
    steps say of themselves whether they are."""
    asked: dict[str, Any] = {
        "pledge": pledge.pk, "first": first, "last": last, "today": today,
        "made_on": made_on(pledge), "confirmed_only": confirmed_only,
        "no_evidence": sorted(NO_EVIDENCE), "reports": REPORTS, "published": PledgeState.PUBLISHED,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(GATHER, asked)
        entries, done, spoke, told, followers, thresholds = cursor.fetchone()
    newest = last_evidence((done, _day(spoke), _day(told)), today=today)
    return Gathered(
        rows=json.loads(entries) if entries else [],
        evidence=evidence_words(last=newest, made_on=made_on(pledge), today=today),
        followed=of_pledges(followers) if pledge.counts_who_followed else None,
        thresholds=Thresholds(Threshold(*thresholds[:2]), Threshold(*thresholds[2:])),
    )


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None
