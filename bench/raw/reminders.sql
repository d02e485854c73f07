-- People who lead one or more actions that are due on a day of which they are reminded today.
SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)
FROM pg_trigger WHERE tgname LIKE 'pgtrigger_begins_%%';

INSERT INTO organisations_organisation
  (id, name, slug, nation, silent_after_days, is_worked_example, shows_progress, created_at)
SELECT pg_temp.id('organisation', n), 'Charity ' || n, 'charity-' || n, 'ENG', 90, false, false,
       pg_temp.ago(600)
FROM generate_series(1, %(organisations)s) AS n;

INSERT INTO organisations_user
  (id, password, is_superuser, email, display_name, is_active, is_staff, is_demo, date_joined)
SELECT pg_temp.id('user', n), '!', false, 'person' || n || '@bench.example', pg_temp.name(n),
       true, false, false, pg_temp.ago(500)
FROM generate_series(1, %(people)s) AS n;

INSERT INTO organisations_membership (id, organisation_id, user_id, roles, started_at)
SELECT pg_temp.id('membership', n), pg_temp.id('organisation', 1 + mod(n, %(organisations)s)),
       pg_temp.id('user', n), ARRAY['staff'], pg_temp.ago(490)
FROM generate_series(1, %(people)s) AS n;

INSERT INTO recommendations_source
  (id, organisation_id, kind, title, author, published, catalogue_key, created_at)
SELECT pg_temp.id('source', n), pg_temp.id('organisation', n), 'report', 'A review', 'A reviewer',
       '2021', 'bench', pg_temp.ago(9)
FROM generate_series(1, %(organisations)s) AS n;

INSERT INTO recommendations_theme (id, source_id, position, title)
SELECT pg_temp.id('theme', n), pg_temp.id('source', n), 1, 'A theme'
FROM generate_series(1, %(organisations)s) AS n;

INSERT INTO recommendations_recommendation
  (id, organisation_id, source_id, theme_id, reference, position, title, text,
   is_finding, level, horizon, is_activity_only, revision, response, response_reason, state,
   state_reason, outcome, created_at)
SELECT pg_temp.id('recommendation', n), pg_temp.id('organisation', home),
       pg_temp.id('source', home), pg_temp.id('theme', home), '1.' || n, n,
       'A recommendation, number ' || n, 'What is asked for, in a sentence.', false, '', '', false,
       1, 'accepted', '', 'in_progress', '', '', pg_temp.ago(9)
FROM generate_series(1, %(people)s) AS n
CROSS JOIN LATERAL (SELECT 1 + mod(n, %(organisations)s) AS home) AS homes;

INSERT INTO recommendations_action
  (id, recommendation_id, position, title, kind, unit, is_counted, moves_with_meetings,
   responsible_owner_id, original_date, target_date, accepted_at, accepted_by_id)
SELECT pg_temp.id('action', n * 1000 + p), pg_temp.id('recommendation', n), p,
       'One piece of work, number ' || p, 'deliverable', '', false, false,
       pg_temp.id('user', n), %(day)s, %(day)s, pg_temp.ago(9), pg_temp.id('user', n)
FROM generate_series(1, %(people)s) AS n
CROSS JOIN generate_series(1, %(actions)s) AS p;
