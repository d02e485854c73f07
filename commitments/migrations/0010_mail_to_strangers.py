import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0009_what_a_reader_may_rely_on"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StrangerMail",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("address_digest", models.BinaryField(max_length=32)),
                ("stop_sha256", models.BinaryField(max_length=32, unique=True)),
                ("sent_at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["by", "sent_at"], name="stranger_mail_by_sender"),
                    models.Index(
                        fields=["address_digest", "sent_at"], name="stranger_mail_by_address"
                    ),
                ],
            },
        ),
    ]
