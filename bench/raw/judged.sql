, newest AS (
  SELECT tally.*, yes + no + unknown AS n, CASE measure WHEN 'women' THEN 2 ELSE 5 END AS one_in,
         dense_rank() OVER (PARTITION BY gathering_id
                            ORDER BY as_at DESC NULLS LAST, version DESC) AS age
  FROM panels_tally AS tally JOIN totals USING (gathering_id)
),
verdicts AS (
  SELECT gathering_id,
         array_agg(ARRAY[measure, part,
                         CASE WHEN n < 2 THEN 'no_verdict'
                              WHEN one_in * yes >= n THEN 'met'
                              WHEN one_in * (yes + unknown) >= n THEN 'not_known'
                              ELSE 'not_met' END]) AS verdicts
  FROM newest WHERE age = 1 AND counted = 'counted' GROUP BY gathering_id
)
SELECT totals.*, verdicts FROM totals JOIN verdicts USING (gathering_id)
