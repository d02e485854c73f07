import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations

FUNC = "\n                    IF TG_OP = 'UPDATE' THEN\n                        blanked := OLD;\n                        blanked.link := '';\n                        blanked.name := CASE OLD.kind WHEN 'other' THEN 'Removed' ELSE '' END;\n                        IF NEW IS NOT DISTINCT FROM blanked THEN RETURN NEW; END IF;\n                    END IF;\n                    IF EXISTS (\n                        SELECT FROM commitments_signing\n                        WHERE id IN (OLD.signing_id, NEW.signing_id) AND signed_at IS NOT NULL\n                    ) THEN\n                        RAISE EXCEPTION 'a standard is frozen once the pledge is signed';\n                    END IF;\n                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n                    RETURN NEW;\n                "


class Migration(migrations.Migration):
    dependencies = [("commitments", "0006_check_ins_that_can_be_put_right")]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="standard", name="frozen_as_signed"),
        pgtrigger.migrations.AddTrigger(
            model_name="standard",
            trigger=pgtrigger.compiler.Trigger(
                name="frozen_as_signed",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE blanked commitments_standard;",
                    func=FUNC,
                    hash="b94a812812304c033a840a33a34b5bf8bc3c8ed7",
                    operation="INSERT OR UPDATE OR DELETE",
                    pgid="pgtrigger_frozen_as_signed_86d2a",
                    table="commitments_standard",
                    when="BEFORE",
                ),
            ),
        ),
    ]
