"""The register of advice, on screen: asked for, given, answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from committees.models import Advice, Group
from committees.refusals import ANSWERED_ALREADY, GIVEN_ALREADY, NOT_GIVEN_YET, REPLY_BY_PASSED
from organisations.enums import Role
from organisations.models import Organisation, User
from tests.conftest import signed_in_as
from tests.factories.agenda import AdviceFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory

REGISTER = "/o/harbour-minds/advice/"
DAY = timedelta(days=1)
ASK = {"title": "The bid", "question": "May we?", "reply_by": ""}
GIVE = {"title": "The statement", "text": "Name them."}


@pytest.fixture
def advisers(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.ADVISORY, name="Advisers")
    return found


@pytest.fixture
def adviser(harbour: Organisation, advisers: Group) -> User:
    """Who advises and does nothing else."""
    user: User = MembershipFactory(organisation=harbour, roles=[Role.ADVISER]).user
    GroupMemberFactory(group=advisers, user=user)
    return user


@pytest.fixture
def as_adviser(adviser: User) -> Client:
    return signed_in_as(adviser)


def made(group: Group, **facts: Any) -> Advice:
    advice: Advice = AdviceFactory(organisation=group.organisation, group=group, **facts)
    return advice


class TestList:
    def test_unanswered_come_first(self, as_adviser: Client, advisers: Group) -> None:
        done = [made(advisers, answered=True, title=title) for title in ("Old", "New")]
        asked = made(advisers, asked=True)
        waiting = [made(advisers) for _ in "ab"]
        page = as_adviser.get(REGISTER).context["page"].object_list
        assert [row.advice for row in page] == [*waiting, asked, *reversed(done)]

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("?state=unanswered", ["Given"]),
            ("?state=asked", ["Asked"]),
            ("?state=answered", ["Done"]),
            ("?state=nonsense&group=nonsense", ["Given", "Asked", "Done"]),
        ],
    )
    def test_filters_are_in_the_address(
        self, query: str, titles: list[str], as_adviser: Client, advisers: Group
    ) -> None:
        made(advisers, title="Given")
        made(advisers, asked=True, title="Asked")
        made(advisers, answered=True, title="Done")
        page = as_adviser.get(REGISTER + query).context["page"].object_list
        assert [row.advice.title for row in page] == titles

    def test_of_one_group(
        self, as_adviser: Client, advisers: Group, northside: Organisation
    ) -> None:
        own, _ = made(advisers), AdviceFactory(organisation=advisers.organisation)
        AdviceFactory(organisation=northside, title="Not yours to see")
        found = as_adviser.get(f"{REGISTER}?group={advisers.pk}")
        assert [row.advice for row in found.context["page"].object_list] == [own]
        assert "Not yours to see" not in as_adviser.get(REGISTER).content.decode()

    def test_late_is_shown(self, as_adviser: Client, advisers: Group) -> None:
        today = timezone.localdate()
        MeetingFactory(group=advisers, date=today)
        made(advisers, given_on=today - DAY)
        made(advisers, asked=True, reply_by=today - DAY)
        made(advisers, answered=True, given_on=today - DAY)
        page = as_adviser.get(REGISTER).content.decode()
        for words in ("Answer is late", "Advice is late", "Answered late"):
            assert words in page

    @pytest.mark.parametrize("rows", [1, 3])
    def test_its_cost_does_not_grow(
        self,
        rows: int,
        as_adviser: Client,
        advisers: Group,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(rows):
            made(advisers)
            MeetingFactory(group__organisation=advisers.organisation)
        with django_assert_num_queries(6):
            assert len(as_adviser.get(REGISTER).context["page"].object_list) == rows

    def test_it_goes_on_over_pages(self, as_adviser: Client, advisers: Group) -> None:
        for _ in range(26):
            made(advisers)
        assert len(as_adviser.get(f"{REGISTER}?page=2").context["page"].object_list) == 1

    def test_empty_it_says_what_to_do(self, as_adviser: Client, as_alice: Client) -> None:
        page = as_adviser.get(REGISTER).content.decode()
        assert f"{REGISTER}give/" in page
        assert f"{REGISTER}ask/" not in page
        Group.objects.update(closed_on=timezone.localdate())
        assert "No advisory group yet" in as_alice.get(REGISTER).content.decode()
        assert "Nothing fits" in as_alice.get(f"{REGISTER}?state=asked").content.decode()


class TestGive:
    def test_it_works(self, as_adviser: Client, advisers: Group, adviser: User) -> None:
        linked = RecommendationFactory(organisation=advisers.organisation, title="Publish it")
        sent = GIVE | {"group": str(advisers.pk), "recommendations": [str(linked.pk)]}
        response = as_adviser.post(f"{REGISTER}give/", sent)
        advice = Advice.objects.get()
        assert response.headers["Location"] == f"{REGISTER}{advice.pk}/"
        assert (advice.given_by, list(advice.recommendations.all())) == (adviser, [linked])
        assert "Publish it" in as_adviser.get(response.headers["Location"]).content.decode()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": ""}, "title"),
            ({"title": "x" * 161}, "title"),
            ({"text": ""}, "text"),
            ({"text": "x" * 8001}, "text"),
            ({"group": ""}, "group"),
            ({"recommendations": ["nothing"]}, "recommendations"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self, as_adviser: Client, advisers: Group, change: dict[str, Any], field: str
    ) -> None:
        RecommendationFactory(organisation=advisers.organisation)
        sent = GIVE | {"group": str(advisers.pk)} | change
        form = as_adviser.post(f"{REGISTER}give/", sent).context["form"]
        assert list(form.errors) == [field]
        assert {name: form[name].value() for name in sent} == sent
        assert Advice.objects.count() == 0

    def test_only_where_they_sit(self, as_adviser: Client, harbour: Organisation) -> None:
        other = GroupFactory(organisation=harbour, kind=GroupKind.ADVISORY)
        form = as_adviser.post(f"{REGISTER}give/", GIVE | {"group": str(other.pk)}).context["form"]
        assert list(form.errors) == ["group"]


class TestAskAndAnswer:
    def test_the_whole_way(self, as_alice: Client, as_adviser: Client, advisers: Group) -> None:
        day = timezone.localdate() + DAY
        sent = ASK | {"group": str(advisers.pk), "reply_by": day.isoformat()}
        page = as_alice.post(f"{REGISTER}ask/", sent).headers["Location"]
        assert NOT_GIVEN_YET in as_alice.get(f"{page}answer/", follow=True).content.decode()
        assert "Give this advice" in as_adviser.get(page).content.decode()
        as_adviser.post(f"{page}reply/", {"text": "Not as it is."})
        assert GIVEN_ALREADY in as_adviser.get(f"{page}reply/", follow=True).content.decode()
        as_alice.post(f"{page}answer/", {"answer": "adapt", "reason": "We change it."})
        for who in (as_alice, as_adviser):
            shown = who.get(page).content.decode()
            for words in ("May we?", "Not as it is.", "We adapt it", "We change it."):
                assert words in shown
        assert ANSWERED_ALREADY in as_alice.get(f"{page}answer/", follow=True).content.decode()

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"title": ""}, "title"),
            ({"question": ""}, "question"),
            ({"group": ""}, "group"),
            ({"reply_by": "soon"}, "reply_by"),
            ({"reply_by": "2020-01-01"}, "reply_by"),
            ({"reply_by": "9999-12-31"}, "reply_by"),
        ],
    )
    def test_bad_questions_are_named_and_kept(
        self, as_alice: Client, advisers: Group, change: dict[str, str], field: str
    ) -> None:
        sent = ASK | {"group": str(advisers.pk)} | change
        form = as_alice.post(f"{REGISTER}ask/", sent).context["form"]
        assert list(form.errors) == [field]
        assert {name: form[name].value() for name in sent} == sent
        if change == {"reply_by": "2020-01-01"}:
            assert form.errors == {"reply_by": [REPLY_BY_PASSED]}

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"answer": ""}, "answer"), ({"answer": "perhaps"}, "answer"), ({"reason": ""}, "reason")],
    )
    def test_bad_answers_are_named_and_kept(
        self, as_alice: Client, advisers: Group, change: dict[str, str], field: str
    ) -> None:
        sent = {"answer": "decline", "reason": "No money."} | change
        page = f"{REGISTER}{made(advisers).pk}/answer/"
        form = as_alice.post(page, sent).context["form"]
        assert list(form.errors) == [field]
        assert {name: form[name].value() for name in sent} == sent

    def test_whoever_is_second_keeps_their_words(
        self, as_alice: Client, as_adviser: Client, advisers: Group
    ) -> None:
        done = made(advisers, answered=True)
        for who, page, sent, why in (
            (as_alice, "answer", {"answer": "accept", "reason": "Kept"}, ANSWERED_ALREADY),
            (as_adviser, "reply", {"text": "Kept"}, GIVEN_ALREADY),
        ):
            response = who.post(f"{REGISTER}{done.pk}/{page}/", sent)
            assert response.context["form"].errors == {"__all__": [why]}
            assert "Kept" in response.content.decode()


class TestAccess:
    def test_who_may(
        self,
        as_alice: Client,
        as_adviser: Client,
        as_bea: Client,
        as_chidi: Client,
        client: Client,
        advisers: Group,
    ) -> None:
        given, asked = made(advisers), made(advisers, asked=True)
        parts = ["", f"{given.pk}/", "give/", "ask/", f"{asked.pk}/reply/", f"{given.pk}/answer/"]
        for who, expected in (
            (as_alice, [200] * 6),
            (as_adviser, [200, 200, 200, 403, 200, 403]),
            (as_bea, [403] * 6),
            (as_chidi, [404] * 6),
            (client, [302] * 6),
        ):
            assert [who.get(REGISTER + part).status_code for part in parts] == expected
        assert [as_alice.put(REGISTER + part).status_code for part in parts] == [405] * 6

    def test_another_group_s_adviser_does_not_reply(
        self, as_adviser: Client, advisers: Group
    ) -> None:
        other = AdviceFactory(organisation=advisers.organisation, asked=True)
        assert as_adviser.post(f"{REGISTER}{other.pk}/reply/").status_code == 403
        assert "Give this advice" not in as_adviser.get(f"{REGISTER}{other.pk}/").content.decode()

    def test_another_organisation_s_is_404(self, as_alice: Client, northside: Organisation) -> None:
        theirs = AdviceFactory(organisation=northside)
        parts = ["", "reply/", "answer/"]
        statuses = [as_alice.get(f"{REGISTER}{theirs.pk}/{part}").status_code for part in parts]
        assert statuses == [404] * 3
