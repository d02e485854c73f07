SELECT gathering_id,
       count(DISTINCT participant_id) FILTER (WHERE counts)
         + count(*) FILTER (WHERE counts AND participant_id IS NULL) AS people,
       count(*) FILTER (WHERE counts) AS seats,
       count(DISTINCT participant_id) FILTER (WHERE counts AND stage = 'main')
         + count(*) FILTER (WHERE counts AND stage = 'main' AND participant_id IS NULL)
         AS main_people,
       count(*) FILTER (WHERE counts AND stage = 'main') AS main_seats,
       count(DISTINCT participant_id) FILTER (WHERE counts AND stage = 'other')
         + count(*) FILTER (WHERE counts AND stage = 'other' AND participant_id IS NULL)
         AS rest_people,
       count(*) FILTER (WHERE counts AND stage = 'other') AS rest_seats,
       count(DISTINCT participant_id) FILTER (WHERE counts OR is_beside)
         - count(DISTINCT participant_id) FILTER (WHERE counts)
         + count(*) FILTER (WHERE is_beside AND participant_id IS NULL) AS beside
FROM (
  SELECT gathering_id, participant_id, stage,
         role IN ('panellist', 'keynote', 'presenter', 'opening_closing') AS counts,
         role IN ('chair', 'co_chair', 'moderator', 'facilitator') AS is_beside
  FROM panels_seat JOIN panels_session ON panels_session.id = session_id
  WHERE gathering_id = ANY(%s)
) AS seats
GROUP BY gathering_id
