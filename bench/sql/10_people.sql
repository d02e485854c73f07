INSERT INTO organisations_organisation
  (id, name, slug, nation, silent_after_days, is_worked_example, shows_progress,
   created_at)
SELECT pg_temp.id('organisation', n), 'Charity ' || n, 'charity-' || n, 'ENG', 90, true,
       false, pg_temp.ago(600)
FROM generate_series(1, %(organisations)s) AS n;

INSERT INTO organisations_user
  (id, password, is_superuser, email, display_name, is_active, is_staff, is_demo, date_joined)
SELECT pg_temp.id('user', n), '!', false, 'person' || n || '@bench.example', pg_temp.name(n),
       true, false, false, pg_temp.ago(500)
FROM generate_series(1, %(people)s) AS n;

INSERT INTO organisations_membership (id, organisation_id, user_id, roles, started_at)
SELECT pg_temp.id('membership', n),
       pg_temp.id('organisation', pg_temp.home(n, %(first_people)s, %(organisations)s)),
       pg_temp.id('user', n),
       CASE n WHEN 1 THEN ARRAY['staff', 'organiser', 'committee', 'chair', 'adviser', 'trustee',
                                'coordinator']
              ELSE ARRAY['staff'] END,
       pg_temp.ago(490)
FROM generate_series(1, %(people)s) AS n;

INSERT INTO history_entry
  (organisation_id, actor_id, at, verb, subject_type, subject_id, details)
SELECT organisation_id, user_id, started_at, 'organisation.joined', 'organisations.organisation',
       organisation_id, '{}'
FROM organisations_membership;
