"""Reading what goes into a pack, at the moment at which it is frozen.

The same number of queries however much there is.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from committees.models import Meeting, Pack
from committees.pack_facts import (
    Advised,
    Before,
    Closure,
    Facts,
    Heading,
    Later,
    Missed,
    Objected,
    Owed,
    Step,
    Work,
)
from committees.pack_pieces import Text, joined, name, words
from committees.pack_sections import before_of
from committees.queries.advice import as_row as advice_row
from committees.queries.advice import awaiting_answer
from committees.queries.groups import GroupRow, groups_of
from committees.queries.opinions import opinions_on
from committees.queries.pack_since import (
    decided_since,
    finished_since,
    moved_since,
    reopened_since,
    subject_of,
)
from organisations.models import Organisation, User
from recommendations.enums import ActionKind, Ruling
from recommendations.models import Action, ExtensionEnd, Objection, Recommendation
from recommendations.queries import Row, rows_of
from recommendations.queries.matters import awaiting_response, open_extensions, open_proposals
from recommendations.queries.proving import standings_of


def facts_for(meeting: Meeting, *, number: int, by: User, now: datetime) -> Facts:
    organisation, today = meeting.group.organisation, timezone.localdate(now)
    before = last_pack_of(meeting)
    since = before.frozen_at if before else None
    titles = titles_of(organisation)
    moves = moves_of(organisation)
    rows = rows_of(organisation, today=today)
    return Facts(
        heading=Heading(
            number=number,
            organisation=organisation.name,
            group=meeting.group.name,
            meeting_on=meeting.date,
            frozen_at=now,
            frozen_by=called(by),
        ),
        today=today,
        before=before,
        work=tuple(_work(row, titles, moves) for row in rows),
        closures=_closures(organisation, rows),
        later=_later(organisation, moves),
        owed=tuple(
            Owed(subject_of(each), timezone.localdate(each.created_at))
            for each in only_named(awaiting_response(organisation))
        ),
        finished=finished_since(organisation, since),
        advice=_advice(organisation, now),
        objections=_objections(organisation),
        missed=(*_missed_meetings(organisation, now), *_missed_cadences(organisation, rows, now)),
        decided=decided_since(organisation, since),
        moved=moved_since(organisation, since),
        reopened=reopened_since(organisation, since),
    )


def last_pack_of(meeting: Meeting) -> Before | None:
    """The one of this group that was frozen last."""
    packs = Pack.objects.filter(meeting__group=meeting.group_id).order_by("-number")
    last = packs.only("content", "frozen_at").first()
    return before_of(last.content, frozen_at=last.frozen_at) if last else None


def titles_of(organisation: Organisation) -> dict[UUID, str]:
    """Of every action: the rows of the dashboard do without them."""
    found = Action.objects.filter(recommendation__organisation=organisation)
    return dict(found.values_list("pk", "title"))


def only_named(recommendations: QuerySet[Recommendation]) -> QuerySet[Recommendation]:
    """Without what a pack does not hold."""
    plain = recommendations.select_related(None)
    return plain.only("organisation", "reference", "title", "created_at")


def moves_of(organisation: Organisation) -> Counter[UUID]:
    """How often the committee moved the date of each action."""
    moved = ExtensionEnd.objects.filter(
        ruling=Ruling.APPROVED, extension__action__recommendation__organisation=organisation
    )
    return Counter(moved.values_list("extension__action", flat=True))


def _work(row: Row, titles: dict[UUID, str], moves: Counter[UUID]) -> Work:
    recommendation, facts = row.recommendation, row.facts
    here = set(row.leads)
    return Work(
        subject=subject_of(recommendation),
        state=facts.state,
        needs_work=row.needs_work,
        is_silent=row.is_silent,
        is_overdue=row.is_overdue,
        last_heard=facts.last_update or facts.adopted_on,
        leads=joined(_with_commas(row.leads)),
        is_finding=facts.is_finding,
        is_activity_only=recommendation.is_activity_only,
        steps=tuple(
            _step(each, titles[each.pk], here, moves[each.pk])
            for each in recommendation.actions.all()
        ),
    )


def _with_commas(people: Iterable[User]) -> Iterator[Text]:
    for at, person in enumerate(people):
        yield from (", ", called(person)) if at else (called(person),)


def called(person: User | None) -> Text:
    """Their name as theirs, so that it can be taken out."""
    return name(person.shown_name, person.pk) if person else ""


def _step(action: Action, title: str, here: set[User], moves: int) -> Step:
    lead = action.responsible_owner
    return Step(
        id=str(action.pk),
        title=title,
        lead=called(lead),
        has_lead=lead in here,
        is_proven=action.proven_on is not None,
        original=action.original_date,
        target=action.target_date,
        moves=moves,
    )


def _closures(organisation: Organisation, rows: Iterable[Row]) -> tuple[Closure, ...]:
    shown = {row.recommendation.pk: [step.is_proven for step in row.facts.actions] for row in rows}
    proposals = list(open_proposals(organisation))
    opinions = opinions_on([each.pk for each in proposals])
    return tuple(
        Closure(
            id=str(each.pk),
            subject=subject_of(each.recommendation),
            wanted=each.get_wanted_display(),
            words=words(each.outcome or each.reason, each.proposed_by_id),
            is_activity_only=each.is_activity_only,
            by=called(each.proposed_by),
            on=timezone.localdate(each.proposed_at),
            shown=sum(shown[each.recommendation_id]),
            steps=len(shown[each.recommendation_id]),
            views=tuple(
                (said.opinion.get_view_display(), name(said.who, said.opinion.by_id))
                for said in opinions.get(each.pk, [])
            ),
        )
        for each in proposals
    )


def _later(organisation: Organisation, moves: Counter[UUID]) -> tuple[Later, ...]:
    return tuple(
        Later(
            id=str(each.pk),
            subject=subject_of(each.action.recommendation),
            step=each.action.title,
            old=each.old_date,
            new=each.new_date,
            why=words(each.reason, each.asked_by_id),
            by=called(each.asked_by),
            on=each.asked_on,
            moves=moves[each.action_id],
        )
        for each in open_extensions(organisation)
    )


def _advice(organisation: Organisation, now: datetime) -> tuple[Advised, ...]:
    today = timezone.localdate(now)
    rows = (advice_row(each, today=today) for each in awaiting_answer(organisation))
    return tuple(
        Advised(
            id=str(row.advice.pk),
            reference=row.advice.reference,
            title=words(row.advice.title, row.advice.asked_by_id or row.advice.given_by_id),
            group=row.advice.group.name,
            given_on=row.advice.given_on,
            answer_due=row.standing.due,
        )
        for row in rows
        if row.advice.given_on
    )


def _objections(organisation: Organisation) -> tuple[Objected, ...]:
    """What kind of objection, not its words: they are about somebody's own work."""
    waiting = Objection.objects.filter(
        action__recommendation__organisation=organisation, settled_at=None
    )
    return tuple(
        Objected(
            id=str(each.pk),
            subject=subject_of(each.action.recommendation),
            step=each.action.title,
            lead=called(each.lead),
            why=each.get_kind_display(),
            on=timezone.localdate(each.made_at),
        )
        for each in waiting.select_related("action__recommendation", "lead").order_by("made_at")
    )


def _missed_meetings(organisation: Organisation, now: datetime) -> list[Missed]:
    rows = groups_of(organisation, today=timezone.localdate(now))
    late = (row for row in rows if row.group.closed_on is None)
    return [_late_group(row) for row in late if row.standing.is_late or row.standing.missed]


def _late_group(row: GroupRow) -> Missed:
    missed, standing = row.standing.missed, row.standing
    told = [f"{missed} planned and not held" if missed else ""]
    told.append(f"said it would meet {row.often}" if standing.is_late else "")
    how = ", ".join(filter(None, told))
    due = standing.late_after if standing.is_late else None
    return Missed(id=str(row.group.pk), what=row.group.name, how=how, due=due)


def _missed_cadences(
    organisation: Organisation, rows: Iterable[Row], now: datetime
) -> list[Missed]:
    held = Action.objects.filter(
        recommendation__organisation=organisation, kind=ActionKind.CADENCE
    ).select_related("responsible_owner")
    regular = {each.pk: each for each in held}
    standings = standings_of(regular.values(), today=timezone.localdate(now))
    return [
        Missed(
            id=str(action.pk),
            what=regular[action.pk].title,
            how=standings[action.pk].words,
            due=standings[action.pk].next_due,
            subject=subject_of(row.recommendation),
            lead=called(action.responsible_owner),
        )
        for row in rows
        if row.needs_work
        for action in row.recommendation.actions.all()
        if action.pk in standings and standings[action.pk].is_missed
    ]
