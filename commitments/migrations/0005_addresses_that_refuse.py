from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_remove_checkinline_reflection")]

    operations = [
        migrations.AddField(
            model_name="learningitem",
            name="revision",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
        migrations.CreateModel(
            name="AddressRefusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_digest", models.BinaryField(max_length=32, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
