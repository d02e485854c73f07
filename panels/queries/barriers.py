"""What is done about barriers at one gathering, and by which checklist."""

from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Count, F, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from organisations.models import Organisation
from panels import audit
from panels.checklist import BUILT_IN, Line, theme_of
from panels.entry import STAGED
from panels.enums import BarrierState, Counted, ForWhom, GatheringKind, Part, Stage, YesNo
from panels.models import (
    BarrierAnswer,
    Bursaries,
    ChecklistItem,
    Gathering,
    LivedExperience,
    Seat,
    Tally,
)

BURSARIES, LIVED = "bursaries", "lived"
"""Keys of what stands beside the lines of the checklist."""
NOTHING_CHOSEN = "Nothing chosen yet"
LEAST_ON_MAIN_STAGE = 5


@dataclass(frozen=True)
class BarriersOnRecord:
    """All that one gathering's page of barriers shows. `answers` by the key of their line.

    `retired`: lines no longer on the checklist that have an answer here. `parts`: of which lived
    experience may be said.
    """

    lines: list[Line]
    retired: list[Line]
    answers: dict[str, BarrierAnswer]
    bursaries: Bursaries | None
    lived: dict[str, LivedExperience]
    parts: tuple[Part, ...] = (Part.WHOLE,)


@dataclass(frozen=True)
class StateSummary:
    label: str
    number: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Lived:
    """Whether anybody was invited to speak from lived experience to one part, and paid."""

    part: Part
    invited: YesNo
    paid: YesNo


@dataclass(frozen=True)
class BarriersSummary:
    """For members: how many lines stand where, without notes. `total` is the whole checklist."""

    total: int
    states: tuple[StateSummary, ...]
    offered: int | None
    taken_up: int | None
    lived: tuple[Lived, ...]

    @property
    def has_totals(self) -> bool:
        return self.offered is not None or self.taken_up is not None

    @property
    def is_empty(self) -> bool:
        nothing_chosen = not any(state.label != NOTHING_CHOSEN for state in self.states)
        return nothing_chosen and not self.has_totals and not self.lived


def key_of(item: ChecklistItem) -> str:
    return item.barrier or str(item.pk)


def as_line(item: ChecklistItem) -> Line:
    return Line(key_of(item), item.text, ForWhom(item.for_whom), theme_of(item.barrier))


def checklist_of(organisation: Organisation) -> list[Line]:
    """Ours, until the organisation has a copy of its own; one query."""
    items = list(organisation.checklist_items.all())
    if not items:
        return list(BUILT_IN)
    return [as_line(item) for item in items if item.retired_at is None]


def retired_lines(organisation: Organisation) -> list[Line]:
    return [as_line(item) for item in organisation.checklist_items.exclude(retired_at=None)]


def line_of(organisation: Organisation, key: str) -> Line | None:
    """A line on the checklist; None for one that is not there, or no longer."""
    return next((line for line in checklist_of(organisation) if line.key == key), None)


def version_of(found: BarriersOnRecord, key: str) -> str:
    """What somebody types over; blank where nothing has been said yet."""
    if key == BURSARIES:
        return found.bursaries.entered_at.isoformat() if found.bursaries else ""
    if key == LIVED:
        return max((row.entered_at.isoformat() for row in found.lived.values()), default="")
    answer = found.answers.get(key)
    return str(answer.revision) if answer else ""


def parts_lived_of(gathering: Gathering) -> tuple[Part, ...]:
    """One query where there may be a main stage."""
    if GatheringKind(gathering.kind) not in STAGED:
        return (Part.WHOLE,)
    people = Gathering.objects.filter(pk=gathering.pk).values_list(_people_on_main_stage())
    return _parts_lived_of(people.get()[0])


def _parts_lived_of(people: int) -> tuple[Part, ...]:
    """A yes about a main stage of one person would be about that person."""
    if people < LEAST_ON_MAIN_STAGE:
        return (Part.WHOLE,)
    return (Part.WHOLE, Part.MAIN_STAGE)


def _people_on_main_stage() -> Coalesce:
    """Of the line-up; where nobody is on it, of the newest count that tells."""
    main = Q(session__stage=Stage.MAIN)
    roles = audit.counted_roles(GatheringKind.EVENT)
    seats = Seat.objects.filter(session__gathering=OuterRef("pk"), role__in=roles)
    seated = seats.order_by().values("session__gathering")
    named = Count("participant", filter=main, distinct=True)
    nobodys = Count("pk", filter=main & Q(participant=None))
    tallies = Tally.objects.filter(gathering=OuterRef("pk"), part=Part.MAIN_STAGE)
    tallies = tallies.filter(counted=Counted.COUNTED)
    counted = tallies.order_by("-version").annotate(n=F("yes") + F("no") + F("unknown"))
    return Coalesce(
        Subquery(seated.annotate(n=named + nobodys).values("n")),
        Subquery(counted.values("n")[:1]),
        0,
        output_field=IntegerField(),
    )


def barriers_on_record(gathering: Gathering) -> BarriersOnRecord:
    """Four queries and that of the parts, however long the checklist is."""
    parts = parts_lived_of(gathering)
    answers = list(gathering.barriers.select_related("item", "entered_by").order_by("item_id"))
    lines = checklist_of(gathering.organisation)
    listed = {line.key for line in lines}
    answered = [as_line(answer.item) for answer in answers]
    return BarriersOnRecord(
        lines=lines,
        retired=[line for line in answered if line.key not in listed],
        answers={key_of(answer.item): answer for answer in answers},
        bursaries=Bursaries.objects.filter(gathering=gathering).first(),
        lived={row.part: row for row in gathering.lived_experience.filter(part__in=parts)},
        parts=parts,
    )


def barriers_summary(gathering: Gathering) -> BarriersSummary:
    """Two queries."""
    answers = BarrierAnswer.objects.filter(gathering=gathering, item=OuterRef("pk"))
    items = gathering.organisation.checklist_items.annotate(said=answers.values("state")[:1])
    stand = [(item.text, item.said or "") for item in items if item.retired_at is None]
    if not stand and not items:
        stand = [(line.text, "") for line in BUILT_IN]
    held = [
        (label, tuple(text for text, said in stand if said == state))
        for state, label in (*BarrierState.choices, ("", NOTHING_CHOSEN))
    ]
    return BarriersSummary(
        total=len(stand),
        states=tuple(StateSummary(str(label), len(texts), texts) for label, texts in held if texts),
        **_totals(gathering),
    )


class Totals(TypedDict):
    offered: int | None
    taken_up: int | None
    lived: tuple[Lived, ...]


def _totals(gathering: Gathering) -> Totals:
    """A row for each part said of, the totals beside each."""
    found = list(
        Gathering.objects.filter(pk=gathering.pk)
        .order_by("-lived_experience__part")
        .values_list(
            "bursaries__offered",
            "bursaries__taken_up",
            "lived_experience__part",
            "lived_experience__invited",
            "lived_experience__paid",
            _people_on_main_stage(),
        )
    )
    offered, taken_up, *_, people = found[0]
    parts = _parts_lived_of(people)
    lived = [
        Lived(Part(part), YesNo(invited), YesNo(paid))
        for *_, part, invited, paid, _ in found
        if part in parts
    ]
    return {"offered": offered, "taken_up": taken_up, "lived": tuple(lived)}
