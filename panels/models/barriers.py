"""What keeps people away, what is done about it, and the three questions of every gathering."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from panels.enums import Barrier, BarrierState, ForWhom, Part, YesNo
from panels.models.gathering import Gathering


class ChecklistItem(models.Model):
    """One line of an organisation's own checklist, which begins as a copy of ours.

    `barrier` is blank for a line of its own. A retired line keeps its answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="checklist_items"
    )
    barrier = models.CharField(max_length=30, choices=Barrier.choices, blank=True)
    text = models.CharField(max_length=160)
    for_whom = models.CharField(max_length=20, choices=ForWhom.choices)
    position = models.PositiveIntegerField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "barrier"],
                condition=~Q(barrier=""),
                name="checklist_barrier_once",
            )
        ]

    def __str__(self) -> str:
        return self.text


class BarrierAnswer(models.Model):
    """`answered_by`: who said so, in words such as "the venue". Blank `state`: none chosen yet."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="barriers")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=20, choices=BarrierState.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_by = models.CharField(max_length=120, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "item"], name="barrier_answered_once")
        ]

    def __str__(self) -> str:
        return f"{self.item_id}: {self.state}"


class Bursaries(models.Model):
    """Free and cheaper places of one gathering, in totals alone. `amount` in pounds."""

    gathering = models.OneToOneField(Gathering, on_delete=models.CASCADE, related_name="bursaries")
    offered = models.PositiveIntegerField(null=True, blank=True)
    taken_up = models.PositiveIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    how_heard = models.CharField(max_length=500, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bursaries_taken_up_were_offered",
                condition=Q(taken_up=None) | Q(offered=None) | Q(taken_up__lte=models.F("offered")),
            )
        ]

    def __str__(self) -> str:
        return f"Bursaries of {self.gathering_id}"


class LivedExperience(models.Model):
    """Whether anybody was invited to speak from lived experience, and paid for it.

    Said by the organiser for the whole and for the main stage; never of one person.
    """

    gathering = models.ForeignKey(
        Gathering, on_delete=models.CASCADE, related_name="lived_experience"
    )
    part = models.CharField(max_length=20, choices=Part.choices)
    invited = models.CharField(max_length=20, choices=YesNo.choices)
    paid = models.CharField(max_length=20, choices=YesNo.choices)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "part"], name="lived_experience_once_for_each_part"
            ),
            models.CheckConstraint(
                name="lived_experience_of_whole_or_main_stage",
                condition=Q(part__in=[Part.WHOLE, Part.MAIN_STAGE]),
            ),
        ]

    def __str__(self) -> str:
        return f"Lived experience at {self.gathering_id}"


class ThreeAnswers(models.Model):
    """Who is not at the table, who should be, how to get them there: as answered on one day.

    Answered again later is a further row; personal text may be blanked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="three_answers")
    who_is_not = models.TextField(blank=True)
    who_should_be = models.TextField(blank=True)
    how = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["gathering", "-at"], name="three_answers_newest")]

    def __str__(self) -> str:
        return f"Three answers about {self.gathering_id}"
