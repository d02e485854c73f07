"""The register of partners."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import partnering
from recommendations.actions.partnering import edit_partner, remove_partner
from recommendations.enums import EditedField, Paid, RegisterVerb
from recommendations.models import Partner
from recommendations.refusals import RecommendationRefused
from tests.factories.effect import PartnerFactory
from tests.factories.recommendations import RecommendationFactory
from tests.recommendations.both_versions import second_save

LIST = "/o/harbour-minds/partners/"


def typed(**other: Any) -> dict[str, Any]:
    return {
        "name": "Ebb and Flow",
        "on": "2026-01-31",
        "purpose": "A workshop on access",
        "paid": "yes",
        "words": "",
        "search": "",
        "picked": "",
        "revision": "1",
        "page": str(uuid4()),
    } | other


def told(partner: Partner) -> list[tuple[str, Any]]:
    return [(each.verb, each.details) for each in Entry.objects.about(partner)]


@pytest.fixture
def partner(harbour: Organisation) -> Partner:
    found: Partner = PartnerFactory(
        organisation=harbour, name="Ebb and Flow", paid=Paid.YES, words="We were heard."
    )
    return found


class TestList:
    @pytest.mark.parametrize("agreed", [True, False])
    def test_what_they_said_is_shown_only_with_their_consent(
        self, as_alice: Client, as_bea: Client, partner: Partner, agreed: bool
    ) -> None:
        Partner.objects.update(words_may_be_shown=agreed)
        assert ("We were heard." in as_bea.get(LIST).content.decode()) is agreed
        page = as_alice.get(LIST).content.decode()
        assert "We were heard." in page
        assert ("Only coordinators read it" in page) is not agreed

    def test_paid_of_all(self, as_bea: Client, harbour: Organisation) -> None:
        for paid in (Paid.YES, Paid.NO, Paid.NOT_KNOWN):
            PartnerFactory(organisation=harbour, paid=paid, is_joint_bid=paid == Paid.NO)
        PartnerFactory(organisation=harbour, paid=Paid.YES, removed_at=timezone.now())
        elsewhere = PartnerFactory(paid=Paid.YES)
        page = as_bea.get(LIST).content.decode()
        assert "1 of 3 paid" in page
        assert "not known for 1" in page
        assert "1 of 3 was a joint bid" in page
        assert elsewhere.name not in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries(
        self,
        rows: int,
        as_alice: Client,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            linked = RecommendationFactory(organisation=harbour)
            PartnerFactory(organisation=harbour, recommendation=linked)
        with django_assert_num_queries(6):
            assert as_alice.get(LIST).status_code == 200

    def test_who_may_not(
        self, as_adviser: Client, as_chidi: Client, client: Client, as_bea: Client
    ) -> None:
        assert as_adviser.get(LIST).status_code == 403
        assert as_chidi.get(LIST).status_code == 404
        assert client.get(LIST).status_code == 302
        assert as_bea.post(LIST).status_code == 405
        assert "No partners yet" in as_bea.get(LIST).content.decode()


class TestAdding:
    def test_sent_twice_makes_one(self, as_alice: Client, harbour: Organisation) -> None:
        linked = RecommendationFactory(organisation=harbour)
        data = typed(picked=str(linked.pk), words="Good.", words_may_be_shown="on")
        for _ in range(2):
            assert as_alice.post(f"{LIST}new/", data)["Location"] == LIST
        made = harbour.partners.get()
        assert (made.name, made.paid, made.recommendation) == ("Ebb and Flow", Paid.YES, linked)
        assert made.words_may_be_shown is True
        assert told(made) == [(RegisterVerb.PARTNER_ADDED, {})]

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": ""}, "name"),
            ({"on": "2126-01-01"}, "on"),
            ({"on": "soon"}, "on"),
            ({"purpose": ""}, "purpose"),
            ({"paid": "handsomely"}, "paid"),
            ({"picked": str(uuid4())}, "picked"),
            ({"picked": "nonsense"}, "picked"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_alice: Client, harbour: Organisation, wrong: dict[str, str], field: str
    ) -> None:
        response = as_alice.post(f"{LIST}new/", typed(words="Kept words", **wrong))
        assert list(response.context["form"].errors) == [field]
        assert "Kept words" in response.content.decode()
        assert harbour.partners.count() == 0

    def test_anothers_recommendation_cannot_be_named(
        self, as_alice: Client, harbour: Organisation
    ) -> None:
        foreign = RecommendationFactory()
        response = as_alice.post(f"{LIST}new/", typed(picked=str(foreign.pk)))
        assert list(response.context["form"].errors) == ["picked"]

    def test_who_may_not(self, as_bea: Client, as_chair: Client, as_chidi: Client) -> None:
        assert as_bea.get(f"{LIST}new/").status_code == 403
        assert as_chair.post(f"{LIST}new/", typed()).status_code == 403
        assert as_chidi.get(f"{LIST}new/").status_code == 404


class TestChanging:
    def test_it_works(self, as_alice: Client, partner: Partner) -> None:
        path = f"{LIST}{partner.pk}/edit/"
        assert as_alice.get(path).context["form"]["words"].value() == "We were heard."
        as_alice.post(path, typed(name="Another", words="We were heard."))
        partner.refresh_from_db()
        assert (partner.name, partner.revision) == ("Another", 2)
        assert told(partner) == [(RegisterVerb.PARTNER_EDITED, {"field": EditedField.DETAILS})]

    def test_nothing_changed_writes_nothing(self, as_alice: Client, partner: Partner) -> None:
        as_alice.post(f"{LIST}{partner.pk}/edit/", typed(words="We were heard."))
        assert told(partner) == []

    def test_the_second_save_sees_both_versions(self, as_alice: Client, partner: Partner) -> None:
        path = f"{LIST}{partner.pk}/edit/"
        second_save(as_alice, path, theirs=typed(purpose="Theirs"), mine=typed(purpose="Mine"))
        partner.refresh_from_db()
        assert partner.purpose == "Theirs"

    def test_who_may_not(self, as_bea: Client, as_chidi: Client, partner: Partner) -> None:
        for path in (f"{LIST}{partner.pk}/edit/", f"{LIST}{partner.pk}/remove/"):
            assert as_bea.get(path).status_code == 403
            assert as_chidi.post(path, typed()).status_code == 404


class TestTakingOut:
    def test_it_works_once(self, as_alice: Client, partner: Partner, alice: User) -> None:
        path = f"{LIST}{partner.pk}/remove/"
        assert as_alice.get(path).status_code == 200
        assert as_alice.post(path)["Location"] == LIST
        assert as_alice.post(path).status_code == 404
        remove_partner(partner=partner, by=alice, now=timezone.now())
        partner.refresh_from_db()
        assert (partner.removed_at is not None, partner.words) == (True, "")
        assert told(partner) == [(RegisterVerb.PARTNER_REMOVED, {})]

    def test_what_is_out_is_not_changed(self, partner: Partner, alice: User) -> None:
        remove_partner(partner=partner, by=alice, now=timezone.now())
        with pytest.raises(RecommendationRefused, match="removed"):
            edit_partner(
                partner=partner, details={"name": "X"}, over_revision=1, by=alice,
                now=timezone.now(),
            )  # fmt: skip

    def test_it_rolls_back_whole(
        self, partner: Partner, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object, **kwargs: object) -> None:
            raise RuntimeError

        monkeypatch.setattr(partnering, "record", fail)
        with pytest.raises(RuntimeError):
            remove_partner(partner=partner, by=alice, now=timezone.now())
        partner.refresh_from_db()
        assert (partner.removed_at, partner.words) == (None, "We were heard.")
