-- What every count shows, as the product writes it down when a count is entered.
INSERT INTO panels_standing
  (gathering_id, organisation_id, quarter, kind, part, measure, verdict, is_exact, basis,
   definition, rules_version)
SELECT gathering_id, organisation_id, date_trunc('quarter', held_on)::date, kind, part, measure,
       CASE WHEN n < 2 THEN 'no_verdict'
            WHEN one_in * yes >= n THEN 'met'
            WHEN one_in * (yes + unknown) >= n THEN 'not_known'
            ELSE 'not_met' END,
       CASE part WHEN 'whole'
            THEN alone AND (parts_are_exact OR is_stated OR parts = 0 OR unknown > 0)
            ELSE parts_are_exact END,
       basis, definition, rules_version
FROM (
  SELECT *, parts = 2 AND people_of_parts = people_of_whole AND parts_alone AS parts_are_exact
  FROM (
    SELECT *,
           count(*) FILTER (WHERE part <> 'whole') OVER measured AS parts,
           sum(n) FILTER (WHERE part <> 'whole') OVER measured AS people_of_parts,
           sum(n) FILTER (WHERE part = 'whole') OVER measured AS people_of_whole,
           COALESCE(bool_and(alone) FILTER (WHERE part <> 'whole') OVER measured, false)
             AS parts_alone
    FROM (
      SELECT *, n >= 5 AND yes + no >= 3 AND (is_stated OR (yes > 0 AND no > 0)) AS alone
      FROM (
        SELECT *, yes + no + unknown AS n, CASE measure WHEN 'women' THEN 2 ELSE 5 END AS one_in,
               measure = 'women' AND basis IN ('organiser_stated', 'publicly_stated') AS is_stated,
               version = max(version) OVER (PARTITION BY gathering_id) AS is_newest
        FROM panels_tally
      ) AS versions
      WHERE is_newest AND counted = 'counted'
    ) AS tallies
    WINDOW measured AS (PARTITION BY gathering_id, measure)
  ) AS parts_of_one
) AS judged
JOIN panels_gathering AS gathering ON gathering.id = gathering_id;
