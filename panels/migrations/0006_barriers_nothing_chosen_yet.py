from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0005_sealed_counters")]

    operations = [
        migrations.AlterField(
            model_name="barrieranswer",
            name="state",
            field=models.CharField(
                blank=True,
                choices=[
                    ("in_place", "In place"),
                    ("planned", "Planned"),
                    ("asked", "Asked, no reply"),
                    ("no", "No"),
                    ("not_applicable", "Does not apply"),
                ],
                max_length=20,
            ),
        ),
    ]
