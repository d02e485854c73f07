"""Assistants: they write and draft, never publish or confirm, and only as long as they help."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import assisting as actions
from commitments.actions.assisting import AddressNotConfirmed, AssistingRefused
from commitments.enums import InvitationState, PledgeVerb
from commitments.mail_limits import MOST_A_DAY
from commitments.models import AddressRefusal, Assistant, Invitation, Pledge, Step
from commitments.queries.refusals import address_digest
from commitments.queries.tending import MOST_AT_ONCE, to_confirm
from history.models import Entry
from history.queries import lines_about
from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory, CheckInDraftFactory, token_of
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.organisations import ConfirmedAddressFactory, UserFactory
from tests.factories.strangers import StrangerMailFactory, mailed, stop_of

LIST, ME = 5, 9
ADDRESS = "adaeze@harbour.example"


@pytest.fixture
def adaeze(pledge: Pledge) -> User:
    """Alice's assistant."""
    user = UserFactory(email=ADDRESS, display_name="Adaeze Obi")
    AssistantFactory(pledge=pledge, user=user)
    return user


@pytest.fixture
def as_adaeze(adaeze: User) -> Client:
    return signed_in_as(adaeze)


@pytest.fixture
def asked(pledge: Pledge) -> Assistant:
    """A question that nobody has answered."""
    return AssistantFactory(pledge=pledge, email=ADDRESS, asked=True)


@pytest.fixture
def newcomer(db: None) -> User:
    """Whose confirmed address was asked."""
    user = UserFactory(email=ADDRESS, display_name="Adaeze Obi")
    ConfirmedAddressFactory(user=user)
    return user


@pytest.fixture
def as_another_assistant(foreign: Pledge) -> Client:
    """Who assists Chidi, and has no business with Alice."""
    return signed_in_as(AssistantFactory(pledge=foreign).user)


def page_of(pledge: Pledge) -> str:
    return reverse("assistants", args=[pledge.pk])


def link_of(asked: Assistant) -> str:
    return reverse("assistant_accept", args=[token_of(asked)])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def everything() -> list[list[Any]]:
    models = [Assistant, Invitation, Step, Email, AddressRefusal, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def ask(pledge: Pledge, by: User, email: str = ADDRESS, **more: Any) -> Assistant:
    return actions.ask_assistant(
        pledge=pledge, email=email, by=by, now=more.get("now", timezone.now())
    )


# Who may


def test_assistants_are_the_leaders_to_choose(
    pledge: Pledge,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    there = pledge.assistants.get()
    end = reverse("assistant_end", args=[pledge.pk, there.pk])
    before = everything()
    assert as_alice.get(page_of(pledge)).status_code == 200
    assert as_alice.delete(page_of(pledge)).status_code == 405
    assert as_alice.get(end).status_code == 405
    for address in (page_of(pledge), end):
        assert as_adaeze.post(address, {"email": "x@y.example"}).status_code == 403
        for stranger in (as_another_assistant, as_bea, as_chidi):
            assert stranger.post(address, {"email": "x@y.example"}).status_code == 404
        assert client.post(address)["Location"].startswith("/accounts/login/")
    assert as_adaeze.get(page_of(pledge)).status_code == 403
    assert as_alice.get(reverse("assistants", args=[uuid4()])).status_code == 404
    assert everything() == before


def test_an_assistant_of_another_pledge_is_not_ended_here(
    pledge: Pledge, foreign: Pledge, as_alice: Client
) -> None:
    other = AssistantFactory(pledge=foreign)
    address = reverse("assistant_end", args=[pledge.pk, other.pk])
    assert as_alice.post(address).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize("name", ["check_in", "entries_confirm", "assistant_leave", "assistants"])
def test_once_it_has_ended_everything_is_gone(
    name: str, pledge: Pledge, as_alice: Client, as_adaeze: Client, adaeze: User
) -> None:
    entry = InvitationFactory(pledge=pledge, written_by=adaeze, confirmed_at=None)
    there = pledge.assistants.get()
    as_alice.post(reverse("assistant_end", args=[pledge.pk, there.pk]))
    address = reverse(name, args=[pledge.pk])
    assert as_adaeze.post(address).status_code == 404
    assert as_adaeze.get(reverse("check_in", args=[pledge.pk])).status_code == 404
    assert as_adaeze.get(reverse("my_pledge", args=[pledge.pk])).status_code == 404
    detail = reverse("invitation_detail", args=[entry.pk])
    assert as_adaeze.get(detail).status_code == 404
    assert pledge.leader_name not in text_of(as_adaeze.get("/me/"))
    assert [each.who for each in to_confirm(pledge)] == [["Adaeze Obi"]]


# Asking


def test_asking_somebody(pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.post(page_of(pledge), {"email": " Adaeze@Harbour.example "})
    assert response["Location"] == page_of(pledge)
    as_alice.post(page_of(pledge), {"email": "adaeze@harbour.example"})
    there = pledge.assistants.get()
    assert (there.email, there.user, there.ended_at) == (ADDRESS, None, None)
    assert there.expires_at - there.invited_at == timedelta(days=30)
    mail = Email.objects.get(kind=Kind.ASSISTANT_INVITE)
    assert mail.to_address == ADDRESS
    assert mail.subject == "Alice Adeyemi asks you to help with their pledge"
    link = reverse("assistant_accept", args=[token_of(there)])
    assert link in mail.text
    assert link in mail.html
    assert mail.text.startswith("Hello\n\nAlice Adeyemi, Chief executive, Harbour Minds has made")
    assert mail.text.count("Do not email this address again") == 1
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(there.token_sha256) not in mail.text
    entry = Entry.objects.get(verb=PledgeVerb.ASSISTANT_INVITED)
    assert (entry.organisation, entry.details) == (None, {"assistant": str(there.pk)})
    assert "Asked" in text_of(as_alice.get(page_of(pledge)))


def test_a_mail_is_built_whatever_the_name(pledge: Pledge, alice: User) -> None:
    name = "Zoë\r\nBcc: all@evil.example \u202eأليس"
    Pledge.objects.filter(pk=pledge.pk).update(leader_name="Zoë\r\nBcc: all أليس")
    ask(pledge, alice)
    mail = Email.objects.get(kind=Kind.ASSISTANT_INVITE)
    message = OutboxMessage(mail).message()
    assert message["Bcc"] is None
    assert "\n" not in mail.subject
    Pledge.objects.filter(pk=pledge.pk).update(leader_name=name)
    with pytest.raises(AssistingRefused, match="web address"):
        ask(pledge, alice, "other@harbour.example")


@pytest.mark.parametrize(
    "typed",
    ["", "nobody", "a@b", "x" * 10_000 + "@a.example", "a@b.example\nBcc: c@d.example", "<script>"],
)
def test_a_wrong_address_is_refused_and_kept(typed: str, pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.post(page_of(pledge), {"email": typed})
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["email"].value() == typed
    assert (pledge.assistants.count(), Email.objects.count()) == (0, 0)


def test_nobody_is_their_own_assistant(pledge: Pledge, alice: User, as_alice: Client) -> None:
    ConfirmedAddressFactory(user=alice, email="alice@home.example", primary=False)
    for own in ("ALICE@harbour.example", "alice@home.example"):
        response = as_alice.post(page_of(pledge), {"email": own})
        assert "This is your own address." in text_of(response)
    assert pledge.assistants.count() == 0


def test_one_question_to_an_address_at_a_time(pledge: Pledge, alice: User) -> None:
    now = timezone.now()
    first = ask(pledge, alice, now=now)
    assert ask(pledge, alice, now=now + timedelta(seconds=59)) == first
    with pytest.raises(AssistingRefused, match="less than an hour ago"):
        ask(pledge, alice, now=now + timedelta(minutes=59))
    second = ask(pledge, alice, now=now + timedelta(minutes=60))
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (now + timedelta(minutes=60), None)


@pytest.mark.usefixtures("adaeze")
def test_whoever_helps_is_not_asked_again(pledge: Pledge, alice: User) -> None:
    with pytest.raises(AssistingRefused, match="helps you already"):
        ask(pledge, alice, ADDRESS.upper())


def test_so_many_at_once_and_so_many_a_day(pledge: Pledge, alice: User, wording: Any) -> None:
    AssistantFactory.create_batch(actions.MOST_AT_ONCE - 1, pledge=pledge)
    ask(pledge, alice)
    with pytest.raises(AssistingRefused, match="You have 10 assistants"):
        ask(pledge, alice, "one-more@harbour.example")
    now = timezone.now()
    pledge.assistants.update(ended_at=now)
    StrangerMailFactory.create_batch(MOST_A_DAY - 2, by=alice, sent_at=now)
    other = PledgeFactory(leader=alice, signing=wording)
    ask(other, alice, "last@harbour.example")
    with pytest.raises(AssistingRefused, match="20 people in a day"):
        ask(pledge, alice, "too-many@harbour.example")


def test_an_address_that_wants_no_mail_gets_none(pledge: Pledge, alice: User) -> None:
    AddressRefusal.objects.create(address_digest=address_digest(ADDRESS), at=timezone.now())
    before = everything()
    with pytest.raises(AssistingRefused, match="asked not to get these emails"):
        ask(pledge, alice)
    assert everything() == before


def test_a_closed_pledge_asks_nobody(pledge: Pledge, alice: User, as_alice: Client) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    assert "Ask somebody to help" not in text_of(as_alice.get(page_of(pledge)))
    with pytest.raises(AssistingRefused, match="This pledge is closed"):
        ask(pledge, alice)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_any_rows(
    rows: int, pledge: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for _ in range(rows):
        AssistantFactory(pledge=pledge)
        AssistantFactory(pledge=pledge, asked=True)
        AssistantFactory(pledge=pledge, asked=True, invited_at=now - timedelta(days=31))
        AssistantFactory(pledge=pledge, ended_at=now)
        AssistantFactory(pledge=pledge, asked=True, ended_at=now)
    with django_assert_num_queries(LIST):
        response = as_alice.get(page_of(pledge))
    shown = text_of(response)
    counts = [
        shown.count(f"</svg>{word}</span>") for word in ("Helps", "Asked", "Expired", "Ended")
    ]
    assert counts == [rows] * 4


# Answering


def test_the_link_says_who_asks_and_for_what(asked: Assistant, client: Client) -> None:
    before = everything()
    response = client.get(link_of(asked))
    client.head(link_of(asked))
    shown = text_of(response)
    assert response.status_code == 200
    assert "Alice Adeyemi" in shown
    assert "a…@harbour.example" in shown
    assert ADDRESS not in shown
    assert 'content="noindex"' in shown
    assert f"next={link_of(asked).replace('/', '%2F')}" in shown
    assert client.post(link_of(asked)).status_code == 200
    assert client.put(link_of(asked)).status_code == 405
    assert everything() == before


def test_saying_yes(asked: Assistant, newcomer: User) -> None:
    client = signed_in_as(newcomer)
    assert "Yes, I will help" in text_of(client.get(link_of(asked)))
    response = client.post(link_of(asked), follow=True)
    assert "You help Alice Adeyemi from now on." in text_of(response)
    asked.refresh_from_db()
    assert (asked.user, asked.ended_at) == (newcomer, None)
    after = everything()
    assert client.post(link_of(asked))["Location"] == reverse("me")
    assert everything() == after
    assert [line.text for line in lines_about(asked.pledge)] == ["Adaeze Obi became an assistant"]


def test_the_link_is_for_one_address(
    asked: Assistant, as_chidi: Client, chidi: User, newcomer: User
) -> None:
    newcomer.emailaddress_set.update(verified=False)
    before = everything()
    for client in (as_chidi, signed_in_as(newcomer)):
        shown = text_of(client.post(link_of(asked)))
        assert "which is not a confirmed address of your account" in shown
    with pytest.raises(AddressNotConfirmed):
        actions.become_assistant(asked=asked, by=chidi, now=timezone.now())
    assert everything() == before


def test_a_leader_who_opens_the_link_is_told(asked: Assistant, as_alice: Client) -> None:
    assert "This is your own pledge." in text_of(as_alice.get(link_of(asked)))
    as_alice.post(link_of(asked))
    asked.refresh_from_db()
    assert asked.user is None


def test_nobody_helps_twice(asked: Assistant, newcomer: User) -> None:
    AssistantFactory(pledge=asked.pledge, user=newcomer, email="adaeze@home.example")
    with pytest.raises(AssistingRefused, match="You help with this pledge already"):
        actions.become_assistant(asked=asked, by=newcomer, now=timezone.now())


@pytest.mark.parametrize("why", ["expired", "ended", "closed", "used"])
def test_a_link_that_is_over_says_so(why: str, asked: Assistant, newcomer: User) -> None:
    now = timezone.now()
    changes: dict[str, Any] = {
        "expired": {"expires_at": now},
        "ended": {"ended_at": now},
        "closed": {},
        "used": {"user": UserFactory(), "accepted_at": now},
    }[why]
    Assistant.objects.filter(pk=asked.pk).update(**(changes or {"email": asked.email}))
    if why == "closed":
        Pledge.objects.filter(pk=asked.pledge_id).update(state="closed", closed_at=now)
    before = everything()
    client = signed_in_as(newcomer)
    for response in (
        client.get(link_of(asked)),
        client.post(link_of(asked)),
        Client().get(link_of(asked)),
    ):
        assert response.status_code == 410
        assert "This link no longer works" in text_of(response)
    assert everything() == before


@pytest.mark.parametrize("token", ["x", "x" * 5_000, "\u202e\u0623", "a%00b"])
@pytest.mark.parametrize("name", ["assistant_accept", "mail_stop"])
def test_a_link_that_never_was(name: str, token: str, client: Client, db: None) -> None:
    address = reverse(name, args=["TOKEN"]).replace("TOKEN", token)
    assert client.get(address).status_code in {400, 404}
    assert client.post(address).status_code in {400, 404}


def test_no_and_no_more_mail(asked: Assistant, alice: User, client: Client) -> None:
    address = stop_of(mailed(asked, ADDRESS, by=alice, at=asked.invited_at).pk)
    before = everything()
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert everything() == before
    mailer = Client(enforce_csrf_checks=True)
    assert mailer.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mailer.post(address)
    asked.refresh_from_db()
    assert asked.ended_at is not None
    assert AddressRefusal.objects.count() == 1
    assert Entry.objects.filter(verb=PledgeVerb.ASSISTANT_DECLINED).count() == 1
    assert client.get(link_of(asked)).status_code == 410


def test_an_old_link_ends_nobodys_access(pledge: Pledge, adaeze: User, client: Client) -> None:
    there = pledge.assistants.get()
    mailed(there, ADDRESS, by=pledge.leader, at=there.invited_at)
    assert client.post(stop_of(there.pk)).status_code == 200
    there.refresh_from_db()
    assert there.ended_at is None


# Leaving


def test_an_assistant_may_leave(pledge: Pledge, as_adaeze: Client, as_alice: Client) -> None:
    address = reverse("assistant_leave", args=[pledge.pk])
    assert as_adaeze.get(address).status_code == 405
    assert as_alice.post(address).status_code == 404
    assert as_adaeze.post(address)["Location"] == reverse("me")
    assert as_adaeze.post(address).status_code == 404
    assert pledge.assistants.get().ended_at is not None
    assert [line.text for line in lines_about(pledge)] == ["Adaeze Obi stopped helping"]
    assert "Helped from" in text_of(as_alice.get(page_of(pledge)))


# Confirming what was written


def written_by(person: User, pledge: Pledge, **fields: Any) -> Invitation:
    return InvitationFactory(pledge=pledge, written_by=person, confirmed_at=None, **fields)


def confirm(client: Client, pledge: Pledge, *marks: str, **more: str) -> Any:
    address = reverse("entries_confirm", args=[pledge.pk])
    return client.post(address, {"shown": list(marks), **more})


def test_only_the_leader_confirms(
    pledge: Pledge,
    adaeze: User,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    client: Client,
) -> None:
    written_by(adaeze, pledge)
    [entry] = to_confirm(pledge)
    before = everything()
    assert confirm(as_adaeze, pledge, entry.mark).status_code == 403
    assert confirm(as_another_assistant, pledge, entry.mark).status_code == 404
    assert confirm(as_bea, pledge, entry.mark).status_code == 404
    assert confirm(client, pledge, entry.mark)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse("entries_confirm", args=[pledge.pk])).status_code == 405
    assert everything() == before


def test_those_that_were_shown_are_confirmed_in_one_go(
    pledge: Pledge, foreign: Pledge, adaeze: User, as_alice: Client
) -> None:
    day = timezone.localdate()
    new = written_by(adaeze, pledge, asked_on=day)
    moved = InvitationFactory(pledge=pledge)
    Step.objects.create(
        invitation=moved, state=InvitationState.DECLINED, on=day, by=adaeze, at=timezone.now()
    )
    theirs = written_by(foreign.leader, foreign)
    marks = [entry.mark for entry in [*to_confirm(pledge), *to_confirm(foreign)]]
    unseen = written_by(adaeze, pledge)
    response = confirm(as_alice, pledge, *marks[:2], marks[2], "nonsense")
    assert response["Location"] == reverse("my_pledge", args=[pledge.pk])
    assert [entry.invitation for entry in to_confirm(pledge)] == [unseen]
    assert [entry.invitation for entry in to_confirm(foreign)] == [theirs]
    new.refresh_from_db()
    assert new.confirmed_at is not None
    assert new.written_by == adaeze
    assert set(Step.objects.filter(confirmed_at=None).values_list("invitation", flat=True)) == {
        unseen.pk,
        theirs.pk,
    }
    entry = Entry.objects.get(verb=PledgeVerb.ENTRIES_CONFIRMED)
    assert (entry.organisation, entry.details) == (None, {"count": "2"})
    after = everything()
    confirm(as_alice, pledge, *marks)
    assert everything() == after


@pytest.mark.parametrize("change", ["title", "step", "day"])
def test_what_changed_since_is_not_confirmed_unseen(
    change: str, pledge: Pledge, adaeze: User, as_alice: Client
) -> None:
    entry = written_by(adaeze, pledge)
    mark = to_confirm(pledge)[0].mark
    if change == "title":
        Invitation.objects.filter(pk=entry.pk).update(title="Something else")
    elif change == "step":
        Step.objects.create(
            invitation=entry, state=InvitationState.DECLINED, on=timezone.localdate(), by=adaeze,
            at=timezone.now(),
        )  # fmt: skip
    else:
        entry.steps.update(on=timezone.localdate() - timedelta(days=1))
    shown = text_of(
        as_alice.post(reverse("entries_confirm", args=[pledge.pk]), {"shown": [mark]}, follow=True)
    )
    assert "What was changed or confirmed meanwhile was left as it is." in shown
    entry.refresh_from_db()
    assert entry.confirmed_at is None


def test_a_closed_record_is_confirmed_no_more(
    pledge: Pledge, adaeze: User, as_alice: Client
) -> None:
    written_by(adaeze, pledge)
    mark = to_confirm(pledge)[0].mark
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    before = everything()
    assert confirm(as_alice, pledge, mark).status_code == 302
    assert everything() == before


def test_the_check_in_page_lists_what_was_written(
    alice: User, wording: Any, as_alice: Client
) -> None:
    made = timezone.now() - timedelta(days=100)
    old = PledgeFactory(leader=alice, signing=wording, created_at=made)
    helper = AssistantFactory(pledge=old, user__display_name="Adaeze Obi").user
    entry = written_by(helper, old, title="أصوات <b>", organiser="A funder")
    address = reverse("check_in", args=[old.pk])
    shown = text_of(as_alice.get(address))
    assert "<bdi>أصوات &lt;b&gt;</bdi>" in shown
    assert reverse("invitation_detail", args=[entry.pk]) in shown
    assert "Adaeze Obi" in shown
    assert "These are right" in shown
    theirs = text_of(signed_in_as(helper).get(address))
    assert "Waiting for" in theirs
    assert "These are right" not in theirs
    back = confirm(as_alice, old, to_confirm(old)[0].mark, **{"from": "check_in"})
    assert back["Location"] == address
    assert "Noted for you" not in text_of(as_alice.get(address))


def test_so_many_at_once_as_one_can_look_through(pledge: Pledge, adaeze: User) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            pledge=pledge, title="Event", written_by=adaeze, received_on=timezone.localdate(),
            created_at=timezone.now(),
        )
        for _ in range(MOST_AT_ONCE + 1)
    )  # fmt: skip
    assert len(to_confirm(pledge)) == MOST_AT_ONCE


# My work


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_costs_the_same_with_any_rows(
    rows: int, bea: User, as_bea: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = timezone.now() - timedelta(days=100)
    for _ in range(rows):
        helped = PledgeFactory(created_at=made)
        AssistantFactory(pledge=helped, user=bea)
        written_by(bea, helped)
        CheckInDraftFactory(pledge=helped, by=bea)
        PledgeFactory(leader=bea, created_at=made)
    with django_assert_num_queries(ME):
        shown = text_of(as_bea.get("/me/"))
    assert shown.count("1 entry for") == rows
    assert shown.count("Open the draft") == rows
    assert shown.count("Stop helping now") == rows


def test_my_work_says_what_waits_for_the_leader(
    alice: User, wording: Any, as_alice: Client, as_chidi: Client
) -> None:
    made = timezone.now() - timedelta(days=200)
    old = PledgeFactory(leader=alice, signing=wording, created_at=made)
    helper = AssistantFactory(pledge=old, user__display_name="Adaeze Obi").user
    written_by(helper, old)
    written_by(helper, old)
    CheckInDraftFactory(pledge=old, by=helper)
    shown = text_of(as_alice.get("/me/"))
    assert "2 entries noted for you" in shown
    assert "drafted by <bdi>Adaeze Obi</bdi>" in shown
    assert "</svg>Missed</span>" in shown
    assert "more in the last 12 months" in shown
    assert "Pledges you help with" not in shown
    assert "Adaeze" not in text_of(as_chidi.get("/me/"))


# Rolling back


@pytest.mark.parametrize("name", ["ask", "accept", "refuse", "end", "confirm"])
def test_it_rolls_back_whole(
    name: str,
    asked: Assistant,
    newcomer: User,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pledge, now = asked.pledge, timezone.now()
    entry = written_by(newcomer, pledge)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(actions, "record", refuse)
    acts = {
        "ask": lambda: ask(pledge, alice, "other@harbour.example"),
        "accept": lambda: actions.become_assistant(asked=asked, by=newcomer, now=now),
        "refuse": lambda: actions.decline(asked=asked, now=now),
        "end": lambda: actions.end_assisting(assistant=asked, by=alice, now=now),
        "confirm": lambda: actions.confirm_entries(
            pledge=pledge, shown=[each.mark for each in to_confirm(pledge)], by=alice, now=now
        ),
    }
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        acts[name]()
    assert everything() == before
    assert entry.confirmed_at is None


def test_only_leader_and_assistant_end_it(pledge: Pledge, adaeze: User, bea: User) -> None:
    there = pledge.assistants.get()
    with pytest.raises(PermissionDenied):
        actions.end_assisting(assistant=there, by=bea, now=timezone.now())
