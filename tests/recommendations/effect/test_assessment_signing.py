"""Signing off an assessment, by somebody other than its author."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions import assessing
from recommendations.actions.assessing import sign_assessment
from recommendations.assessing import TO_COME, TOO_LATE, is_overdue, why_not_review
from recommendations.enums import RegisterVerb, Stage
from recommendations.models import Assessment
from recommendations.refusals import RecommendationRefused
from tests.conftest import signed_in_as
from tests.factories.effect import AssessmentFactory
from tests.recommendations.effect.assessing import LIST, in_days, told, typed
from tests.recommendations.effect.conftest import member

DAY = date(2026, 3, 31)


class TestSign:
    def test_it_works(self, signed: Assessment) -> None:
        assert signed.signed_off_by is not None
        assert signed.signed_off_by.display_name == "Winsome Campbell"
        assert told(signed) == [(RegisterVerb.ASSESSMENT_SIGNED, {})]

    @pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE])
    def test_who_may(self, own: Assessment, harbour: Organisation, role: Role) -> None:
        client = signed_in_as(member(harbour, role))
        assert client.get(f"{LIST}{own.pk}/sign/").status_code == 200

    @pytest.mark.parametrize("role", [Role.STAFF, Role.COORDINATOR, Role.ADVISER])
    def test_who_may_not(self, own: Assessment, harbour: Organisation, role: Role) -> None:
        client = signed_in_as(member(harbour, role))
        assert client.post(f"{LIST}{own.pk}/sign/").status_code == 403

    def test_never_its_author(self, as_alice: Client, alice: User, own: Assessment) -> None:
        own = AssessmentFactory(
            organisation=own.organisation,
            author=alice,
            stage=own.stage,
            consulted=own.consulted,
            findings=own.findings,
        )
        data = {"next_review": in_days(100), "revision": "1"}
        assert as_alice.get(f"{LIST}{own.pk}/sign/").status_code == 403
        assert as_alice.post(f"{LIST}{own.pk}/sign/", data).status_code == 403
        own.refresh_from_db()
        with pytest.raises(PermissionDenied):
            sign_assessment(
                assessment=own, next_review=timezone.localdate() + timedelta(days=9),
                over_revision=1, by=alice, now=timezone.now(),
            )  # fmt: skip

    def test_never_who_wrote_part_of_it(
        self, as_alice: Client, own: Assessment, harbour: Organisation
    ) -> None:
        """Otherwise a coordinator with a seat could turn it round and sign it."""
        sign, data = f"{LIST}{own.pk}/sign/", {"next_review": in_days(100), "revision": "2"}
        assert as_alice.get(sign).status_code == 200
        as_alice.post(f"{LIST}{own.pk}/edit/", typed(findings="Turned round."))
        other = signed_in_as(member(harbour, Role.COMMITTEE))
        assert (as_alice.get(sign).status_code, as_alice.post(sign, data).status_code) == (403, 403)
        assert "Sign it off" not in as_alice.get(f"{LIST}{own.pk}/").content.decode()
        assert other.post(sign, data).status_code == 302

    def test_signed_again_it_was_reviewed_and_the_date_moves(
        self, as_chair: Client, signed: Assessment
    ) -> None:
        data = {"next_review": in_days(300), "revision": "2"}
        as_chair.post(f"{LIST}{signed.pk}/sign/", data)
        signed.refresh_from_db()
        assert str(signed.next_review) == in_days(300)
        assert told(signed)[0][0] == RegisterVerb.ASSESSMENT_REVIEWED

    def test_what_changed_while_it_was_read_is_read_first(
        self, as_chair: Client, as_alice: Client, own: Assessment
    ) -> None:
        as_alice.post(f"{LIST}{own.pk}/edit/", typed(findings="Turned round."))
        data = {"next_review": in_days(100), "revision": "1"}
        page = as_chair.post(f"{LIST}{own.pk}/sign/", data).content.decode()
        assert "changed while you were reading" in page
        assert "Turned round." in page
        own.refresh_from_db()
        assert own.stage == Stage.FINDINGS

    @pytest.mark.parametrize(("day", "said"), [(0, TO_COME), (1200, TOO_LATE)])
    def test_bad_days(self, as_chair: Client, own: Assessment, day: int, said: str) -> None:
        data = {"next_review": in_days(day), "revision": "1"}
        form = as_chair.post(f"{LIST}{own.pk}/sign/", data).context["form"]
        assert form.errors == {"next_review": [said]}

    def test_it_rolls_back_whole(
        self, own: Assessment, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(assessing, "record", fail)
        with pytest.raises(RuntimeError):
            sign_assessment(
                assessment=own, next_review=timezone.localdate() + timedelta(days=9),
                over_revision=1, by=alice, now=timezone.now(),
            )  # fmt: skip
        own.refresh_from_db()
        assert own.stage == Stage.FINDINGS

    def test_the_database_refuses_too(self, own: Assessment, alice: User) -> None:
        complete = {"stage": Stage.SIGNED_OFF, "signed_off_on": DAY, "next_review": DAY}
        for wrong in (
            complete | {"signed_off_by": own.author},
            complete,
            complete | {"signed_off_by": alice, "next_review": None},
            {"signed_off_by": alice},
        ):
            with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
                Assessment.objects.filter(pk=own.pk).update(**wrong)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 3, 31), TO_COME),
        (date(2026, 4, 1), ""),
        (date(2029, 3, 31), ""),
        (date(2029, 4, 1), TOO_LATE),
    ],
)
def test_the_rule_of_the_next_review(day: date, why: str) -> None:
    assert why_not_review(day, today=DAY) == why


def test_overdue_from_the_day_after() -> None:
    days = (None, DAY - timedelta(days=1), DAY)
    assert [is_overdue(day, today=DAY) for day in days] == [False, True, False]


def test_the_action_asks_again(own: Assessment, alice: User) -> None:
    with pytest.raises(RecommendationRefused, match="to come"):
        sign_assessment(
            assessment=own, next_review=DAY, over_revision=1, by=alice, now=timezone.now()
        )
