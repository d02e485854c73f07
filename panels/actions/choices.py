"""What an organisation counts and aims for."""

from datetime import datetime

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from organisations.refusals import Refused
from panels.choices import WOMEN_DEFINITIONS, Choices, problems
from panels.enums import CountingVerb
from panels.models import CountingChoices
from panels.queries.choices import choices_of


class ChoiceRefused(Refused):
    """An aim lies below what the wording asks for, or nobody is counted like that."""


@transaction.atomic
def change_choices(
    *, organisation: Organisation, choices: Choices, by: User, now: datetime
) -> bool:
    """False when nothing differs. Counts that are there already keep what they were counted by."""
    for message in problems(choices.aims).values():
        raise ChoiceRefused(message)
    if choices.women_definition not in WOMEN_DEFINITIONS:
        raise ChoiceRefused("Choose who is counted.")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if choices_of(organisation) == choices:
        return False
    women, minoritised = choices.aims.women, choices.aims.minoritised
    CountingChoices.objects.update_or_create(
        organisation=organisation,
        defaults={
            "women_definition": choices.women_definition,
            "women_numerator": women.numerator,
            "women_denominator": women.denominator,
            "minoritised_numerator": minoritised.numerator,
            "minoritised_denominator": minoritised.denominator,
            "changed_by": by,
            "changed_at": now,
        },
    )
    record(
        CountingVerb.CHOICES_CHANGED,
        subject=organisation,
        organisation=organisation,
        by=by,
        now=now,
        definition=choices.women_definition,
    )
    return True
