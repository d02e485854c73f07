from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panels", "0002_line_ups_declared_and_shared")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
