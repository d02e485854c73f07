from datetime import date, datetime
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.enums import Choice, InvitationState, Kept, PledgeState, PromiseGroup
from commitments.models import (
    CheckIn,
    CheckInLine,
    CheckInRemark,
    Invitation,
    Pledge,
    Promise,
    Signing,
    Step,
    Wording,
    WordingPromise,
)
from commitments.queries import kept_promises_of
from commitments.rhythm import open_period, period_holding
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
    """Published, with every promise of the wording adopted and followers counted, unless told
    otherwise.

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
            counts_who_followed=False,
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
    counts_who_followed = True
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
    """By the leader and confirmed, with the steps that its columns sum up. `steps=False` adds
    none; a test that wants others adds them itself."""

    class Meta:
        model = Invitation
        skip_postgeneration_save = True

    pledge = factory.SubFactory(PledgeFactory)
    title = factory.Sequence(lambda n: f"Event {n}")
    organiser = "An organiser"
    received_on = factory.LazyFunction(timezone.localdate)
    state = InvitationState.RECEIVED
    created_at = factory.LazyFunction(timezone.now)
    written_by = factory.LazyAttribute(lambda invitation: invitation.pledge.leader)
    confirmed_at = factory.LazyAttribute(lambda invitation: invitation.created_at)

    @factory.post_generation
    def steps(self: Invitation, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if extracted is False:
            return
        taken = {InvitationState.RECEIVED: self.received_on}
        if self.asked_on:
            taken[InvitationState.ASKED] = self.asked_on
        if self.lineup_changed:
            taken[InvitationState.CHANGED] = self.asked_on
        taken.setdefault(self.state, self.held_on or self.asked_on or self.received_on)
        Step.objects.bulk_create(
            Step(
                invitation=self,
                state=state,
                on=on,
                by=self.written_by,
                at=self.created_at,
                confirmed_at=self.confirmed_at,
            )
            for state, on in taken.items()
        )


class CheckInFactory(DjangoModelFactory[CheckIn]):
    """`lines={position: (kept, reflection)}`; a promise not named has nothing to report."""

    class Meta:
        model = CheckIn
        skip_postgeneration_save = True

    pledge = factory.SubFactory(PledgeFactory)
    period = factory.LazyAttribute(lambda c: first_of_period(c.pledge, c.checked_in_at))
    opened_on = factory.LazyAttribute(
        lambda c: period_holding(c.period, c.pledge.check_in_every).opens_on
    )
    checked_in_at = factory.LazyFunction(timezone.now)
    by = factory.LazyAttribute(lambda check_in: check_in.pledge.leader)

    @factory.post_generation
    def lines(
        self: CheckIn, create: bool, extracted: dict[int, tuple[Kept, str]] | None, **kwargs: Any
    ) -> None:
        given = extracted or {}
        for promise in kept_promises_of(self.pledge):
            kept, words = given.get(promise.position, (Kept.NOTHING, ""))
            line = CheckInLine.objects.create(check_in=self, promise=promise, kept=kept)
            if words:
                CheckInRemark.objects.create(line=line, text=words)


def first_of_period(pledge: Pledge, at: datetime) -> date:
    return open_period(timezone.localdate(at), pledge.check_in_every).first


__all__ = ["CheckInFactory", "InvitationFactory", "PledgeFactory", "WordingFactory"]
