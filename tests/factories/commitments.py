from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.enums import Choice, InvitationState, Kept, PledgeState, PromiseGroup
from commitments.models import (
    CheckIn,
    CheckInLine,
    Invitation,
    Pledge,
    Promise,
    Signing,
    Wording,
    WordingPromise,
)
from commitments.queries import kept_promises_of
from commitments.rhythm import open_period
from tests.factories.organisations import UserFactory


class WordingFactory(DjangoModelFactory[Wording]):
    """A small wording of four promises; `load_catalogue` loads the real one."""

    class Meta:
        model = Wording
        django_get_or_create = ("key", "version")
        skip_postgeneration_save = True

    key = "small-wording"
    version = 1
    title = "A small pledge"
    source_name = "A source, its author, 2021"
    introduction = "Why this matters."
    women_definition = "A woman is whoever says so."
    minoritised_definition = "Whoever says that they are."

    @factory.post_generation
    def promises(self: Wording, create: bool, extracted: Any, **kwargs: Any) -> None:
        if self.promises.exists():
            return
        for position, (group, key) in enumerate(
            [
                (PromiseGroup.COMMITTING, "ask"),
                (PromiseGroup.COMMITTING, "panels"),
                (PromiseGroup.ALSO, "encourage"),
                (PromiseGroup.ALSO, "barriers"),
            ],
            1,
        ):
            WordingPromise.objects.create(
                wording=self, key=key, position=position, group=group,
                title=f"Title of {key}", text=f"I promise to {key}.",
            )  # fmt: skip


class PledgeFactory(DjangoModelFactory[Pledge]):
    """Published, with every promise of the wording adopted, unless told otherwise.

    signing=wording; signing__left_out=[keys]; signing__adapted={key: text};
    signing__own=[texts]; signing__statement=text. `draft=True` leaves it unsigned.
    """

    class Meta:
        model = Pledge
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(
            state=PledgeState.DRAFT,
            published_at=None,
            slug=factory.LazyAttribute(lambda pledge: f"draft-{pledge.leader.pk}"),
        )

    leader = factory.SubFactory(UserFactory)
    leader_name = factory.LazyAttribute(lambda pledge: pledge.leader.display_name)
    role_title = "Chief executive"
    organisation_name = factory.LazyAttribute(
        lambda pledge: pledge.organisation.name if pledge.organisation else ""
    )
    organisation = None
    state = PledgeState.PUBLISHED
    created_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyAttribute(lambda pledge: pledge.created_at)
    slug = factory.Sequence(lambda n: f"pledge-{n}")

    @factory.post_generation
    def signing(self: Pledge, create: bool, extracted: Wording | None, **kwargs: Any) -> None:
        signing = Signing.objects.create(
            pledge=self,
            wording=extracted or WordingFactory(),
            statement=kwargs.get("statement", ""),
        )
        Promise.objects.bulk_create(promises(signing, **kwargs))
        if self.state != PledgeState.DRAFT:
            signing.signed_at = self.published_at
            signing.save()


def promises(
    signing: Signing,
    *,
    left_out: tuple[str, ...] = (),
    adapted: dict[str, str] | None = None,
    own: tuple[str, ...] = (),
    statement: str = "",
) -> list[Promise]:
    adapted = adapted or {}
    rows = []
    for line in signing.wording.promises.order_by("position"):
        choice = Choice.ADAPTED if line.key in adapted else Choice.ADOPTED
        rows.append(
            Promise(
                wording_promise=line,
                group=line.group,
                choice=Choice.LEFT_OUT if line.key in left_out else choice,
                text=adapted.get(line.key, line.text),
            )
        )
    rows += [Promise(group=PromiseGroup.OWN, choice=Choice.OWN, text=text) for text in own]
    for position, row in enumerate(rows, 1):
        row.signing, row.position = signing, position
    return rows


class InvitationFactory(DjangoModelFactory[Invitation]):
    class Meta:
        model = Invitation

    pledge = factory.SubFactory(PledgeFactory)
    title = factory.Sequence(lambda n: f"Event {n}")
    organiser = "An organiser"
    received_on = factory.LazyFunction(timezone.localdate)
    state = InvitationState.RECEIVED
    created_at = factory.LazyFunction(timezone.now)


class CheckInFactory(DjangoModelFactory[CheckIn]):
    """`lines={position: (kept, reflection)}`; a promise not named has nothing to report."""

    class Meta:
        model = CheckIn
        skip_postgeneration_save = True

    pledge = factory.SubFactory(PledgeFactory)
    period = factory.LazyAttribute(lambda c: first_of_period(c.pledge, c.checked_in_at))
    checked_in_at = factory.LazyFunction(timezone.now)
    by = factory.LazyAttribute(lambda check_in: check_in.pledge.leader)

    @factory.post_generation
    def lines(
        self: CheckIn, create: bool, extracted: dict[int, tuple[Kept, str]] | None, **kwargs: Any
    ) -> None:
        given = extracted or {}
        rows = []
        for promise in kept_promises_of(self.pledge):
            kept, reflection = given.get(promise.position, (Kept.NOTHING, ""))
            rows.append(
                CheckInLine(check_in=self, promise=promise, kept=kept, reflection=reflection)
            )
        CheckInLine.objects.bulk_create(rows)


def first_of_period(pledge: Pledge, at: datetime) -> date:
    return open_period(timezone.localdate(at), pledge.check_in_every).first


__all__ = ["CheckInFactory", "InvitationFactory", "PledgeFactory", "WordingFactory"]
