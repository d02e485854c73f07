"""The only three ways to the sealed counters. They run as the owner of the tables, because the
product's role has no rights on the counters themselves."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ADD = """
CREATE FUNCTION public.panels_add_answer(
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

CLOSE = """
CREATE FUNCTION public.panels_close_round(the_round uuid, at timestamptz) RETURNS text
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
    SELECT yes + no + unsaid INTO answered FROM public.panels_sealedcounter
    WHERE round_id = the_round AND part = 'whole' AND measure = 'women';
    verdict := CASE WHEN coalesce(answered, 0) >= 3 THEN 'counted' ELSE 'too_few' END;
    UPDATE public.panels_declarationround SET closed_at = at, outcome = verdict
    WHERE id = the_round;
    RETURN verdict;
END
$$
"""

# A part is opened with the other part or not at all: one of them and the whole give it away.
OPEN = """
CREATE FUNCTION public.panels_open_counters(the_round uuid)
RETURNS TABLE (part text, measure text, yes integer, no integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    WITH counters AS (
        SELECT counter.part, counter.measure, counter.yes, counter.no,
               counter.yes + counter.no + counter.unsaid >= 3 AS is_enough
        FROM public.panels_sealedcounter counter
        JOIN public.panels_declarationround asked ON asked.id = counter.round_id
        WHERE asked.id = the_round AND asked.closed_at IS NOT NULL AND asked.outcome = 'counted'
    )
    SELECT counters.part::text, counters.measure::text, counters.yes, counters.no
    FROM counters
    WHERE (SELECT bool_and(is_enough) FROM counters WHERE counters.part = 'whole')
      AND (counters.part = 'whole'
           OR (SELECT count(*) = 4 AND bool_and(is_enough)
               FROM counters WHERE counters.part <> 'whole'))
$$
"""

SIGNATURES = {
    "panels_add_answer(uuid, boolean, boolean, text, text)": ADD,
    "panels_close_round(uuid, timestamptz)": CLOSE,
    "panels_open_counters(uuid)": OPEN,
}


def let_the_product_call_them(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    role = editor.quote_name(str(settings.PRODUCT_DATABASE_ROLE))
    for signature in SIGNATURES:
        editor.execute(f"REVOKE ALL ON FUNCTION public.{signature} FROM PUBLIC")
        editor.execute(f"GRANT EXECUTE ON FUNCTION public.{signature} TO {role}")


class Migration(migrations.Migration):
    dependencies = [
        ("panels", "0004_counts_have_a_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="declarationround",
            name="reminders",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="declarationtoken",
            name="is_settled",
            field=models.BooleanField(default=False),
        ),
        *(
            migrations.RunSQL(body, f"DROP FUNCTION public.{signature}")
            for signature, body in SIGNATURES.items()
        ),
        migrations.RunPython(let_the_product_call_them, migrations.RunPython.noop),
    ]
