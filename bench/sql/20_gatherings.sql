INSERT INTO panels_gathering
  (id, organisation_id, kind, title, held_on, organiser, link, created_by_id, created_at,
   counted_at)
SELECT pg_temp.id('gathering', n), pg_temp.id('organisation', home),
       (ARRAY['panel', 'event', 'conference', 'committee', 'board', 'working_group'])
         [1 + mod(n, 6)],
       'Gathering number ' || n || ' of the year', (pg_temp.ago(mod(n * 7, 540)))::date,
       'Organiser ' || mod(n, 900), '', pg_temp.id('user', typed_by),
       pg_temp.ago(mod(n * 7, 540) + 10),
       CASE WHEN mod(n, 10) > 0 THEN pg_temp.ago(mod(n * 7, 540)) END
FROM (
  SELECT n, pg_temp.home(n, %(first_gatherings)s, %(organisations)s) AS home,
         1 + mod(n * 3, %(first_people)s) AS typed_by
  FROM generate_series(1, %(gatherings)s) AS n
) AS numbered;

-- The whole line-up of every gathering counted, the two parts of events and conferences, and for
-- each tenth a correction. Women are stated; three in four say what people declared of themselves.
INSERT INTO panels_tally
  (gathering_id, part, counted, measure, version, as_at, yes, no, unknown, basis, definition,
   rules_version, entered_by_id, entered_at)
SELECT pg_temp.id('gathering', n), part, 'counted', measure, version,
       (pg_temp.ago(mod(n * 7, 540)))::date,
       CASE WHEN knows THEN yes ELSE 0 END,
       CASE WHEN knows THEN people - yes ELSE 0 END,
       CASE WHEN knows THEN 0 ELSE people END,
       CASE WHEN NOT knows THEN 'not_known' WHEN measure = 'women' THEN 'organiser_stated'
            ELSE 'self_declared' END,
       CASE measure WHEN 'women' THEN 'women' ELSE 'minoritised_self_defined' END,
       '1', pg_temp.id('user', 1 + mod(n * 3, %(first_people)s)), pg_temp.ago(mod(n * 7, 540))
FROM (
  SELECT n, part, measure, version, people,
         CASE measure WHEN 'women' THEN mod(n + people, people + 1)
              ELSE (people + mod(n, 3)) / 5 END AS yes,
         measure = 'women' OR mod(n, 4) > 0 AS knows
  FROM generate_series(1, %(gatherings)s) AS n
  CROSS JOIN (VALUES ('women'), ('minoritised')) AS measures (measure)
  CROSS JOIN LATERAL (
    SELECT 'whole' AS part, 4 + mod(n, 7) AS people
    UNION ALL SELECT 'main_stage', 2 WHERE mod(n, 6) IN (1, 2)
    UNION ALL SELECT 'rest', 2 + mod(n, 7) WHERE mod(n, 6) IN (1, 2)
  ) AS parts
  CROSS JOIN LATERAL generate_series(1, CASE WHEN mod(n, 11) = 0 THEN 2 ELSE 1 END) AS version
  WHERE mod(n, 10) > 0
) AS counts;

INSERT INTO history_entry
  (organisation_id, actor_id, at, verb, subject_type, subject_id, details)
SELECT organisation_id, created_by_id, created_at, 'gathering.created', 'panels.gathering', id,
       '{}'::jsonb
FROM panels_gathering
UNION ALL
SELECT organisation_id, created_by_id, counted_at, 'gathering.count_entered', 'panels.gathering',
       id, '{"version": "1"}'::jsonb
FROM panels_gathering WHERE counted_at IS NOT NULL;
