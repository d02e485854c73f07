"""What is to be done next by whoever is signed in, across their organisations."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Membership, User
from recommendations import lifecycle
from recommendations.enums import Stage, State
from recommendations.models import (
    Action,
    Assessment,
    ClosureProposal,
    Evidence,
    EvidenceVersion,
    Objection,
    Recheck,
    Recommendation,
)
from recommendations.queries import action_facts, actions_to_do
from recommendations.queries.evidence import DECIDE_WHO_READS
from recommendations.queries.not_yet import open_not_yets
from recommendations.queries.rechecking import ADVISE, nobody_free, sits_there
from recommendations.queries.rows import waiting_for_their_leads
from ui.dates import in_full

SIGN = (Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE)
# What comes first in the list.
(ANSWER, OVERDUE, DUE_SOON, UPDATE, RETURNED, LOOK_AGAIN, SIGN_OFF, LATER) = range(8)
OF_OTHERS = {
    "objection": ("Waiting for your answer", "objection_settle", ANSWER, "Not taken on since"),
    "recheck": ("Time to look again", "recheck_record", LOOK_AGAIN, "Due"),
    "passed_on": ("Passed to you: look again", "recheck_record", LOOK_AGAIN, "Due"),
    "evidence": ("Asked to be public: look into it", "evidence_detail", SIGN_OFF, "Asked"),
    "assessment": ("Waiting to be signed off", "assessment_sign", SIGN_OFF, "Begun"),
}
"""Of each kind: the word of its status, where it is done, its rank and what its day tells."""


@dataclass(frozen=True)
class MyTask:
    """One thing to do; `kind` and `label` name its status, `rank` and `on` its place.

    `why_late_url`: where it is said why it is late; empty for what is not, or was said.
    """

    title: str
    url: str
    kind: str
    label: str
    detail: str
    rank: int
    on: date | None
    why_late_url: str = ""

    @property
    def place(self) -> tuple[int, date, str]:
        return self.rank, self.on or date.max, self.title


def tasks_of(user: User, memberships: Iterable[Membership], *, today: date) -> list[MyTask]:
    """All of it, what is to be done next first; three queries."""
    memberships = list(memberships)
    tasks = [
        *_of_actions(user, today),
        *_of_updates(user, memberships, today),
        *_of_others(user, memberships, today),
    ]
    return sorted(tasks, key=lambda task: task.place)


def _where(recommendation: Recommendation) -> str:
    return f"{recommendation.organisation}, recommendation {recommendation.reference}"


def _of_actions(user: User, today: date) -> Iterator[MyTask]:
    said_no = Objection.objects.filter(action=OuterRef("pk"), lead=user, settled_at=None)
    actions = (
        actions_to_do()
        .filter(responsible_owner=user)
        .annotate(said_no=Exists(said_no), not_yet=_not_yet(today))
        .select_related("recommendation__organisation")
    )
    for action in actions:
        kind, label, rank = _status_of(action, today)
        day = in_full(action.target_date) if action.target_date else "No date yet"
        of = action.recommendation
        detail = f"{day} · {_where(of)}"
        if rank == OVERDUE and action.not_yet:
            detail += f" · Not yet, until {in_full(action.not_yet)}"
        yield MyTask(
            title=action.title,
            url=of.get_absolute_url(),
            kind=kind,
            label=label,
            detail=detail,
            rank=rank,
            on=action.target_date,
            why_late_url=_why_late(action) if rank == OVERDUE and not action.not_yet else "",
        )


def _not_yet(today: date) -> Subquery:
    return Subquery(open_not_yets(today).order_by("-until").values("until")[:1])


def _why_late(action: Action) -> str:
    of = action.recommendation
    return reverse("action_not_yet", args=[of.organisation.slug, of.pk, action.pk])


def _status_of(action: Any, today: date) -> tuple[str, str, int]:
    """The kind of status tag, its word where that is not the usual one, and the rank."""
    if action.said_no:
        return "returned", "You said no; not answered yet", LATER
    if action.accepted_by_id is None or action.target_date is None:
        return "waiting", "Waiting for your yes", ANSWER
    facts = action_facts(action, has_lead=True)
    if lifecycle.is_late(facts, today):
        return "overdue", "", OVERDUE
    if lifecycle.falls_soon(facts, today):
        return "due_soon", "", DUE_SOON
    return "in_progress", "", LATER


def _of_updates(user: User, memberships: Iterable[Membership], today: date) -> Iterator[MyTask]:
    """What they own and nobody has heard of for too long, or what the committee returned."""
    homes = {each.organisation_id: each.organisation for each in memberships}
    newest = ClosureProposal.objects.filter(recommendation=OuterRef("pk")).order_by("-proposed_at")
    leads = Action.objects.filter(recommendation=OuterRef("pk"), responsible_owner=user)
    found = (
        Recommendation.objects.filter(waiting_for_their_leads(), organisation__in=homes)
        .filter(Q(accountable_owner=user) | Exists(leads))
        .annotate(
            heard_at=Max("updates__posted_at"),
            returned_at=Subquery(newest.values("settled_at")[:1]),
        )
        .defer("text")
    )
    for each in found:
        organisation = each.organisation = homes[each.organisation_id]
        heard_on = timezone.localdate(each.heard_at or each.created_at)
        if _is_returned(each):
            returned_on = timezone.localdate(each.returned_at)
            yield _about(each, "returned", "Not yet, said the committee", RETURNED, returned_on)
        elif today - heard_on > timedelta(days=organisation.silent_after_days):
            yield _about(each, "silent", "An update is owed", UPDATE, heard_on)


def _is_returned(found: Any) -> bool:
    """The newest proposal was decided, it is open, and nothing was heard or reopened since."""
    since = [at for at in (found.heard_at, found.reopened_at) if at]
    return found.returned_at is not None and all(at < found.returned_at for at in since)


def _about(of: Recommendation, kind: str, label: str, rank: int, on: date) -> MyTask:
    said = "Last heard of" if kind == "silent" else "Decided"
    detail = f"{said} {in_full(on)} · {_where(of)}"
    return MyTask(of.title, of.get_absolute_url(), kind, label, detail, rank, on)


def _of_others(user: User, memberships: Sequence[Membership], today: date) -> Iterator[MyTask]:
    """What others wait for: an answer, a second look, a signature. One query."""
    found = _objections(user, memberships).union(
        _rechecks(user, memberships, today),
        _passed_on(user, memberships, today),
        _assessments(user, memberships),
        _evidence(user, memberships),
        all=True,
    )
    for each in found:
        label, url_name, rank, said = OF_OTHERS[each["what"]]
        about = f"recommendation {each['named']}" if each["named"] else "impact assessment"
        yield MyTask(
            title=each["called"],
            url=reverse(url_name, args=[each["slug"], each["row"]]),
            kind="waiting",
            label=label,
            detail=f"{said} {in_full(each['day'])} · {each['home']}, {about}",
            rank=rank,
            on=each["day"],
        )


def _objections(user: User, memberships: Iterable[Membership]) -> QuerySet[Any]:
    """What somebody did not take on: its sponsor answers, and in their place the chairs or,
    without a chair, the coordinators."""
    memberships = list(memberships)
    homes = [each.organisation_id for each in memberships]
    of = "action__recommendation"
    here = Membership.objects.current().filter(organisation=OuterRef(f"{of}__organisation"))
    others = here.exclude(user=OuterRef("lead"))
    no_sponsor = ~Q(Exists(others.filter(user=OuterRef(f"{of}__accountable_owner"))))
    no_chair = ~Q(Exists(others.filter(roles__contains=[Role.CHAIR])))
    chaired, coordinated = (
        Q(**{f"{of}__organisation__in": _with_role(memberships, (role,))})
        for role in (Role.CHAIR, Role.COORDINATOR)
    )
    theirs = Q(**{f"{of}__accountable_owner": user})
    found = (
        Objection.objects.filter(settled_at=None, action__recommendation__organisation__in=homes)
        .filter(theirs | (no_sponsor & (chaired | (no_chair & coordinated))))
        .exclude(lead=user)
        .exclude(action__recommendation__state__in=State.closed())
    )
    return _named("objection", found, F("action__title"), of=of, on=F("made_at__date"))


def _rechecks(user: User, memberships: Iterable[Membership], today: date) -> QuerySet[Any]:
    """What the committee is to look at again, where it is not their own work."""
    found = _checks(user, memberships, today).filter(sits_there(user, today))
    return _check_rows("recheck", found)


def _passed_on(user: User, memberships: Sequence[Membership], today: date) -> QuerySet[Any]:
    """The same, where nobody on the committee is free."""
    homes = _with_role(memberships, ADVISE)
    found = _checks(user, memberships, today).filter(nobody_free(today))
    return _check_rows("passed_on", found.filter(recommendation__organisation__in=homes))


def _checks(user: User, memberships: Iterable[Membership], today: date) -> QuerySet[Recheck]:
    """Coordinators never look; they may be told on the page."""
    leads = Action.objects.filter(recommendation=OuterRef("recommendation"), responsible_owner=user)
    homes = [each.organisation_id for each in memberships if not each.has_role(Role.COORDINATOR)]
    return (
        Recheck.objects.filter(result="", dropped_at=None, due_on__lte=today)
        .filter(recommendation__organisation__in=homes)
        .exclude(recommendation__accountable_owner=user)
        .exclude(proposal__proposed_by=user)
        .exclude(Exists(leads))
    )


def _check_rows(kind: str, found: QuerySet[Recheck]) -> QuerySet[Any]:
    title = F("recommendation__title")
    return _named(kind, found, title, of="recommendation", on=F("due_on"))


def _assessments(user: User, memberships: Iterable[Membership]) -> QuerySet[Any]:
    """Impact assessments whose findings stand, written by somebody else."""
    homes = _with_role(memberships, SIGN)
    found = Assessment.objects.filter(stage=Stage.FINDINGS, organisation__in=homes)
    rows = found.exclude(author=user)
    return _named("assessment", rows, F("subject"), of="", on=F("created_at__date"))


def _evidence(user: User, memberships: Iterable[Membership]) -> QuerySet[Any]:
    """Of which somebody asks that everybody may read it; as `may_decide_who_reads` judges it."""
    of = "recommendation"
    found = Evidence.objects.filter(
        asked_public_at__isnull=False,
        recommendation__organisation__in=_with_role(memberships, DECIDE_WHO_READS),
    )
    leads = Action.objects.filter(recommendation=OuterRef(of), responsible_owner=user)
    wrote = EvidenceVersion.objects.filter(evidence=OuterRef("pk"), by=user)
    others = found.exclude(recommendation__accountable_owner=user).exclude(added_by=user)
    rows = others.exclude(Exists(leads)).exclude(Exists(wrote))
    return _named("evidence", rows, F("title"), of=of, on=F("asked_public_at__date"))


def _named(kind: str, rows: QuerySet[Any], title: F, *, of: str, on: F) -> QuerySet[Any]:
    """The same columns for each kind; `of` leads to its recommendation, where there is one."""
    home = f"{of}__organisation" if of else "organisation"
    return rows.order_by().values(
        what=Value(kind),
        row=F("pk"),
        called=title,
        named=F(f"{of}__reference") if of else Value(""),
        slug=F(f"{home}__slug"),
        home=F(f"{home}__name"),
        day=on,
    )


def _with_role(memberships: Iterable[Membership], roles: tuple[Role, ...]) -> list[Any]:
    return [each.organisation_id for each in memberships if each.has_role(*roles)]
