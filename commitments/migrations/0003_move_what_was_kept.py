"""Words of check-ins get rows of their own, which can be erased; invitations get their steps."""

from django.db import migrations

REMARKS = """
INSERT INTO commitments_checkinremark (line_id, text)
SELECT id, reflection FROM commitments_checkinline WHERE reflection <> '';
"""
ENTRIES = """
UPDATE commitments_invitation AS entry
SET written_by_id = pledge.leader_id, confirmed_at = entry.created_at
FROM commitments_pledge AS pledge WHERE pledge.id = entry.pledge_id;
"""
# In the order of the path, each a microsecond after the one before it: the newest can be told.
STEPS = """
INSERT INTO commitments_step (invitation_id, state, "on", by_id, at, confirmed_at)
SELECT entry.id, taken.state, taken.day, entry.written_by_id,
  entry.created_at + (row_number() OVER path - 1) * interval '1 microsecond', entry.created_at
FROM commitments_invitation AS entry
CROSS JOIN LATERAL (
  SELECT 1 AS place, 'received' AS state, entry.received_on AS day
  UNION ALL
  SELECT 2, 'asked', entry.asked_on WHERE entry.asked_on IS NOT NULL
  UNION ALL
  SELECT 4, 'changed', entry.asked_on WHERE entry.lineup_changed
  UNION ALL
  SELECT CASE entry.state WHEN 'answered' THEN 3 ELSE 5 END, entry.state,
    CASE entry.state
      WHEN 'took_part' THEN
        GREATEST(COALESCE(entry.asked_on, entry.received_on), entry.held_on)
      ELSE COALESCE(entry.asked_on, entry.received_on)
    END
  WHERE entry.state NOT IN ('received', 'asked', 'changed')
) AS taken
WINDOW path AS (PARTITION BY entry.id ORDER BY taken.day, taken.place)
ORDER BY entry.created_at, entry.id, taken.day, taken.place;
"""
CONFIRMED = """
UPDATE commitments_pledge SET confirmation = 'coordinator' WHERE confirmed_at IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0002_pledges_that_can_be_trusted")]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (REMARKS, ENTRIES, STEPS, CONFIRMED)
    ]
