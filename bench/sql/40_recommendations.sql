-- Some are closed and all are accepted from the start, which the tables refuse of the product.
SELECT set_config('pgtrigger.ignore', array_agg(tgname)::text, true)
FROM pg_trigger WHERE tgname LIKE 'pgtrigger_begins_%%';

INSERT INTO recommendations_source
  (id, organisation_id, kind, title, author, published, catalogue_key, created_at)
SELECT pg_temp.id('source', n), pg_temp.id('organisation', n), 'report', 'A review', 'A reviewer',
       '2021', 'bench', pg_temp.ago(500)
FROM generate_series(1, %(organisations)s) AS n;

INSERT INTO recommendations_theme (id, source_id, position, title)
SELECT pg_temp.id('theme', n * 10 + k), pg_temp.id('source', n), k, 'Theme ' || k
FROM generate_series(1, %(organisations)s) AS n
CROSS JOIN generate_series(1, 4) AS k;

-- Number n * 100 + k is the kth of organisation n; its leads are the first five people there.
INSERT INTO recommendations_recommendation
  (id, organisation_id, source_id, theme_id, reference, position, title, text,
   is_finding, level, horizon, is_activity_only, revision, response, response_reason, state, state_reason, outcome, closed_on,
   accountable_owner_id, created_at)
SELECT pg_temp.id('recommendation', n * 100 + k), pg_temp.id('organisation', n),
       pg_temp.id('source', n), pg_temp.id('theme', n * 10 + 1 + (k - 1) / 6),
       (1 + (k - 1) / 6) || '.' || (1 + mod(k - 1, 6)), k, 'A recommendation, number ' || k,
       repeat('What is asked for, in two or three plain sentences. ', 3), false, '', '', false, 1,
       CASE WHEN mod(k, 9) = 0 THEN 'none_yet' ELSE 'accepted' END, '', state, '', '',
       CASE WHEN state = 'closed_implemented' THEN (pg_temp.ago(60))::date END,
       pg_temp.id('user', CASE n WHEN 1 THEN 2 ELSE n - 1 + %(organisations)s END),
       pg_temp.ago(500)
FROM generate_series(1, %(organisations)s) AS n
CROSS JOIN generate_series(1, 22) AS k
CROSS JOIN LATERAL (
  SELECT (ARRAY['in_progress', 'in_progress', 'in_progress', 'not_started', 'closed_implemented',
                'proposed_for_closure'])[1 + mod(n + k, 6)] AS state
) AS states;

INSERT INTO recommendations_action
  (id, recommendation_id, position, title, kind, unit, is_counted, moves_with_meetings,
   responsible_owner_id, original_date, target_date, accepted_at, accepted_by_id, proven_on)
SELECT pg_temp.id('action', (n * 100 + k) * 10 + p),
       pg_temp.id('recommendation', n * 100 + k), p, 'One piece of work, number ' || p,
       CASE p WHEN 1 THEN 'deliverable' ELSE 'coverage' END,
       CASE p WHEN 1 THEN '' ELSE 'service area' END,
       false, false, lead, day, day, pg_temp.ago(480), lead, CASE WHEN mod(n + k + p, 3) = 0 THEN day END
FROM generate_series(1, %(organisations)s) AS n
CROSS JOIN generate_series(1, 22) AS k
CROSS JOIN generate_series(1, 2) AS p
CROSS JOIN LATERAL (SELECT (pg_temp.ago(mod(n * 3 + k * 31 + p * 7, 400) - 300))::date AS day) AS d
CROSS JOIN LATERAL (
  SELECT pg_temp.id('user', CASE n WHEN 1 THEN 1 + mod(p, 2)
                                   ELSE n - 1 + %(organisations)s * (1 + mod(k, 5)) END) AS lead
) AS leads;

INSERT INTO recommendations_progressupdate (id, recommendation_id, by_id, posted_at, rating, text)
SELECT pg_temp.id('update', (n * 100 + k) * 10 + u), pg_temp.id('recommendation', n * 100 + k),
       pg_temp.id('user', CASE n WHEN 1 THEN 1 ELSE n - 1 + %(organisations)s END),
       pg_temp.ago(mod(n + k * 13, 120) + u * 90),
       (ARRAY['on_track', 'at_risk', 'off_track'])[1 + mod(k + u, 3)],
       'What has happened since the last time, in a sentence or two.'
FROM generate_series(1, %(organisations)s) AS n
CROSS JOIN generate_series(1, 22) AS k
CROSS JOIN generate_series(0, 2) AS u;

INSERT INTO history_entry
  (organisation_id, actor_id, at, verb, subject_type, subject_id, details)
SELECT organisation_id, accountable_owner_id, created_at, verb, 'recommendations.recommendation',
       id, details::jsonb
FROM recommendations_recommendation
CROSS JOIN (VALUES
  ('recommendation.adopted', '{}'),
  ('recommendation.response_recorded', '{"response": "accepted"}'),
  ('recommendation.sponsor_set', '{}'),
  ('recommendation.update_posted', '{"rating": "on_track"}')
) AS verbs (verb, details);

INSERT INTO history_entry
  (organisation_id, actor_id, at, verb, subject_type, subject_id, details)
SELECT organisation_id, accountable_owner_id, r.created_at, 'recommendation.action_accepted',
       'recommendations.recommendation', r.id,
       jsonb_build_object('number', '1', 'action', a.id, 'date', a.target_date)
FROM recommendations_recommendation r
JOIN recommendations_action a ON a.recommendation_id = r.id AND a.position = 1;

SELECT set_config('pgtrigger.ignore', '{}', true);
