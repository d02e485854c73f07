"""The register of equality impact assessments."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.enums import EditedField, RegisterVerb, Stage
from recommendations.models import Assessment
from tests.conftest import signed_in_as
from tests.factories.effect import AssessmentFactory
from tests.factories.recommendations import ActionFactory
from tests.recommendations.both_versions import second_save
from tests.recommendations.effect.assessing import LIST, told, typed


class TestList:
    def test_overdue_reviews_come_first(self, as_bea: Client, harbour: Organisation) -> None:
        today = timezone.localdate()
        for subject, review in (("B", 3), ("None", None), ("Late", -1), ("Later", -30)):
            day = None if review is None else today + timedelta(days=review)
            AssessmentFactory(organisation=harbour, subject=subject, next_review=day)
        AssessmentFactory(subject="Elsewhere")
        response = as_bea.get(LIST)
        assert [(each.subject, late) for each, late in response.context["rows"]] == [
            ("Later", True),
            ("Late", True),
            ("B", False),
            ("None", False),
        ]
        assert response.content.decode().count("Review overdue") == 2

    def test_advisers_see_what_is_signed_off(
        self, as_adviser: Client, own: Assessment, harbour: Organisation
    ) -> None:
        seen = AssessmentFactory(organisation=harbour, signed=True)
        assert [each for each, _ in as_adviser.get(LIST).context["rows"]] == [seen]
        assert as_adviser.get(f"{LIST}{own.pk}/").status_code == 404
        assert as_adviser.get(f"{LIST}{seen.pk}/").status_code == 200

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries(
        self,
        rows: int,
        as_alice: Client,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        AssessmentFactory.create_batch(rows, organisation=harbour, signed=True)
        with django_assert_num_queries(5):
            assert as_alice.get(LIST).status_code == 200

    def test_empty_and_closed_doors(
        self, as_alice: Client, as_chidi: Client, client: Client
    ) -> None:
        assert "No assessments yet" in as_alice.get(LIST).content.decode()
        assert as_alice.post(LIST).status_code == 405
        assert as_chidi.get(LIST).status_code == 404
        assert client.get(LIST).status_code == 302


class TestCreate:
    def test_sent_twice_makes_one(self, as_chair: Client, harbour: Organisation) -> None:
        action = ActionFactory(recommendation__organisation=harbour)
        data = typed(picked=[str(action.pk)], offered=[str(action.pk)])
        places = {as_chair.post(f"{LIST}new/", data)["Location"] for _ in range(2)}
        made = harbour.assessments.get()
        assert places == {made.get_absolute_url()}
        assert (made.subject, made.stage) == ("Leave policy", Stage.FINDINGS)
        assert list(made.mitigations.all()) == [action]
        assert told(made) == [(RegisterVerb.ASSESSMENT_STARTED, {})]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"subject": ""}, "subject"),
            ({"subject": "x" * 201}, "subject"),
            ({"stage": "signed_off"}, "stage"),
            ({"findings": "x" * 4001}, "findings"),
            ({"picked": [str(uuid4())]}, "picked"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_chair: Client, harbour: Organisation, wrong: dict[str, Any], field: str
    ) -> None:
        response = as_chair.post(f"{LIST}new/", typed(**wrong))
        assert list(response.context["form"].errors) == [field]
        assert "The staff network" in response.content.decode()
        assert harbour.assessments.count() == 0

    def test_who_may_not(self, as_bea: Client, as_adviser: Client, as_chidi: Client) -> None:
        assert as_bea.get(f"{LIST}new/").status_code == 403
        assert as_adviser.get(f"{LIST}new/").status_code == 403
        assert as_chidi.get(f"{LIST}new/").status_code == 404


class TestEdit:
    def test_its_author_and_coordinators(
        self, as_alice: Client, as_bea: Client, as_chair: Client, own: Assessment, author: User
    ) -> None:
        path = f"{LIST}{own.pk}/edit/"
        assert signed_in_as(author).get(path).status_code == 200
        assert as_alice.get(path).status_code == 200
        assert as_bea.get(path).status_code == 403
        assert as_chair.post(path, typed()).status_code == 403

    def test_history_of_each_change(self, as_alice: Client, own: Assessment) -> None:
        as_alice.post(f"{LIST}{own.pk}/edit/", typed(findings="More.", stage="consulting"))
        assert told(own) == [
            (RegisterVerb.ASSESSMENT_EDITED, {"field": EditedField.FINDINGS}),
            (RegisterVerb.ASSESSMENT_EDITED, {"field": EditedField.STAGE}),
        ]

    def test_a_change_takes_the_signature_off_and_says_so_before(
        self, as_alice: Client, signed: Assessment
    ) -> None:
        path = f"{LIST}{signed.pk}/edit/"
        assert "takes the signature off" in as_alice.get(path).content.decode()
        review = signed.next_review
        as_alice.post(path, typed(findings="More.", revision="2"))
        signed.refresh_from_db()
        assert (signed.stage, signed.signed_off_by, signed.signed_off_on) == (
            Stage.FINDINGS,
            None,
            None,
        )
        assert signed.next_review == review

    def test_saved_as_it_is_it_stays_signed(self, as_alice: Client, signed: Assessment) -> None:
        as_alice.post(f"{LIST}{signed.pk}/edit/", typed(revision="2"))
        signed.refresh_from_db()
        assert (signed.stage, signed.revision) == (Stage.SIGNED_OFF, 2)

    def test_other_actions_take_it_off_too(
        self, as_alice: Client, signed: Assessment, harbour: Organisation
    ) -> None:
        action = ActionFactory(recommendation__organisation=harbour)
        data = typed(revision="2", picked=[str(action.pk)], offered=[str(action.pk)])
        as_alice.post(f"{LIST}{signed.pk}/edit/", data)
        signed.refresh_from_db()
        assert signed.stage == Stage.FINDINGS

    def test_the_second_save_sees_both_versions(self, as_alice: Client, own: Assessment) -> None:
        path = f"{LIST}{own.pk}/edit/"
        second_save(as_alice, path, theirs=typed(findings="Theirs"), mine=typed(findings="Mine"))
        own.refresh_from_db()
        assert own.findings == "Theirs"
