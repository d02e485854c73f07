"""Whoever does the work proposes, the committee decides: from a plan to what it changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from committees.enums import GroupKind
from committees.models import Group
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.actions.responding import record_response
from recommendations.enums import Response
from recommendations.models import ClosureProposal, Recommendation
from tests.factories.committees import GroupFactory, GroupMemberFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.proving import PDF
from tests.journeys.conftest import Arrive
from tests.journeys.visitor import DESK, Visitor
from ui.dates import in_full

HOME = "/o/harbour-minds/"
POLICY, TRAINING = "Publish our recruitment policy", "Publish our training plan"
OUTCOME = "Half of all panels now have two people who are not managers."
AGREED = "The policy is out, and panels have changed."
NOT_SO_SOON = "The trainer can begin in spring, so the date can be kept."


@dataclass
class Cast:
    """`chair` has a seat and nothing to do with the work; `lead` does it."""

    coordinator: User
    lead: User
    adviser: User
    chair: User
    committee: Group


@pytest.fixture
def cast(harbour: Organisation, alice: User, bea: User) -> Cast:
    adviser, chair = UserFactory(display_name="Ada Adviser"), UserFactory(display_name="Cy Chair")
    MembershipFactory(organisation=harbour, user=adviser, roles=[Role.ADVISER])
    MembershipFactory(organisation=harbour, user=chair, roles=[Role.CHAIR, Role.COMMITTEE])
    committee = GroupFactory(
        organisation=harbour, kind=GroupKind.ACCOUNTABILITY, name="Race equality committee"
    )
    GroupMemberFactory(group=committee, user=chair, is_chair=True)
    return Cast(alice, bea, adviser, chair, committee)


@pytest.fixture(autouse=True)
def looks_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """At each page as it is passed first; every one of them is looked at elsewhere too."""
    look, looked = Visitor.look, set[tuple[str, bool]]()

    def at_what_is_new(visitor: Visitor) -> None:
        page = visitor.page
        shown = (page.title(), page.locator(".error-summary").count() > 0)
        if shown in looked:
            visitor.hears_no_complaint()
            return
        looked.add(shown)
        look(visitor)

    monkeypatch.setattr(Visitor, "look", at_what_is_new)


def test_two_keys_to_close(arrive: Arrive, cast: Cast) -> None:
    turns_both_keys(arrive, cast)


@pytest.mark.parametrize("screen", [DESK], ids=["plain"])
def test_two_keys_to_close_without_javascript(arrive: Arrive, cast: Cast) -> None:
    turns_both_keys(lambda: arrive(java_script_enabled=False), cast)


def turns_both_keys(arrive: Callable[[], Visitor], cast: Cast) -> None:
    """The whole way, with scripts or without."""
    somebody = arrive()
    somebody.is_signed_in_as(cast.coordinator)
    pastes_a_plan(somebody)
    for each in Recommendation.objects.all():
        record_response(
            recommendation=each,
            response=Response.ACCEPTED,
            reason="",
            by=cast.coordinator,
            now=timezone.now(),
        )
    names_the_sponsor(somebody)

    lead = arrive()
    lead.is_signed_in_as(cast.lead)
    does_the_work(lead)
    proposes_closing(lead)
    cannot_decide(lead)
    asks_for_a_later_date(lead)

    somebody.is_signed_in_as(cast.adviser)
    thinks_twice(somebody)

    somebody.is_signed_in_as(cast.chair)
    plans_a_meeting(somebody, cast.committee)
    decides_on_the_pack(somebody)
    returns_the_date(somebody)
    records_the_meeting(somebody, cast.committee)
    trustee_reads(arrive(), address=makes_a_link(somebody))
    sees_it_closed(lead)


def page_of(title: str) -> str:
    return Recommendation.objects.get(title=title).get_absolute_url()


def pastes_a_plan(visitor: Visitor) -> None:
    day = in_full(timezone.localdate() + timedelta(days=60))
    visitor.goes_to(f"{HOME}recommendations/")
    visitor.follows("paste your own plan")
    visitor.types(
        title="Our equality plan",
        text="\n".join(f"{title}; bea@harbour.example; {day}" for title in (POLICY, TRAINING)),
    )
    visitor.presses("Look at it")
    visitor.sees("Nothing is saved yet.", POLICY, TRAINING, "Bea Brown")
    assert not Recommendation.objects.exists()
    visitor.presses("Add these to the dashboard")


def names_the_sponsor(visitor: Visitor) -> None:
    visitor.goes_to(page_of(POLICY))
    visitor.follows("Name leads and dates")
    visitor.main.locator("[name=sponsor]").select_option("Alice Adeyemi")
    visitor.presses("Save")
    visitor.sees("Alice Adeyemi", "A draft until the lead accepts it")


def does_the_work(lead: Visitor) -> None:
    """Evidence is added where the action is; with it, the action is shown to be done."""
    lead.goes_to(page_of(POLICY))
    lead.unfolds("Take this on")
    lead.presses("Yes, I take it on")
    lead.follows(POLICY)
    lead.sees("Not shown yet", "No evidence of this action yet.")
    lead.follows("Add evidence")
    lead.types(title="The policy", dated=timezone.localdate().isoformat())
    file = {"name": "policy.pdf", "mimeType": "application/pdf", "buffer": PDF}
    lead.main.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    lead.presses("Add it")
    lead.sees("The policy")
    lead.goes_to(page_of(POLICY))
    lead.sees("Shown to be done", "1 piece of evidence")
    lead.follows("Post an update")
    lead.ticks("On track")
    lead.types(text="The policy is on the website.")
    lead.presses("Post update")
    lead.sees("Your update is saved.")


def proposes_closing(lead: Visitor) -> None:
    lead.follows("Propose closing it")
    lead.ticks("Implemented: every action is shown to be done")
    lead.presses("Propose closing it")
    lead.is_told("")
    lead.types(outcome=OUTCOME)
    lead.presses("Propose closing it")
    lead.sees("Proposed for closing", OUTCOME)


def cannot_decide(lead: Visitor) -> None:
    """Neither on the page, nor in the list, nor at the address of it."""
    expect(lead.main.get_by_role("link", name="Record the decision")).to_have_count(0)
    lead.goes_to(f"{HOME}decisions/")
    lead.sees("Waiting for a decision: 1", POLICY)
    expect(lead.main.get_by_role("link", name="Decide", exact=True)).to_have_count(0)
    lead.opens(f"{HOME}decisions/closing/{ClosureProposal.objects.get().pk}/", status=403)


def asks_for_a_later_date(lead: Visitor) -> None:
    lead.goes_to(page_of(TRAINING))
    lead.unfolds("Take this on")
    lead.main.get_by_role("button", name="Yes, I take it on").click()
    lead.follows("Ask for a later date for action 1")
    later = timezone.localdate() + timedelta(days=150)
    lead.types(new_date=later.isoformat(), reason="The trainer begins in spring.")
    lead.presses("Ask for this date")
    lead.sees("A later date is asked for")


def thinks_twice(adviser: Visitor) -> None:
    """What they said last counts."""
    adviser.goes_to(page_of(POLICY))
    for view, note in (("Not yet", "Nobody has counted."), ("Agree", "Now it is counted.")):
        adviser.follows("Say what you think")
        adviser.ticks(view)
        adviser.types(note=note)
        adviser.presses("Save what you think")
        adviser.sees("Ada Adviser: " + view, note)
    expect(adviser.main.get_by_role("link", name="Record the decision")).to_have_count(0)


def plans_a_meeting(chair: Visitor, committee: Group) -> None:
    """Today's. What waits is on its page without anybody putting it there."""
    chair.goes_to(committee.get_absolute_url())
    chair.follows("Plan a meeting")
    chair.types(day=timezone.localdate().isoformat(), place="Room 4")
    chair.presses("Plan it")
    chair.sees("Needs a decision", POLICY, "A later date", "Room 4")
    chair.follows("Freeze the pack")
    chair.presses("Freeze the pack")
    chair.sees("Pack 1", POLICY, OUTCOME, "Matches what was frozen.")


def decides_on_the_pack(chair: Visitor) -> None:
    chair.follows(f": 1 {POLICY}")
    chair.is_at("Can it be closed?")
    chair.sees(OUTCOME, "Shown to be done", "Ada Adviser", "Now it is counted.")
    chair.types(reason=AGREED)
    chair.presses("Approved: close it")
    chair.sees("Closed", OUTCOME, AGREED)


def returns_the_date(chair: Visitor) -> None:
    """With a reason, which is asked for."""
    chair.goes_to(f"{HOME}decisions/")
    chair.follows("Decide on 2 Publish")
    chair.is_at("Can the date move?")
    chair.presses("The date stands")
    chair.is_told("Say why, so that people know.")
    chair.types(reason=NOT_SO_SOON)
    chair.presses("The date stands")
    chair.unfolds("Later dates asked for: 1")
    chair.sees(NOT_SO_SOON)


def records_the_meeting(chair: Visitor, committee: Group) -> None:
    """What was decided there has said already that it was held. Then come its minutes."""
    chair.goes_to(committee.meetings.get().get_absolute_url())
    chair.sees("Held", "Decided", POLICY, TRAINING)
    chair.follows("Correct what was recorded")
    expect(chair.main.get_by_label("It was held")).to_be_checked()
    chair.types(note="Everything was reached.")
    chair.presses("Record it")
    chair.sees("Held", "Everything was reached.")
    chair.follows("Pack 1")
    chair.follows("Minutes")
    chair.sees(POLICY, AGREED, TRAINING, NOT_SO_SOON, "Recorded by Cy Chair")


def makes_a_link(chair: Visitor) -> str:
    chair.goes_to(committee_pack())
    chair.follows("Link for a trustee")
    chair.presses("Make a link")
    chair.sees("The link is made")
    return chair.main.locator("textarea").input_value().strip()


def committee_pack() -> str:
    return Group.objects.get().meetings.get().pack.get_absolute_url()


def trustee_reads(trustee: Visitor, *, address: str) -> None:
    """Signed out, and without a way to anything else."""
    trustee.opens(address)
    trustee.sees("Pack 1", POLICY, OUTCOME)
    expect(trustee.main.get_by_role("link", name="Decide", exact=True)).to_have_count(0)
    assert trustee.context.cookies() == []


def sees_it_closed(lead: Visitor) -> None:
    lead.opens(f"{HOME}recommendations/")
    lead.sees("1 of 2 closed with an outcome")
    row = lead.main.get_by_role("row").filter(
        has=lead.page.get_by_role("rowheader").get_by_role("link", name=POLICY, exact=True)
    )
    expect(row).to_contain_text("Closed")
    lead.follows(POLICY)
    lead.sees("So what changed?", OUTCOME, AGREED)
    expect(lead.main.get_by_role("link", name="Propose closing it")).to_have_count(0)
