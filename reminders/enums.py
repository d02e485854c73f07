from django.db.models import TextChoices


class ReminderKind(TextChoices):
    ACTION_DUE = "action_due", "Actions you lead that are due"
    CHECK_IN_DUE = "check_in_due", "Check-ins on your pledge"


class Choice(TextChoices):
    AT_ONCE = "at_once", "By email"
    OFF = "off", "Not by email"
