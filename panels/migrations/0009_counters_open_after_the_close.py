"""Counters open once the close of their round is committed, and a round closes once.

That it has closed is kept where the product's role has no rights, with the number of the
transaction that closed it: whoever closes a round is told nothing before they have committed.
The addresses of links are kept as digests, so that a link stays with whoever got it.
"""

import django.db.models.deletion
from django.db import migrations, models

ADD = """
CREATE OR REPLACE FUNCTION public.panels_add_answer(
    the_round uuid, on_main_stage boolean, on_rest boolean, women text, minoritised text
) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    with_parts boolean;
BEGIN
    IF women NOT IN ('yes', 'no', 'unsaid') OR minoritised NOT IN ('yes', 'no', 'unsaid')
       OR women IS NULL OR minoritised IS NULL THEN
        RAISE EXCEPTION 'an answer is yes, no or unsaid';
    END IF;
    -- Held until the end of the transaction, so that a close waits for it, or is over by now.
    SELECT counts_parts INTO with_parts FROM public.panels_declarationround
    WHERE id = the_round AND closed_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    -- Also where somebody made the row of the round look open again.
    IF EXISTS (SELECT FROM public.panels_sealedclose WHERE round_id = the_round) THEN
        RETURN false;
    END IF;
    INSERT INTO public.panels_sealedcounter AS counter (round_id, part, measure, yes, no, unsaid)
    SELECT the_round, part, measure,
           (said = 'yes')::int, (said = 'no')::int, (said = 'unsaid')::int
    FROM (VALUES ('whole', true),
                 ('main_stage', with_parts AND on_main_stage),
                 ('rest', with_parts AND on_rest)) AS parts (part, is_in)
    CROSS JOIN (VALUES ('women', women), ('minoritised', minoritised)) AS asked (measure, said)
    WHERE is_in
    ORDER BY part, measure
    ON CONFLICT (round_id, part, measure) DO UPDATE
    SET yes = counter.yes + excluded.yes,
        no = counter.no + excluded.no,
        unsaid = counter.unsaid + excluded.unsaid;
    RETURN true;
END
$$
"""

# The number is that of the whole transaction, within a savepoint too.
CLOSE = """
CREATE OR REPLACE FUNCTION public.panels_close_round(the_round uuid, at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    answered integer;
    verdict text;
BEGIN
    PERFORM 1 FROM public.panels_declarationround
    WHERE id = the_round AND closed_at IS NULL FOR UPDATE;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    INSERT INTO public.panels_sealedclose (round_id, closed_in)
    VALUES (the_round, pg_current_xact_id()::text)
    ON CONFLICT (round_id) DO NOTHING;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT yes + no + unsaid INTO answered FROM public.panels_sealedcounter
    WHERE round_id = the_round AND part = 'whole' AND measure = 'women';
    verdict := CASE WHEN coalesce(answered, 0) >= 3 THEN 'counted' ELSE 'too_few' END;
    UPDATE public.panels_declarationround SET closed_at = at, outcome = verdict
    WHERE id = the_round;
    RETURN verdict;
END
$$
"""

# A row that is seen was committed, or is one's own: by its number one's own opens nothing.
# A part is opened with the other part or not at all: one of them and the whole give it away.
OPEN = """
CREATE OR REPLACE FUNCTION public.panels_open_counters(the_round uuid)
RETURNS TABLE (part text, measure text, yes integer, no integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH counters AS (
        SELECT counter.part, counter.measure, counter.yes, counter.no,
               counter.yes + counter.no + counter.unsaid >= 3 AS is_enough
        FROM public.panels_sealedcounter counter
        JOIN public.panels_declarationround asked ON asked.id = counter.round_id
        JOIN public.panels_sealedclose closing ON closing.round_id = counter.round_id
        WHERE asked.id = the_round AND asked.closed_at IS NOT NULL AND asked.outcome = 'counted'
          AND closing.closed_in IS DISTINCT FROM pg_current_xact_id_if_assigned()::text
    )
    SELECT counters.part::text, counters.measure::text, counters.yes, counters.no
    FROM counters
    WHERE (SELECT bool_and(is_enough) FROM counters WHERE counters.part = 'whole')
      AND (counters.part = 'whole'
           OR (SELECT count(*) = 4 AND bool_and(is_enough)
               FROM counters WHERE counters.part <> 'whole'))
$$
"""

CLOSED_BEFORE = """
INSERT INTO public.panels_sealedclose (round_id, closed_in)
SELECT id, '0' FROM public.panels_declarationround WHERE closed_at IS NOT NULL
"""

# As panels.queries.declaring.address_digest makes it.
ASKED_BEFORE = """
UPDATE public.panels_declarationtoken token
SET address_sha256 = sha256(convert_to(
    gathering.organisation_id::text || ':' || lower(btrim(person.email)), 'UTF8'))
FROM public.panels_participant person
JOIN public.panels_gathering gathering ON gathering.id = person.gathering_id
WHERE person.id = token.participant_id AND person.email <> ''
"""


class Migration(migrations.Migration):
    """Not taken back: without it a seal would be one in name alone."""

    dependencies = [("panels", "0008_days_without_a_time")]

    operations = [
        migrations.CreateModel(
            name="SealedClose",
            fields=[
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="panels.declarationround",
                    ),
                ),
                ("closed_in", models.CharField(max_length=20)),
            ],
        ),
        migrations.AddField(
            model_name="declarationtoken",
            name="address_sha256",
            field=models.BinaryField(null=True),
        ),
        migrations.RunSQL(CLOSED_BEFORE),
        migrations.RunSQL(ASKED_BEFORE),
        *(migrations.RunSQL(body) for body in (ADD, CLOSE, OPEN)),
    ]
