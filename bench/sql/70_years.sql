-- An organisation with a long record, beside the one that is measured: all of it within the two
-- years that the page of figures shows. The first of its events are conferences with line-ups.
INSERT INTO organisations_organisation
  (id, name, slug, nation, silent_after_days, is_worked_example, shows_progress,
   created_at)
VALUES (pg_temp.id('organisation', 0), 'A long record', 'long-record', 'ENG', 90, true,
        false, pg_temp.ago(800));

INSERT INTO organisations_membership (id, organisation_id, user_id, roles, started_at)
VALUES (pg_temp.id('membership', 0), pg_temp.id('organisation', 0), pg_temp.id('user', 1),
        ARRAY['staff', 'organiser', 'coordinator'], pg_temp.ago(790));

INSERT INTO panels_gathering
  (id, organisation_id, kind, title, held_on, organiser, link, created_by_id, created_at,
   counted_at)
SELECT pg_temp.id('year', n), pg_temp.id('organisation', 0),
       CASE WHEN n <= %(conferences)s THEN 'conference'
            ELSE (ARRAY['panel', 'event', 'conference', 'committee', 'board', 'working_group'])
                   [1 + mod(n, 6)] END,
       'One of many, number ' || n, (pg_temp.ago(mod(n * 7, 600)))::date,
       'Organiser ' || mod(n, 900), '', pg_temp.id('user', 1), pg_temp.ago(mod(n * 7, 600) + 10),
       pg_temp.ago(mod(n * 7, 600))
FROM generate_series(1, %(long_record)s) AS n;

-- The counts of those without a line-up. Nobody is on both stages, so the parts add up.
INSERT INTO panels_tally
  (gathering_id, part, counted, measure, version, as_at, yes, no, unknown, basis, definition,
   rules_version, entered_by_id, entered_at)
SELECT pg_temp.id('year', n), COALESCE(part, 'whole'), 'counted', measure, 1,
       (pg_temp.ago(mod(n * 7, 600)))::date, sum(yes), sum(people - yes - unknown), sum(unknown),
       CASE measure WHEN 'women' THEN 'organiser_stated' ELSE 'self_declared' END,
       CASE measure WHEN 'women' THEN 'women' ELSE 'minoritised_self_defined' END,
       '1', pg_temp.id('user', 1), pg_temp.ago(mod(n * 7, 600))
FROM generate_series(%(conferences)s + 1, %(long_record)s) AS n
CROSS JOIN (VALUES ('women', 2), ('minoritised', 5)) AS measures (measure, one_in)
CROSS JOIN LATERAL (
  SELECT 'rest' AS part, 4 + mod(n, 11) AS people
  UNION ALL SELECT 'main_stage', 3 + mod(n, 5) WHERE mod(n, 6) IN (1, 2)
) AS parts
CROSS JOIN LATERAL (
  SELECT (people + mod(n, 4)) / one_in AS yes, CASE WHEN mod(n, 3) = 0 THEN 1 ELSE 0 END AS unknown
) AS said
GROUP BY GROUPING SETS ((n, measure, part), (n, measure))
HAVING part IS NULL OR mod(n, 6) IN (1, 2);
