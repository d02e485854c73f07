"""A person's own pledges, and their texts: the one being written, and as last signed."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from commitments.enums import Choice, PledgeState, PromiseGroup
from commitments.models import Pledge, Promise, Signing, Wording, WordingPromise
from commitments.text import Line
from organisations.models import Organisation, User
from panels.thresholds import Threshold, Thresholds


def current_wording() -> Wording | None:
    """The newest wording with its promises in order, or None before any was loaded."""
    return Wording.objects.prefetch_related("promises").order_by("-version").first()


def wording_groups(wording: Wording) -> list[tuple[PromiseGroup, list[WordingPromise]]]:
    """The wording's promises under their headings."""
    lines = sorted(wording.promises.all(), key=lambda line: line.position)
    return [
        (group, [line for line in lines if line.group == group])
        for group in (PromiseGroup.COMMITTING, PromiseGroup.ALSO)
    ]


def pledges_of(user: User) -> QuerySet[Pledge]:
    """A person's own pledges, drafts first, then the newest."""
    return user.pledges.newest_first()


def pledges_in_hand(user: User | None, browser: Sequence[str]) -> QuerySet[Pledge]:
    """The person's own, and drafts without a leader that this browser began."""
    drafts = Q(leader=None, state=PledgeState.DRAFT, pk__in=browser)
    return Pledge.objects.filter(drafts | Q(leader=user) if user else drafts)


def drafts_in_hand(user: User | None, browser: Sequence[str]) -> QuerySet[Pledge]:
    """Those of them that are still to be published, newest first."""
    return pledges_in_hand(user, browser).filter(state=PledgeState.DRAFT).order_by("-created_at")


def organisations_of(user: User | None) -> QuerySet[Organisation]:
    """Where the person is a member today: the organisations a pledge of theirs may name."""
    if user is None:
        return Organisation.objects.none()
    return Organisation.objects.filter(memberships__user=user, memberships__ended_at=None).order_by(
        "name"
    )


def kept_pledges_of(user: User) -> QuerySet[Pledge]:
    """Those that were published: the ones that have a record."""
    return user.pledges.shown().newest_first()


def asker(slug: str) -> Pledge | None:
    """Whose page led somebody here, when they are willing to be counted as having asked."""
    public = Pledge.objects.published().filter(counts_who_followed=True)
    return public.filter(slug=slug).first() if slug else None


def text_in_hand(pledge: Pledge) -> Signing | None:
    """The text being written: a draft's, or a new version's. None when all is signed."""
    return pledge.signings.filter(signed_at=None).select_related("wording").first()


def current_signing(pledge: Pledge) -> Signing:
    """As last signed, whatever is being written meanwhile. A draft has none."""
    signed = pledge.signings.filter(signed_at__isnull=False)
    return signed.select_related("wording").latest("number")


def thresholds_of(pledge: Pledge) -> Thresholds:
    """Of the text as last signed; the usual ones before anything is signed. One query."""
    names = ("women_numerator", "women_denominator", "minoritised_numerator")
    fields = [f"wording__{name}" for name in (*names, "minoritised_denominator")]
    signed = pledge.signings.filter(signed_at__isnull=False).order_by("-number")
    found = signed.values_list(*fields).first()
    return Thresholds(Threshold(*found[:2]), Threshold(*found[2:])) if found else Thresholds()


def promises_of(signing: Signing) -> list[Promise]:
    return list(signing.promises.select_related("wording_promise").order_by("position"))


def current_promises(pledge: Pledge) -> QuerySet[Promise]:
    """As last signed, whatever is being written meanwhile; one query."""
    signed = pledge.signings.filter(signed_at__isnull=False).order_by("-number")
    return (
        Promise.objects.filter(signing=signed.values("pk")[:1])
        .select_related("wording_promise")
        .order_by("position")
    )


def lines_of(signing: UUID) -> tuple[Line, ...]:
    """The promises of a text that may still change, in order."""
    rows = Promise.objects.filter(signing=signing).order_by("position")
    return tuple(
        Line(PromiseGroup(group), Choice(choice), text)
        for group, choice, text in rows.values_list("group", "choice", "text")
    )
