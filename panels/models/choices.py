"""What an organisation counts and aims for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation


class CountingChoices(models.Model):
    """What one organisation counts and aims for itself: never below the wording's thresholds."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="counting_choices"
    )
    women_definition = models.CharField(max_length=40)
    women_numerator = models.PositiveSmallIntegerField()
    women_denominator = models.PositiveSmallIntegerField()
    minoritised_numerator = models.PositiveSmallIntegerField()
    minoritised_denominator = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="counting_women_not_below_half",
                condition=Q(women_denominator__gt=0)
                & Q(women_numerator__lte=models.F("women_denominator"))
                & Q(
                    women_numerator__gte=models.F("women_denominator") - models.F("women_numerator")
                ),
            ),
            models.CheckConstraint(
                name="counting_minoritised_not_below_a_fifth",
                condition=Q(minoritised_denominator__gt=0)
                & Q(minoritised_numerator__lte=models.F("minoritised_denominator"))
                & Q(minoritised_denominator__lte=models.F("minoritised_numerator") * 5),
            ),
        ]

    def __str__(self) -> str:
        return f"What {self.organisation_id} counts"
