-- A tenth belongs to no organisation; one in three is confirmed by its own.
-- Each fifth was made after somebody asked, and says so: every hundredth asked twenty.
INSERT INTO commitments_pledge
  (id, slug, leader_id, organisation_id, leader_name, role_title, organisation_name,
   check_in_every, state, created_at, published_at, confirmed_at, confirmation, is_listed,
   says_who_asked, asked_by_id, counts_who_followed, is_worked_example)
SELECT pg_temp.id('pledge', n), 'leader-' || n, pg_temp.id('user', n),
       CASE WHEN mod(n, 10) > 0 THEN pg_temp.id('organisation', home) END,
       pg_temp.name(n),
       (ARRAY['Chief executive', 'Director', 'Trustee', 'Head of learning'])[1 + mod(n, 4)],
       CASE WHEN mod(n, 10) > 0 THEN 'Charity ' || home ELSE '' END,
       CASE WHEN mod(n, 3) = 0 THEN 'quarterly' ELSE 'monthly' END,
       'published', made, made, CASE WHEN mod(n, 3) = 0 AND mod(n, 10) > 0 THEN made END,
       CASE WHEN mod(n, 3) = 0 AND mod(n, 10) > 0 THEN 'coordinator' ELSE '' END,
       mod(n, 50) > 0, mod(n, 5) = 0,
       CASE WHEN mod(n, 5) = 0 THEN pg_temp.id('pledge', 1 + 100 * ((n - 1) / 100)) END, true, true
FROM (
  SELECT n, pg_temp.home(n, %(first_people)s, %(organisations)s) AS home,
         pg_temp.ago(20 + mod(n * 13, 480)) AS made
  FROM generate_series(1, %(pledges)s) AS n
) AS numbered;

INSERT INTO commitments_signing (id, pledge_id, number, wording_id, statement)
SELECT pg_temp.id('signing', n), pg_temp.id('pledge', n), 1,
       (SELECT id FROM commitments_wording ORDER BY version DESC LIMIT 1),
       'What I owe to those who were not asked.'
FROM generate_series(1, %(pledges)s) AS n;

ANALYZE commitments_signing;

INSERT INTO commitments_promise
  (id, signing_id, wording_promise_id, position, "group", choice, text)
SELECT pg_temp.id('promise', n * 100 + line.position), pg_temp.id('signing', n), line.id,
       line.position, line."group", CASE WHEN mod(n + line.position, 19) = 0 THEN 'left_out'
                                         ELSE 'adopted' END, line.text
FROM generate_series(1, %(pledges)s) AS n
CROSS JOIN commitments_wordingpromise AS line;

INSERT INTO commitments_standard (signing_id, position, kind, name, signed_up_on, link)
SELECT pg_temp.id('signing', n), position, kind, '', (pg_temp.ago(900))::date,
       'https://charity.example/' || kind
FROM generate_series(1, %(pledges)s, 2) AS n
CROSS JOIN (VALUES (1, 'race_at_work'), (2, 'acevo')) AS kinds (position, kind);

-- From here on the promises are frozen.
UPDATE commitments_signing SET signed_at = pledge.published_at
FROM commitments_pledge AS pledge WHERE pledge.id = pledge_id;

-- Most leaders keep five lines; the second keeps two hundred. Each seventh was
-- written by an assistant, and every other of those waits to be confirmed.
INSERT INTO commitments_invitation
  (id, pledge_id, gathering_id, title, organiser, held_on, state, received_on, asked_on,
   lineup_changed, written_by_id, confirmed_at, created_at)
SELECT pg_temp.id('invitation', n * 1000 + k), pg_temp.id('pledge', n), NULL,
       'Invitation ' || k, 'Organiser ' || mod(n, 900), day + 40,
       (ARRAY['received', 'asked', 'answered', 'took_part', 'declined', 'stepped_aside'])
         [1 + mod(n + k, 6)],
       day, CASE WHEN mod(n + k, 6) > 0 THEN day + 2 END,
       mod(n + k, 6) = 3, pg_temp.id('user', n + CASE WHEN mod(k, 7) = 0 THEN 1 ELSE 0 END),
       CASE WHEN mod(k, 14) > 0 THEN day::timestamptz END, day::timestamptz
FROM generate_series(1, %(pledges)s) AS n
CROSS JOIN LATERAL generate_series(1, CASE n WHEN 2 THEN 200 ELSE 5 END) AS k
CROSS JOIN LATERAL (SELECT (pg_temp.ago(60 + mod(n * 17 + k * 61, 400)))::date AS day) AS days;

-- The steps that the columns above sum up.
INSERT INTO commitments_step (invitation_id, state, "on", by_id, at, confirmed_at)
SELECT id, step.state, step.day, written_by_id, created_at, confirmed_at
FROM commitments_invitation
CROSS JOIN LATERAL (
  SELECT 'received' AS state, received_on AS day
  UNION SELECT 'asked', asked_on WHERE asked_on IS NOT NULL
  UNION SELECT 'changed', asked_on WHERE lineup_changed
  UNION SELECT state, COALESCE(asked_on, received_on) + 30
  WHERE state NOT IN ('received', 'asked')
) AS step;

INSERT INTO commitments_reflection
  (id, invitation_id, what_happened, what_we_asked, why, will_try, written_by_id, written_at,
   published_at, revision)
SELECT pg_temp.id('reflection', n * 1000 + k), pg_temp.id('invitation', n * 1000 + k),
       'Four people spoke, and **nobody** had been asked who was missing.',
       'Who else is on the line-up, and how they describe themselves.',
       'The line-up was printed before we asked.', 'To ask on the day we are invited.',
       pg_temp.id('user', n), pg_temp.ago(k), CASE WHEN mod(k, 2) = 1 THEN pg_temp.ago(k) END, 1
FROM generate_series(1, %(pledges)s) AS n
CROSS JOIN LATERAL generate_series(1, CASE n WHEN 2 THEN 40 ELSE 3 END) AS k;

INSERT INTO commitments_republication (pledge_id, link, title, published_on, created_at)
SELECT pg_temp.id('pledge', n), 'https://charity.example/news/' || n || '/' || k, 'Our news',
       (pg_temp.ago(20))::date, pg_temp.ago(20)
FROM generate_series(1, %(pledges)s, 3) AS n
CROSS JOIN generate_series(1, 2) AS k;

INSERT INTO commitments_checkin (id, pledge_id, period, opened_on, checked_in_at, by_id)
SELECT pg_temp.id('check-in', n * 100 + k), pg_temp.id('pledge', n), period::date,
       period::date + interval '1 month',
       period + interval '1 month 3 days', pg_temp.id('user', n)
FROM generate_series(1, %(pledges)s) AS n
CROSS JOIN generate_series(2, 5) AS k
CROSS JOIN LATERAL (SELECT date_trunc('month', pg_temp.ago(30 * k)) AS period) AS periods;

ANALYZE commitments_checkin, commitments_signing, commitments_promise;

INSERT INTO commitments_checkinline (check_in_id, promise_id, kept)
SELECT check_in.id, promise.id,
       (ARRAY['kept', 'partly', 'not_this_time', 'nothing'])[1 + mod(promise.position, 4)]
FROM commitments_checkin AS check_in
JOIN commitments_signing AS signing ON signing.pledge_id = check_in.pledge_id
JOIN commitments_promise AS promise ON promise.signing_id = signing.id
WHERE promise.choice <> 'left_out';

INSERT INTO history_entry
  (organisation_id, actor_id, at, verb, subject_type, subject_id, details)
SELECT organisation_id, leader_id, published_at, verb, 'commitments.pledge', id, '{}'
FROM commitments_pledge
CROSS JOIN (VALUES ('pledge.started'), ('pledge.published')) AS verbs (verb);
