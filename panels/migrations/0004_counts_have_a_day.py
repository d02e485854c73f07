"""Counts from before there were several days take the day of their event or group.

The triggers keep the product from changing a count; the owner fills a column that is new.
"""

from django.db import migrations

FILL = """
UPDATE panels_tally AS tally SET as_at = gathering.held_on
FROM panels_gathering AS gathering
WHERE gathering.id = tally.gathering_id AND tally.as_at IS NULL;
"""


class Migration(migrations.Migration):
    dependencies = [("panels", "0003_sessions_removed")]

    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (
            "ALTER TABLE panels_tally DISABLE TRIGGER USER;",
            FILL,
            "ALTER TABLE panels_tally ENABLE TRIGGER USER;",
        )
    ]
