from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0007_what_members_may_see_of_a_standing")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="has_time",
            field=models.BooleanField(default=True, db_default=True),
        ),
        migrations.AddConstraint(
            model_name="session",
            constraint=models.CheckConstraint(
                condition=models.Q(("has_time", True), ("starts_at__isnull", False), _connector="OR"),
                name="session_without_a_time_has_a_day",
            ),
        ),
    ]
