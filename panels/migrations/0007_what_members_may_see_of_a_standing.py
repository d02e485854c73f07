from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0006_barriers_nothing_chosen_yet")]

    operations = [
        migrations.AddField(
            model_name="standing",
            name="is_exact",
            field=models.BooleanField(default=False),
        ),
        migrations.RemoveIndex(model_name="standing", name="standing_by_quarter"),
        migrations.AddIndex(
            model_name="standing",
            index=models.Index(
                fields=["organisation", "quarter", "kind", "measure", "part", "verdict"],
                include=["is_exact", "basis", "definition", "rules_version"],
                name="standing_by_quarter",
            ),
        ),
    ]
