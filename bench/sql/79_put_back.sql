DO $$
DECLARE statement text;
BEGIN
  FOR statement IN SELECT put_back FROM taken ORDER BY position DESC LOOP
    EXECUTE statement;
  END LOOP;
END $$;

DROP TABLE taken;

DROP VIEW filled;

SET CONSTRAINTS ALL DEFERRED;
