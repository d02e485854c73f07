from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0002_pledges_that_can_be_trusted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="email",
            name="kind",
            field=models.CharField(
                choices=[
                    ("sign_in", "Sign-in and account"),
                    ("member_invite", "Invitation to an organisation"),
                    ("reminders", "Reminders"),
                    ("ask_letter", "Letter to an organiser"),
                    ("encouragement", "Asked to make a pledge"),
                    ("assistant_invite", "Asked to help with a pledge"),
                    ("handover", "Asked to take a pledge on"),
                    ("body_ask", "Question of a membership body"),
                    ("news", "News about a pledge"),
                    ("declaration", "Asked to be counted"),
                ],
                max_length=30,
            ),
        ),
    ]
