from django.db import migrations


class Migration(migrations.Migration):
    """Boards from before there was a standing item have it, as every new board does."""

    dependencies = [("committees", "0002_meetings_packs_and_decisions")]

    operations = [
        migrations.RunSQL(
            "UPDATE committees_group SET has_equality_item = true WHERE kind = 'board'",
            migrations.RunSQL.noop,
        )
    ]
