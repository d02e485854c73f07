-- Three conferences of the measured organisation, next month: 50, 100 and 200 sessions with four
-- seats each, everybody in two of them, one in ten on the main stage, half of them counted.
INSERT INTO panels_gathering
  (id, organisation_id, kind, title, held_on, ends_on, organiser, link, created_by_id, created_at)
SELECT pg_temp.id('programme', size), pg_temp.id('organisation', 1), 'conference',
       'A conference of ' || size || ' sessions', (pg_temp.ago(-30))::date, (pg_temp.ago(-32))::date,
       '', '', pg_temp.id('user', 1), pg_temp.ago(40)
FROM (VALUES (50), (100), (200)) AS sizes (size);

INSERT INTO panels_session
  (id, gathering_id, title, stage, room, position, source_key, revision, starts_at, minutes)
SELECT pg_temp.id('item', size * 1000 + k), pg_temp.id('programme', size),
       'How we share power, part ' || k, CASE mod(k, 10) WHEN 0 THEN 'main' ELSE 'other' END,
       'Hall ' || mod(k, 6), k, '', 1, pg_temp.ago(-30) + k * interval '15 minutes', 45
FROM (VALUES (50), (100), (200)) AS sizes (size)
CROSS JOIN LATERAL generate_series(1, size) AS k;

INSERT INTO panels_participant (id, gathering_id, number, name, email, merge_key)
SELECT pg_temp.id('speaker', size * 1000 + k), pg_temp.id('programme', size), k, pg_temp.name(k),
       '', ''
FROM (VALUES (50), (100), (200)) AS sizes (size)
CROSS JOIN LATERAL generate_series(0, size * 2 - 1) AS k;

INSERT INTO panels_seat (session_id, role, participant_id)
SELECT pg_temp.id('item', size * 1000 + k),
       (ARRAY['chair', 'presenter', 'presenter', 'presenter'])[p],
       pg_temp.id('speaker', size * 1000 + mod(k * 4 + p, size * 2))
FROM (VALUES (50), (100), (200)) AS sizes (size)
CROSS JOIN LATERAL generate_series(1, size) AS k
CROSS JOIN generate_series(1, 4) AS p;

INSERT INTO panels_sessioncount
  (session_id, version, yes, no, unknown, basis, definition, rules_version, entered_by_id,
   entered_at)
SELECT pg_temp.id('item', size * 1000 + k), 1, 1, 1, 1, 'organiser_stated', 'women', '1',
       pg_temp.id('user', 1), pg_temp.ago(5)
FROM (VALUES (50), (100), (200)) AS sizes (size)
CROSS JOIN LATERAL generate_series(1, size, 2) AS k;
