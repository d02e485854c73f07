from django.db import migrations, models
from django.db.models import Q

LISTED = Q(state="published", is_listed=True)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0007_standards_that_can_be_blanked")]

    operations = [
        migrations.RemoveIndex("pledge", "pledge_public_list"),
        migrations.RemoveIndex("pledge", "pledge_public_by_name"),
        migrations.AddIndex(
            "pledge",
            models.Index(
                fields=["-published_at", "-id"], name="pledge_public_list", condition=LISTED
            ),
        ),
        migrations.AddIndex(
            "pledge",
            models.Index(
                fields=["organisation_name", "-published_at", "-id"],
                name="pledge_public_by_name",
                condition=LISTED,
            ),
        ),
    ]
