from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from organisations.models import MemberInvite
from reminders.enums import ReminderKind
from reminders.lines.about import About


def invites(subjects: Collection[UUID]) -> dict[UUID, About]:
    """Without the address: who was asked is for the page to say."""
    rows = MemberInvite.objects.filter(pk__in=subjects).select_related("organisation")
    return {
        row.pk: About("An invitation to join", reverse("people", args=[row.organisation.slug]))
        for row in rows
    }


LINES = {ReminderKind.INVITE: invites}
