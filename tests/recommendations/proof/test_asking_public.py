"""Asking that everybody may read a piece of evidence: who asks, who sees it, and who decides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import evidencing
from recommendations.evidence_files import Given
from recommendations.models import Action, Evidence, Recommendation
from tests.conftest import signed_in_as
from tests.factories.proving import EvidenceFactory
from tests.recommendations.proof.conftest import NOW, TODAY, fail, member, verbs

GOOD = {"title": "Policy", "dated": TODAY.isoformat(), "note": "The board agreed it."}
ASKS = GOOD | {"asks_public": "on"}
NOTE = Given(dated=TODAY, note="The board agreed it.")


@pytest.fixture
def asked(deliverable: Action, lead: User) -> Evidence:
    return evidencing.add_evidence(
        recommendation=deliverable.recommendation, action=deliverable, title="PIECE",
        given=NOTE, asks_public=True, by=lead, now=NOW,
    )  # fmt: skip


def of(evidence: Evidence, page: str = "") -> str:
    return f"/o/harbour-minds/recommendations/evidence/{evidence.pk}/{page}"


def told(user: User, evidence: Evidence) -> tuple[bool, bool, bool]:
    """Whether the recommendation and "my work" lead to it, and whether it is theirs to decide."""
    client, page = signed_in_as(user), of(evidence)
    shown = client.get(evidence.recommendation.get_absolute_url()).content.decode()
    mine = [task.url for task in client.get("/me/").context["tasks"]]
    decides = f'action="{page}keep/"' in client.get(page).content.decode()
    return f'href="{page}"' in shown, page in mine, decides


class TestAsking:
    @pytest.mark.parametrize(("said", "asks"), [(GOOD, False), (ASKS, True)])
    def test_as_it_is_added(
        self, said: dict[str, str], asks: bool, deliverable: Action, as_lead: Client
    ) -> None:
        path = f"/o/harbour-minds/recommendations/{deliverable.recommendation_id}/evidence/add/"
        page = as_lead.post(path, said, follow=True).content.decode()
        made = Evidence.objects.get()
        assert (made.asked_public_at is not None, made.public_at) == (asks, None)
        assert ("Until somebody else decides, your organisation" in page) is asks

    def test_with_a_new_version(self, deliverable: Action, lead: User, as_lead: Client) -> None:
        made = EvidenceFactory(recommendation=deliverable.recommendation, added_by=lead)
        assert as_lead.post(of(made, "new-version/"), GOOD).status_code == 302
        made.refresh_from_db()
        assert made.asked_public_at is None
        said = ASKS | {"note": "The board agreed it again."}
        assert as_lead.post(of(made, "new-version/"), said).status_code == 302
        made.refresh_from_db()
        assert made.asked_public_at is not None

    def test_what_was_ticked_stays(self, deliverable: Action, as_lead: Client) -> None:
        path = f"/o/harbour-minds/recommendations/{deliverable.recommendation_id}/evidence/add/"
        form = as_lead.post(path, ASKS | {"note": ""}).context["form"]
        assert (list(form.errors), form["asks_public"].value()) == (["note"], True)

    def test_history_tells(self, asked: Evidence, recommendation: Recommendation) -> None:
        said = [verb for verb in verbs(recommendation) if verb.startswith("evidence")]
        assert said == ["evidence_added", "evidence_asked"]

    def test_it_rolls_back_whole(
        self, deliverable: Action, lead: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(evidencing, "_ask", fail)
        with pytest.raises(DatabaseError), transaction.atomic():
            evidencing.add_evidence(
                recommendation=deliverable.recommendation, title="PIECE", given=NOTE,
                asks_public=True, by=lead, now=NOW,
            )  # fmt: skip
        assert Evidence.objects.count() == 0


class TestWhoSees:
    @pytest.mark.parametrize(
        ("role", "decides"),
        [
            (Role.STAFF, False), (Role.ORGANISER, False), (Role.ADVISER, None),
            (Role.TRUSTEE, False), (Role.COMMITTEE, True), (Role.CHAIR, True),
            (Role.COORDINATOR, True),
        ],
    )  # fmt: skip
    def test_those_who_may_decide(
        self, role: Role, decides: bool | None, asked: Evidence, harbour: Organisation
    ) -> None:
        user = member(harbour, role)
        if decides is None:
            assert signed_in_as(user).get(of(asked)).status_code == 404
        assert told(user, asked) == (bool(decides),) * 3

    def test_not_who_asked_nor_who_owns_it_nor_who_added_any_of_it(
        self, asked: Evidence, lead: User, harbour: Organisation, recommendation: Recommendation
    ) -> None:
        lead.memberships.update(roles=[Role.CHAIR])
        sponsor, writer = member(harbour, Role.COMMITTEE), member(harbour, Role.COORDINATOR)
        Recommendation.objects.update(accountable_owner=sponsor)
        more = Given(dated=TODAY, note="And again.")
        evidencing.add_version(evidence=asked, given=more, by=writer, now=NOW)
        assert [told(user, asked) for user in (lead, sponsor, writer)] == [(False,) * 3] * 3

    def test_what_nobody_asks_is_told_to_nobody(self, deliverable: Action, carol: User) -> None:
        made = EvidenceFactory(recommendation=deliverable.recommendation)
        assert told(carol, made) == (False,) * 3

    def test_the_committee_elsewhere_hears_nothing(self, asked: Evidence, chidi: User) -> None:
        assert of(asked) not in [
            task.url for task in signed_in_as(chidi).get("/me/").context["tasks"]
        ]

    def test_everybody_who_reads_it_sees_that_it_was_asked(
        self, asked: Evidence, as_bea: Client
    ) -> None:
        assert "Asked to be public" in as_bea.get(of(asked)).content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_costs_nothing(
        self, rows: int, asked: Evidence, carol: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for _ in range(rows):
            EvidenceFactory(recommendation=asked.recommendation, asked_public_at=NOW)
        client = signed_in_as(carol)
        with django_assert_num_queries(8):
            page = client.get(asked.recommendation.get_absolute_url())
        assert len(page.context["may"].look_into) == rows + 1


class TestDeciding:
    def test_yes(self, asked: Evidence, as_carol: Client, carol: User) -> None:
        assert as_carol.post(of(asked, "public/"), {"version": 1}).status_code == 302
        asked.refresh_from_db()
        assert (asked.public_by, asked.asked_public_at) == (carol, None)
        assert told(carol, asked) == (False,) * 3

    def test_no(
        self, asked: Evidence, as_carol: Client, carol: User, recommendation: Recommendation
    ) -> None:
        for _ in range(2):
            assert as_carol.post(of(asked, "keep/")).status_code == 302
        asked.refresh_from_db()
        assert (asked.public_at, asked.asked_public_at) == (None, None)
        assert verbs(recommendation).count("evidence_kept") == 1
        assert told(carol, asked) == (False,) * 3

    def test_no_leaves_an_earlier_version_public(
        self, asked: Evidence, carol: User, lead: User
    ) -> None:
        evidencing.publish_evidence(evidence=asked, version=1, by=carol, now=NOW)
        more = Given(dated=TODAY, note="And again.")
        evidencing.add_version(evidence=asked, given=more, asks_public=True, by=lead, now=NOW)
        assert evidencing.keep_internal(evidence=asked, by=carol, now=NOW)
        asked.refresh_from_db()
        assert (asked.public_version, asked.asked_public_at) == (1, None)

    def test_never_by_who_asked(self, asked: Evidence, lead: User) -> None:
        lead.memberships.update(roles=[Role.CHAIR, Role.COORDINATOR])
        assert signed_in_as(lead).post(of(asked, "keep/")).status_code == 403
        with pytest.raises(PermissionDenied):
            evidencing.publish_evidence(evidence=asked, version=1, by=lead, now=NOW)
        asked.refresh_from_db()
        assert asked.asked_public_at == NOW

    def test_withdrawing_it_takes_the_asking_back(self, asked: Evidence, lead: User) -> None:
        evidencing.withdraw_evidence(evidence=asked, by=lead, now=NOW)
        asked.refresh_from_db()
        assert asked.asked_public_at is None
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.update(asked_public_at=timezone.now())

    def test_methods_and_strangers(
        self, asked: Evidence, as_carol: Client, as_bea: Client, as_chidi: Client, client: Client
    ) -> None:
        page = of(asked, "keep/")
        assert as_carol.get(page).status_code == 405
        assert as_bea.post(page).status_code == 403
        assert as_chidi.post(page).status_code == 404
        assert client.post(page)["Location"].startswith("/accounts/login/")
