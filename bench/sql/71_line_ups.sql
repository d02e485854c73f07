-- A million seats where the sector is a thousand: each conference has 100 sessions of a chair and
-- four more, every fifth session on the main stage, and 300 people who sit in several of them.
-- A seat in fifty is nobody's yet.
INSERT INTO panels_session
  (id, gathering_id, title, stage, room, position, source_key, revision, starts_at, minutes)
SELECT pg_temp.id('session', n * 1000 + k), pg_temp.id('year', n), 'How we share power ' || k,
       CASE mod(k, 5) WHEN 0 THEN 'main' ELSE 'other' END, 'Hall ' || mod(k, 6), k, '', 1,
       pg_temp.ago(mod(n * 7, 600)) + k / 6 * interval '1 hour', 45
FROM generate_series(1, %(conferences)s) AS n
CROSS JOIN generate_series(1, 100) AS k;

INSERT INTO panels_participant (id, gathering_id, number, name, email, merge_key)
SELECT pg_temp.id('participant', n * 1000 + k), pg_temp.id('year', n), k, pg_temp.name(k), '', ''
FROM generate_series(1, %(conferences)s) AS n
CROSS JOIN generate_series(1, 300) AS k;

INSERT INTO panels_seat (session_id, role, participant_id)
SELECT pg_temp.id('session', n * 1000 + k),
       (ARRAY['chair', 'keynote', 'presenter', 'presenter', 'presenter'])[p],
       CASE WHEN mod(k * 5 + p, 50) > 0
            THEN pg_temp.id('participant', n * 1000 + 1 + mod(k * 37 + p * 53, 300)) END
FROM generate_series(1, %(conferences)s) AS n
CROSS JOIN generate_series(1, 100) AS k
CROSS JOIN generate_series(1, 5) AS p;

-- Their counts are of the people whom the line-up holds, which are as many everywhere; one in nine
-- is not known.
INSERT INTO panels_tally
  (gathering_id, part, counted, measure, version, as_at, yes, no, unknown, basis, definition,
   rules_version, entered_by_id, entered_at)
SELECT pg_temp.id('year', n), part, counted, measure, 1, (pg_temp.ago(mod(n * 7, 600)))::date,
       people / one_in, people - people / one_in - people / 9, people / 9,
       CASE measure WHEN 'women' THEN 'organiser_stated' ELSE 'self_declared' END,
       CASE measure WHEN 'women' THEN 'women' ELSE 'minoritised_self_defined' END,
       '1', pg_temp.id('user', 1), pg_temp.ago(mod(n * 7, 600))
FROM (
  SELECT COALESCE(stage, 'whole') AS part,
         CASE WHEN chairs THEN 'beside' ELSE 'counted' END AS counted,
         count(DISTINCT participant_id) + count(*) FILTER (WHERE participant_id IS NULL) AS people
  FROM (
    SELECT participant_id, role = 'chair' AS chairs,
           CASE stage WHEN 'main' THEN 'main_stage' ELSE 'rest' END AS stage
    FROM panels_session JOIN panels_seat ON session_id = panels_session.id
    WHERE gathering_id = pg_temp.id('year', 1)
  ) AS seats
  GROUP BY GROUPING SETS ((chairs, stage), (chairs))
  HAVING NOT chairs OR GROUPING(stage) = 1
) AS of_the_first
CROSS JOIN generate_series(1, %(conferences)s) AS n
CROSS JOIN (VALUES ('women', 2), ('minoritised', 5)) AS measures (measure, one_in);
