"""Who opens the pages of groups, and what two people at once are told."""

import pytest
from django.test import Client

from committees import actions
from committees.models import Group, GroupMember, Meeting
from committees.refusals import GroupRefused
from organisations.models import Organisation, User
from tests.committees.pages.conftest import HERE, NEW
from tests.factories.committees import MeetingFactory


class TestAccess:
    def test_who_may_open_what(
        self, as_alice: Client, as_bea: Client, as_chidi: Client, pages: dict[str, str]
    ) -> None:
        def statuses(client: Client) -> list[int]:
            return [client.get(pages[p]).status_code for p in pages if p != "end"]

        assert statuses(as_alice) == [200] * 6
        assert statuses(as_bea) == [200, 403, 200, 403, 403, 403]
        assert statuses(as_chidi) == [404] * 6

    def test_who_may_end_a_seat(
        self, as_bea: Client, as_chidi: Client, pages: dict[str, str]
    ) -> None:
        clients = (as_bea, as_chidi)
        assert [client.post(pages["end"]).status_code for client in clients] == [403, 404]
        assert GroupMember.objects.get().to_date is None

    def test_nobody_is_asked_to_sign_in(self, client: Client, pages: dict[str, str]) -> None:
        for page in pages.values():
            assert client.get(page).headers["Location"].startswith("/accounts/login/")

    def test_wrong_methods(self, as_alice: Client, pages: dict[str, str]) -> None:
        assert [as_alice.put(page).status_code for page in pages.values()] == [405] * 7
        assert [as_alice.post(pages[page]).status_code for page in ("list", "detail")] == [405] * 2
        assert as_alice.get(pages["end"]).status_code == 405

    def test_another_organisation_s_group_is_404(
        self, as_alice: Client, northside: Organisation
    ) -> None:
        other = MeetingFactory(group__organisation=northside, group__name="Not yours to see")
        one = f"{HERE}{other.group.pk}/"
        for page in ("", "seats/new/", "meetings/new/", f"meetings/{other.pk}/"):
            assert as_alice.get(one + page).status_code == 404
        assert "Not yours to see" not in as_alice.get(HERE).content.decode()

    def test_another_group_s_meeting_is_404(
        self, as_alice: Client, group: Group, network: Group, meeting: Meeting
    ) -> None:
        assert as_alice.get(f"{HERE}{network.pk}/meetings/{meeting.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("action", "page", "data"),
    [
        ("create_group", "new", NEW),
        ("add_member", "seat", {"from_date": "2026-01-05"}),
        ("plan_meeting", "plan", {"day": "2026-04-01"}),
        ("record_meeting", "record", {"state": "held", "revision": "1"}),
    ],
)
def test_what_a_second_click_meets_is_said_in_words(
    action: str,
    page: str,
    data: dict[str, str],
    as_alice: Client,
    alice: User,
    pages: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(**kwargs: object) -> None:
        raise GroupRefused("Somebody was quicker.")

    monkeypatch.setattr(actions, action, refuse)
    response = as_alice.post(pages[page], {"user": str(alice.pk)} | data)
    assert response.status_code == 200
    assert "Somebody was quicker." in response.content.decode()
