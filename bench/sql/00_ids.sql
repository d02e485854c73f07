-- Every row's id follows from its kind and number, so that whole tables are joined by arithmetic.
CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid
LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || '-' || n)::uuid $$;

-- Organisation 1, the one that is measured, is large: the first rows of everything are its own.
CREATE FUNCTION pg_temp.home(n bigint, first bigint, organisations bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN n <= first THEN 1 ELSE 1 + mod(n, organisations) END
$$;

CREATE FUNCTION pg_temp.ago(days bigint) RETURNS timestamptz
LANGUAGE sql STABLE AS $$ SELECT now() - days * interval '1 day' $$;

CREATE FUNCTION pg_temp.name(n bigint) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
  SELECT (ARRAY['Adaeze', 'Bronwen', 'Callum', 'Delroy', 'Ewa', 'Farah', 'Gwen', 'Hui', 'Ifeanyi',
                'Jerome', 'Kamala', 'Lowri', 'Mei', 'Nnamdi', 'Olu', 'Piotr', 'Qasim'])
           [1 + mod(n, 17)] || ' ' ||
         (ARRAY['Adeyemi', 'Bowen', 'Chowdhury', 'Drummond', 'Eze', 'Farquhar', 'Griffiths',
                'Ho', 'Iyer', 'Jones', 'Kowalski', 'Lau', 'Mirza', 'Nowak', 'Okafor', 'Pritchard',
                'Qureshi', 'Rahman', 'Sinclair', 'Tran', 'Umeh', 'Vaughan', 'Whyte'])
           [1 + mod(n, 23)] || ' ' || n
$$;
