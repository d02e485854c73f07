INSERT INTO committees_group
  (id, organisation_id, kind, name, meets_every_months, tolerance_days, has_equality_item,
   contact_address, created_at, revision)
SELECT pg_temp.id('group', n * 100 + k), pg_temp.id('organisation', n),
       (ARRAY['accountability', 'advisory', 'board', 'leadership', 'forum'])[1 + mod(k, 5)],
       'Group ' || k, 3, 14, false, '', pg_temp.ago(500), 1
FROM generate_series(1, %(organisations)s) AS n
CROSS JOIN LATERAL generate_series(1, CASE n WHEN 1 THEN 25 ELSE 3 END) AS k;

ANALYZE organisations_membership, committees_group;

INSERT INTO committees_groupmember (id, group_id, user_id, is_chair, from_date)
SELECT gen_random_uuid(), id, user_id, number = 1, (pg_temp.ago(400))::date
FROM committees_group
CROSS JOIN LATERAL (
  SELECT user_id, row_number() OVER () AS number FROM (
    SELECT user_id FROM organisations_membership
    WHERE organisation_id = committees_group.organisation_id LIMIT 6
  ) AS few
) AS seats;

INSERT INTO committees_meeting (id, group_id, date, state, note, place, kind, topic, changed, revision)
SELECT gen_random_uuid(), id, (pg_temp.ago(450 - 90 * k))::date,
       CASE WHEN k = 3 THEN 'planned' WHEN k < 5 THEN 'held' ELSE 'planned' END, '', '', 'meeting', '', '', 1
FROM committees_group
CROSS JOIN generate_series(1, 6) AS k;
