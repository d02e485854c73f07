from django.db import migrations, models

OPENED_ON = """
UPDATE commitments_checkin AS check_in
SET opened_on = check_in.period
    + CASE pledge.check_in_every
        WHEN 'quarterly' THEN interval '3 months' ELSE interval '1 month' END
FROM commitments_pledge AS pledge WHERE pledge.id = check_in.pledge_id;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [("commitments", "0005_addresses_that_refuse")]

    operations = [
        migrations.AddField(
            model_name="checkin", name="opened_on", field=models.DateField(null=True)
        ),
        migrations.RunSQL(OPENED_ON, migrations.RunSQL.noop),
        migrations.AlterField(model_name="checkin", name="opened_on", field=models.DateField()),
        migrations.RemoveConstraint(model_name="checkin", name="check_in_once_a_period"),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.UniqueConstraint(
                fields=["pledge", "opened_on"], name="check_in_once_a_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_on__day", 1), ("opened_on__gt", models.F("period"))),
                name="check_in_opened_after_its_period",
            ),
        ),
        migrations.AddField(
            model_name="checkinline",
            name="version",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.RemoveConstraint(model_name="checkinline", name="check_in_line_once_a_promise"),
        migrations.AddConstraint(
            model_name="checkinline",
            constraint=models.UniqueConstraint(
                fields=["check_in", "promise", "version"], name="check_in_line_once_a_version"
            ),
        ),
    ]
