from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("commitments", "0003_move_what_was_kept")]

    operations = [migrations.RemoveField(model_name="checkinline", name="reflection")]
