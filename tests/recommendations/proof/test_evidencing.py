"""Evidence: what adding, versions, withdrawing and publishing write, and who may."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import evidencing
from recommendations.actions.evidencing import (
    add_evidence,
    add_version,
    publish_evidence,
    unpublish_evidence,
    withdraw_evidence,
)
from recommendations.enums import EvidenceKind
from recommendations.evidence_files import Given, read_file
from recommendations.models import (
    Action,
    Evidence,
    EvidenceVersion,
    Recommendation,
    StoredFile,
)
from recommendations.proof import NOT_YET
from recommendations.refusals import (
    ALREADY_PUBLIC,
    CLOSED,
    NEWER_VERSION,
    SAME_AGAIN,
    WITHDRAWN,
    RecommendationRefused,
)
from tests.factories.proving import (
    PDF,
    EvidenceFactory,
)
from tests.recommendations.proof.conftest import NOW, TODAY, close, fail, member, proven_on, verbs

NOTE = Given(dated=TODAY, note="The board agreed it.")
LINK = Given(dated=TODAY, url="https://example.org/policy")
FILE = Given(dated=TODAY, file=read_file(PDF))


def add(about: Recommendation | Action, by: User, given: Given = NOTE, **more: Any) -> Evidence:
    action = about if isinstance(about, Action) else None
    recommendation = about.recommendation if isinstance(about, Action) else about
    words: dict[str, Any] = {"title": "Policy", "now": NOW}
    return add_evidence(
        recommendation=recommendation, action=action, given=given, by=by, **words | more
    )


def version(evidence: Evidence, by: User, given: Given) -> EvidenceVersion:
    return add_version(evidence=evidence, given=given, by=by, now=NOW)


def publish(evidence: Evidence, by: User, seen: int = 1) -> Evidence:
    return publish_evidence(evidence=evidence, version=seen, by=by, now=NOW)


def withdraw(evidence: Evidence, by: User) -> bool:
    return withdraw_evidence(evidence=evidence, by=by, now=NOW)


class TestAdd:
    @pytest.mark.parametrize(
        ("given", "kind", "of"),
        [
            (NOTE, EvidenceKind.NOTE, b"The board agreed it."),
            (LINK, EvidenceKind.LINK, b"https://example.org/policy"),
            (FILE, EvidenceKind.FILE, PDF),
        ],
    )
    def test_one_piece_shows_a_deliverable(
        self, deliverable: Action, lead: User, given: Given, kind: str, of: bytes
    ) -> None:
        made = add(deliverable, lead, given)
        first = made.versions.get()
        assert (first.kind, first.number, first.by) == (kind, 1, lead)
        assert first.sha256 == hashlib.sha256(of).hexdigest()
        assert proven_on(deliverable) == TODAY
        assert verbs(deliverable.recommendation) == ["evidence_added", "action_proven"]

    def test_a_file_is_kept_byte_for_byte(self, deliverable: Action, lead: User) -> None:
        kept = add(deliverable, lead, FILE).versions.get().file
        assert kept is not None
        assert (bytes(kept.content), kept.size) == (PDF, len(PDF))
        assert kept.media_type == "application/pdf"

    def test_about_the_whole_it_proves_no_action(self, deliverable: Action, lead: User) -> None:
        add(deliverable.recommendation, lead)
        assert proven_on(deliverable) is None
        assert verbs(deliverable.recommendation) == ["evidence_added"]

    def test_history_holds_ids_alone(self, deliverable: Action, lead: User) -> None:
        made = add(deliverable, lead)
        entry = Entry.objects.about(deliverable.recommendation).filter(
            verb="recommendation.evidence_added"
        )
        assert entry.get().details == {
            "action": str(deliverable.pk),
            "number": "1",
            "evidence": str(made.pk),
            "version": "1",
        }

    def test_a_second_press_adds_nothing(self, deliverable: Action, lead: User) -> None:
        assert add(deliverable, lead, FILE) == add(deliverable, lead, FILE)
        assert StoredFile.objects.count() == 1

    def test_not_of_a_day_to_come(self, deliverable: Action, lead: User) -> None:
        later = Given(dated=TODAY + timedelta(days=1), note="Soon")
        with pytest.raises(RecommendationRefused, match=NOT_YET):
            add(deliverable, lead, later)

    def test_not_about_another_recommendations_action(
        self, deliverable: Action, lead: User
    ) -> None:
        other = EvidenceFactory().recommendation
        Recommendation.objects.filter(pk=other.pk).update(accountable_owner=lead)
        with pytest.raises(Action.DoesNotExist):
            add_evidence(
                recommendation=other, action=deliverable, title="x", given=NOTE, by=lead, now=NOW
            )

    def test_all_or_nothing(
        self, deliverable: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(evidencing, "record_step", fail)
        with pytest.raises(DatabaseError):
            add(deliverable, lead, FILE)
        assert (Evidence.objects.count(), StoredFile.objects.count()) == (0, 0)


class TestVersions:
    def test_it_stands_beside_the_one_before(self, deliverable: Action, lead: User) -> None:
        made = add(deliverable, lead, FILE)
        version(made, lead, LINK)
        assert list(made.versions.order_by("number").values_list("number", "kind")) == [
            (1, "file"),
            (2, "link"),
        ]

    def test_not_the_same_again(self, deliverable: Action, lead: User) -> None:
        made = add(deliverable, lead, FILE)
        with pytest.raises(RecommendationRefused, match=SAME_AGAIN):
            version(made, lead, FILE)

    def test_the_same_file_of_another_day_is_another(self, deliverable: Action, lead: User) -> None:
        made = add(deliverable, lead, FILE)
        given = Given(dated=date(2026, 1, 1), file=FILE.file)
        assert version(made, lead, given).number == 2

    def test_postgres_keeps_what_was_given(self, deliverable: Action, lead: User) -> None:
        made = add(deliverable, lead, FILE)
        for change in (
            lambda: EvidenceVersion.objects.update(sha256="0" * 64),
            lambda: EvidenceVersion.objects.update(note="Another"),
            lambda: EvidenceVersion.objects.all().delete(),
            lambda: StoredFile.objects.update(content=b"%PDF-another"),
            lambda: StoredFile.objects.all().delete(),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()
        same = {"evidence": made, "number": 1, "dated": TODAY, "sha256": "", "by": lead, "at": NOW}
        with pytest.raises(IntegrityError, match="version_once"), transaction.atomic():
            EvidenceVersion.objects.create(kind="note", **same)
        with pytest.raises(IntegrityError, match="holds_its_kind"), transaction.atomic():
            EvidenceVersion.objects.create(**same | {"number": 2, "kind": "link"})


class TestWithdraw:
    def test_it_stays_and_shows_nothing(self, deliverable: Action, lead: User, carol: User) -> None:
        made = add(deliverable, lead)
        publish(made, carol)
        assert withdraw(made, lead) is True
        made.refresh_from_db()
        assert (made.withdrawn_at, made.public_at, made.public_version) == (NOW, None, None)
        assert (made.versions.count(), proven_on(deliverable)) == (1, None)
        assert withdraw(made, lead) is False

    def test_nothing_more_is_added_to_it_or_made_public(
        self, deliverable: Action, lead: User, carol: User
    ) -> None:
        made = add(deliverable, lead)
        withdraw(made, lead)
        for attempt in (lambda: version(made, lead, LINK), lambda: publish(made, carol)):
            with pytest.raises(RecommendationRefused, match=WITHDRAWN):
                attempt()


class TestPublish:
    def test_somebody_of_the_committee_does(
        self, deliverable: Action, lead: User, carol: User
    ) -> None:
        made = publish(add(deliverable, lead), carol)
        assert (made.public_by, made.public_at, made.public_version) == (carol, NOW, 1)
        assert unpublish_evidence(evidence=made, by=carol, now=NOW) is True
        assert unpublish_evidence(evidence=made, by=carol, now=NOW) is False
        made.refresh_from_db()
        assert (made.public_by, made.public_at, made.public_version) == (None, None, None)
        assert verbs(deliverable.recommendation)[2:] == [
            "evidence_published",
            "evidence_unpublished",
        ]

    def test_a_new_version_is_internal_until_somebody_looked(
        self, deliverable: Action, lead: User, carol: User
    ) -> None:
        made = publish(add(deliverable, lead), carol)
        version(made, lead, LINK)
        made.refresh_from_db()
        assert made.public_version == 1
        with pytest.raises(RecommendationRefused, match=NEWER_VERSION):
            publish(made, carol, seen=1)
        assert publish(made, carol, seen=2).public_version == 2
        with pytest.raises(RecommendationRefused, match=ALREADY_PUBLIC):
            publish(made, carol, seen=2)

    def test_not_an_owner_nor_whoever_added_any_of_it_nor_a_member_without_the_role(
        self, deliverable: Action, harbour: Organisation, lead: User, bea: User, chidi: User
    ) -> None:
        """Roles do not help: the lead chairs the committee here, and the others coordinate."""
        lead.memberships.update(roles=[Role.CHAIR, Role.COORDINATOR])
        sponsor, added, wrote = (member(harbour, Role.COORDINATOR) for _ in range(3))
        Recommendation.objects.update(accountable_owner=sponsor)
        made = add(deliverable, added)
        version(made, wrote, LINK)
        for person in (lead, sponsor, added, wrote, bea, chidi):
            for attempt in (
                lambda by: publish(made, by, seen=2),
                lambda by: unpublish_evidence(evidence=made, by=by, now=NOW),
            ):
                with pytest.raises(PermissionDenied):
                    attempt(person)

    def test_also_once_it_is_closed(
        self, deliverable: Action, recommendation: Recommendation, lead: User, carol: User
    ) -> None:
        made = add(deliverable, lead)
        close(recommendation)
        assert publish(made, carol).public_version == 1

    def test_postgres_refuses_whoever_added_it(self, deliverable: Action, lead: User) -> None:
        add(deliverable, lead)
        by_somebody_else = "evidence_public_by_somebody_else"
        for wrong in (
            {"public_by": lead, "public_at": NOW, "public_version": 1},
            {"public_at": NOW},
            {"public_version": 1},
        ):
            with pytest.raises(IntegrityError, match=by_somebody_else), transaction.atomic():
                Evidence.objects.update(**wrong)


def test_owners_and_coordinators_alone_and_not_once_it_is_closed(
    deliverable: Action, lead: User, alice: User, bea: User, carol: User, chidi: User
) -> None:
    made = add(deliverable, lead)
    attempts: list[Callable[[User], object]] = [
        lambda by: add(deliverable, by, LINK),
        lambda by: version(made, by, LINK),
        lambda by: withdraw(made, by),
    ]
    for attempt in attempts:
        for person in (bea, carol, chidi):
            with pytest.raises(PermissionDenied):
                attempt(person)
    for attempt in attempts[:2]:
        attempt(alice)
    close(deliverable.recommendation)
    for attempt in attempts:
        with pytest.raises(RecommendationRefused, match=CLOSED):
            attempt(lead)
