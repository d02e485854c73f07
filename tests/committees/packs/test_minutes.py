"""The minutes: what was decided on the pack, who sent apologies, what was covered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.actions.deciding import decide_extension
from committees.minutes import Covered, Minutes, Ruled, as_markdown, plain
from committees.models import AgendaItem, Apology, Meeting, Pack
from organisations.models import Organisation, User
from recommendations.enums import Ruling
from tests.conftest import signed_in_as
from tests.factories.committees import GroupMemberFactory
from tests.factories.deciding import committee_member
from tests.factories.packs import Plan, freeze, frozen_pack, plan_for_a_pack

HELD = Minutes("Harbour Minds", "Committee", date(2026, 3, 12), 3)


def test_nothing_at_all_is_said() -> None:
    assert as_markdown(HELD) == (
        "# Minutes: Committee, 12 March 2026\n\nHarbour Minds. Decisions taken on pack 3.\n\n"
        "## Apologies\n\nNone.\n\n## Agenda\n\nNone.\n\n## Decisions\n\nNothing was decided.\n"
    )


def test_all_of_it_in_words() -> None:
    full = replace(
        HELD,
        decisions=(
            Ruled("1.7", "Board agenda", "Closed: implemented", "Approved", "", "Ann"),
            Ruled("2.1", "Pay", "Write it", "Not yet", "Show\nus *more*.", "Ben", True),
        ),
        apologies=("Ann", "Ben"),
        agenda=(Covered("One", True), Covered("Two", False), Covered("Three", None)),
    )
    assert as_markdown(full).split("## Apologies\n\n")[1] == (
        "Ann, Ben\n\n## Agenda\n\n- One: covered\n- Two: not reached\n- Three: not recorded\n\n"
        "## Decisions\n\n- **1.7 Board agenda**: Closed: implemented.\n"
        "  Approved. Recorded by Ann.\n- **2.1 Pay**: Write it.\n"
        "  Not yet. Show us \\*more\\*. Recorded by Ben, as nobody on the committee was free to "
        "decide.\n"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("[a](b)", r"\[a\](b)"), ("<b>", r"\<b\>"), ("# x\n- y", r"\# x - y"), ("`", r"\`")],
)
def test_what_people_wrote_is_no_markup(typed: str, shown: str) -> None:
    assert plain(typed) == shown


class TestPage:
    @pytest.fixture
    def plan(self, harbour: Organisation) -> Plan:
        return plan_for_a_pack(harbour)

    @pytest.fixture
    def pack(self, plan: Plan, alice: User) -> Pack:
        """Frozen for a meeting that is held on the same day, at which a date was moved."""
        plan.meeting.date = timezone.localdate()
        plan.meeting.save()
        pack = freeze(plan, by=alice, at=timezone.now() - timedelta(minutes=5))
        member = committee_member(plan.organisation)
        seat = GroupMemberFactory(group=plan.committee, user=member, is_chair=True)
        away = GroupMemberFactory(group=plan.committee, user__display_name="Ari Away")
        Apology.objects.create(meeting=plan.meeting, member=away)
        AgendaItem.objects.create(
            meeting=plan.meeting, position=1, title="Budget line", was_covered=True
        )
        decide_extension(
            extension=plan.asked,
            meeting=Meeting.objects.get(pk=plan.meeting.pk),
            pack=pack,
            ruling=Ruling.APPROVED,
            reason="Nobody else could teach it.",
            by=seat.user,
            now=timezone.now(),
        )
        return pack

    def at(self, name: str, pack: Pack) -> str:
        return reverse(name, args=["harbour-minds", pack.pk])

    def test_on_the_page_and_as_text(self, pack: Pack, as_alice: Client) -> None:
        path = self.at("pack_minutes", pack)
        text = as_alice.get(f"{path}?format=md")
        assert text["Content-Type"] == "text/markdown; charset=utf-8"
        for said in (as_alice.get(path).content.decode(), text.content.decode()):
            for words in ("Ari Away", "Budget line", "Approved", "Nobody else could teach it",
                          "Training"):  # fmt: skip
                assert words in said

    def test_before_the_meeting_nothing_is_claimed(
        self, harbour: Organisation, alice: User, as_alice: Client
    ) -> None:
        coming = frozen_pack(harbour, by=alice)
        page = as_alice.get(self.at("pack_minutes", coming)).content.decode()
        assert "will stand here" in page
        assert "Decisions taken" not in page

    def test_the_pack_says_what_was_decided_since_and_stays_as_it_was(
        self, plan: Plan, pack: Pack, harbour: Organisation
    ) -> None:
        member = signed_in_as(committee_member(harbour))
        said = member.get(self.at("pack_detail", pack)).content.decode()
        assert "Nobody else could teach it." in said
        assert reverse("extension_decide", args=["harbour-minds", plan.asked.pk]) not in said
        frozen = pack.content
        pack.refresh_from_db()
        assert pack.content == frozen
