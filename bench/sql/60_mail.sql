INSERT INTO outbox_email
  (id, organisation_id, to_user_id, kind, dedupe_key, to_address, subject, text, html, headers,
   message_id, date_header, policy, state, created_at, due_at, attempts, sent_at, last_error,
   despite_refusal)
SELECT pg_temp.id('email', n), pg_temp.id('organisation', home), pg_temp.id('user', to_user),
       'reminders', 'bench-' || n, 'person' || to_user || '@bench.example',
       'Due in 7 days: a piece of work', repeat('What is due, and where to go. ', 20),
       repeat('<p>What is due, and where to go.</p>', 20), '{}', '<' || n || '@bench.example>',
       at, 'at_least_once', CASE WHEN mod(n, 50) = 0 THEN 'failed' ELSE 'sent' END, at, at, 1,
       CASE WHEN mod(n, 50) > 0 THEN at END, '', false
FROM (
  SELECT n, pg_temp.home(n, %(first_gatherings)s, %(organisations)s) AS home,
         1 + mod(n, %(people)s) AS to_user, pg_temp.ago(mod(n * 3, 500)) AS at
  FROM generate_series(1, %(gatherings)s) AS n
) AS numbered;
