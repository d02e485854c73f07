"""One recommendation in full: all that its page tells."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import JSONBAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from organisations.models import Membership
from recommendations import who_decides
from recommendations.enums import State
from recommendations.models import (
    Action,
    ClosureProposal,
    Dependency,
    Evidence,
    EvidenceVersion,
    Handover,
    Indicator,
    Objection,
    Recheck,
    Recommendation,
)
from recommendations.queries.not_yet import newest_not_yet
from recommendations.queries.page_requests import Decided, requests_shown
from recommendations.queries.rows import has_current_lead, updates_of

VIEWS = {"agree": ("done", "Agree"), "not_yet": ("returned", "Not yet")}
"""How those who advise are shown; what they may say is known one room up."""
AS_JSON_NAMES = ("pk", "reference", "title", "state")


def page_of_one(
    membership: Membership, *, pk: UUID, public_alone: bool, today: date
) -> Recommendation | None:
    """With its actions and updates, and what tells whether this member decides on it: three
    queries, however much there is of each.

    public_alone: of evidence only what was made public.
    """
    evidence = _evidence(public_alone=public_alone)
    found = (
        membership.organisation.recommendations.filter(pk=pk)
        .select_related("theme", "accountable_owner", "source", "organisation")
        .prefetch_related(Prefetch("actions", queryset=_actions()))
        .annotate(
            before=_linked("recommendation", "depends_on"),
            after=_linked("depends_on", "recommendation"),
            is_measured=Exists(
                Indicator.objects.filter(recommendations=OuterRef("pk"), retired_at=None)
            ),
            checks=_rechecks(),
            asked_public=_asked_public(),
            sponsor_is_here=Exists(_as_sponsor()),
            sponsor_handover=_latest_handover(recommendation=OuterRef("pk"), action=None),
            evidence_count=Coalesce(
                Subquery(
                    evidence.order_by()
                    .values("recommendation")
                    .annotate(pieces=Count("pk"))
                    .values("pieces")
                ),
                0,
            ),
            **who_decides.columns(membership, today),
        )
        .first()
    )
    if found is not None:
        # What the rules about silence ask, and what the page shows: the same rows.
        found.latest_updates = list(updates_of(found))  # type: ignore[attr-defined]
    return found


def _as_sponsor() -> QuerySet[Membership]:
    here = Membership.objects.current().filter(organisation=OuterRef("organisation"))
    return here.filter(user=OuterRef("accountable_owner"))


def _named(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _evidence(*, public_alone: bool) -> QuerySet[Evidence]:
    rows = Evidence.objects.filter(recommendation=OuterRef("pk"), withdrawn_at=None)
    return rows.filter(public_at__isnull=False) if public_alone else rows


def _linked(of: str, to: str) -> ArraySubquery:
    names = {name: f"{to}__{name}" for name in AS_JSON_NAMES}
    rows = Dependency.objects.filter(**{of: OuterRef("pk")}).order_by(f"{to}__position")
    return ArraySubquery(rows.values(json=JSONObject(**names)))


def _rechecks() -> ArraySubquery:
    rows = Recheck.objects.filter(recommendation=OuterRef("pk"), dropped_at=None)
    names = ("pk", "months", "due_on", "result", "note", "checked_on")
    shown = JSONObject(**{name: name for name in names}, proposer="proposal__proposed_by")
    return ArraySubquery(rows.order_by("due_on").values(json=shown))


def _asked_public() -> ArraySubquery:
    """Evidence of which somebody asks that everybody may read it, with who wrote any of it."""
    rows = Evidence.objects.filter(recommendation=OuterRef("pk"), asked_public_at__isnull=False)
    writers = EvidenceVersion.objects.filter(evidence=OuterRef("pk")).order_by().values("by")
    shown = JSONObject(pk="pk", title="title", writers=ArraySubquery(writers))
    return ArraySubquery(rows.order_by("asked_public_at", "pk").values(json=shown))


def _latest_handover(**about: Any) -> Subquery:
    rows = Handover.objects.filter(**about).order_by("-at")
    shown = JSONObject(note="note", at="at", who="from_user__display_name")
    return Subquery(rows.values(json=shown)[:1])


def _actions() -> QuerySet[Action]:
    said = Objection.objects.filter(action=OuterRef("pk")).order_by("-made_at")
    shown = _named("pk", "lead", "kind", "reason", "made_at", "settled_at", "answer")
    return (
        Action.objects.select_related("responsible_owner")
        .annotate(
            has_current_lead=has_current_lead(),
            objection=Subquery(said.values(json=shown)[:1]),
            handover=_latest_handover(action=OuterRef("pk")),
            not_yet=newest_not_yet(),
            requests=requests_shown(),
        )
        .order_by("position")
    )


@dataclass(frozen=True)
class RecheckRow:
    """A check after closing, still to come or done."""

    pk: UUID
    months: int
    due_on: date
    result: str
    note: str
    checked_on: date | None


def rechecks_of(recommendation: Recommendation) -> list[RecheckRow]:
    """Of a recommendation that `page_of_one` loaded, by their day; dropped ones are not told."""
    found: list[dict[str, Any]] = recommendation.checks  # type: ignore[attr-defined]
    return [
        RecheckRow(
            pk=UUID(each["pk"]),
            months=each["months"],
            due_on=date.fromisoformat(each["due_on"]),
            result=each["result"],
            note=each["note"],
            checked_on=date.fromisoformat(each["checked_on"]) if each["checked_on"] else None,
        )
        for each in found
    ]


@dataclass(frozen=True)
class View:
    """What an adviser, or a staff network as a whole, thinks of a proposal."""

    who: str
    view: str
    note: str

    @property
    def look(self) -> tuple[str, str]:
        """The kind of its tag, and its words."""
        return VIEWS.get(self.view, ("not_known", "Cannot tell"))


@dataclass(frozen=True)
class ProposalRow:
    """A proposal to close and what became of it; `decision` is the committee's, if there is one.

    Of somebody who thought again only the newest view is told.
    """

    proposal: ClosureProposal
    decision: Decided | None
    views: tuple[View, ...]

    @property
    def how(self) -> str:
        """As what it should be closed; it is not closed yet."""
        return f"As {State(self.proposal.wanted).label.removeprefix('Closed: ')}"


def proposals_of(recommendation: Recommendation) -> list[ProposalRow]:
    """Newest first; one query. Decisions and views lie one room up, reached by their names."""
    shown = JSONObject(
        by="opinions__by",
        name="opinions__by__display_name",
        group="opinions__group__name",
        view="opinions__view",
        note="opinions__note",
    )
    found = (
        recommendation.proposals.select_related(
            "proposed_by", "decision__meeting", "decision__decided_by"
        )
        .annotate(
            said=JSONBAgg(
                shown, filter=Q(opinions__isnull=False), order_by="-opinions__at", default=[]
            )
        )
        .order_by("-proposed_at")
    )
    return [ProposalRow(each, _decision_of(each), tuple(_views(each.said))) for each in found]


def _decision_of(proposal: ClosureProposal) -> Decided | None:
    decision = getattr(proposal, "decision", None)
    if decision is None:
        return None
    return Decided(
        ruling=decision.ruling,
        met_on=decision.meeting.date,
        by=decision.decided_by.shown_name,
        was_passed_on=decision.was_passed_on,
        reason=decision.reason,
    )


def _views(said: list[dict[str, Any]]) -> list[View]:
    newest: dict[tuple[Any, Any], View] = {}
    for each in said:
        who = each["group"] or each["name"] or "Somebody"
        newest.setdefault((each["by"], each["group"]), View(who, each["view"], each["note"]))
    return list(newest.values())
