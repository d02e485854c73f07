"""Somebody whose every text holds a secret word, before they erase their account."""

from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from commitments.actions.encouraging import encourage
from commitments.actions.leaving import hand_over
from commitments.actions.trusting import report_pledge, show_work_address
from commitments.enums import Choice, InvitationState, Kept, PledgeState, StandardKind
from commitments.models import (
    AskLetter,
    Assistant,
    BodyLink,
    CheckInDraft,
    Handover,
    ImpersonationReport,
    LearningItem,
    LearningNote,
    Pledge,
    Reflection,
    Reply,
    Republication,
    Standard,
    Wording,
)
from organisations import actions as organisation_actions
from organisations.models import Organisation, User
from organisations.tokens import digest, new_token
from outbox.enums import Kind, State
from outbox.models import Attempt, Email, Suppression
from recommendations.models import Extension, ProgressUpdate
from tests.conftest import signed_in_as
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.organisations import (
    ConfirmedAddressFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
)
from tests.factories.outbox import EmailFactory
from tests.factories.packs import frozen_pack
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
SECRET = "zebrafinch"
NAME = f"Amina {SECRET.capitalize()}"
ADDRESS, WORK = f"amina@{SECRET}.example", f"a@{SECRET}.work.example"


@pytest.fixture
def amina(harbour: Organisation, alice: User) -> User:
    """Whose every text holds the secret word. Alice coordinates her organisation."""
    user = UserFactory(email=ADDRESS, display_name=NAME)
    ConfirmedAddressFactory(user=user)
    ConfirmedAddressFactory(user=user, email=WORK, primary=False)
    MembershipFactory(user=user, organisation=harbour)
    return user


@pytest.fixture
def everything(amina: User, alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """A row of every kind that can hold her name, her addresses or her words."""
    pledge = signed_pledge(amina, harbour, wording)
    Organisation.objects.filter(pk=harbour.pk).update(contact_email=WORK)
    PledgeFactory(
        leader=amina, draft=True, signing=wording, slug=f"draft-{SECRET}", role_title=SECRET,
        signing__own=(f"Draft {SECRET}",), signing__statement=f"Draft {SECRET}",
    )  # fmt: skip
    add_record(pledge, amina)
    add_shared(pledge, amina, alice, harbour)
    add_account(amina, alice, harbour)
    show_work_address(pledge=pledge, address=WORK, by=amina, now=NOW)
    encourage(
        pledge=pledge, address=f"{SECRET}@asked.example", words="Please do", by=amina, now=NOW
    )
    report_pledge(
        pledge=pledge, text=f"Not {NAME}", reporter_email=f"{SECRET}@reporter.example", now=NOW
    )
    hand_over(
        pledge=pledge, ended_on=timezone.localdate(NOW), email=f"{SECRET}@next.example",
        by=amina, now=NOW,
    )  # fmt: skip
    return pledge


def signed_pledge(amina: User, harbour: Organisation, wording: Wording) -> Pledge:
    pledge = PledgeFactory(
        leader=amina, organisation=harbour, draft=True, signing=wording, leader_name=NAME,
        role_title=f"Head of {SECRET}", organisation_name=f"{SECRET} Trust", created_at=NOW,
        slug=f"amina-{SECRET}", signing__statement=f"Why {SECRET}",
        signing__own=(f"I promise {SECRET}",), signing__adapted={"ask": f"I ask {SECRET}"},
    )  # fmt: skip
    text = pledge.signings.get()
    first = text.promises.order_by("position").first()
    first.choice, first.text = Choice.ADAPTED, f"Adapted {SECRET}"
    first.save()
    for position, kind in enumerate([StandardKind.OTHER, StandardKind.ACTION_PLAN], 1):
        Standard.objects.create(
            signing=text, position=position, kind=kind, name=f"{SECRET} plan",
            link=f"https://{SECRET}.example/", signed_up_on=date(2024, 2, 1),
        )  # fmt: skip
    text.signed_at = pledge.published_at = NOW
    text.save()
    pledge.state = PledgeState.PUBLISHED
    pledge.save()
    return pledge


def add_record(pledge: Pledge, amina: User) -> None:
    entry = InvitationFactory(
        pledge=pledge, title=f"{SECRET} day", organiser=SECRET, note=SECRET,
        asked_on=date(2026, 5, 19), received_on=date(2026, 5, 18),
        lineup_changed=True, state=InvitationState.CHANGED,
    )  # fmt: skip
    Reflection.objects.create(
        invitation=entry, what_happened=SECRET, what_we_asked=SECRET, why=SECRET, will_try=SECRET,
        written_by=amina, written_at=NOW, published_at=NOW,
    )  # fmt: skip
    letter = AskLetter.objects.create(
        invitation=entry, text=f"Dear {SECRET}", to_address=f"{SECRET}@organiser.example",
        token_sha256=digest(new_token()), written_by=amina, created_at=NOW,
        expires_at=NOW + timedelta(days=30),
    )  # fmt: skip
    Reply.objects.create(letter=letter, version=1, name=SECRET, note=f"Dear {NAME}", at=NOW)
    EmailFactory(
        dedupe_key=f"ask-letter:{letter.pk}", subject=f"{NAME} asks", kind=Kind.ASK_LETTER,
        to_address="organiser@x.example", headers={"Reply-To": f"{NAME} <{ADDRESS}>"},
    )  # fmt: skip
    CheckInFactory(pledge=pledge, checked_in_at=NOW, lines={1: (Kept.KEPT, f"Said {SECRET}")})
    CheckInDraft.objects.create(
        pledge=pledge, period=date(2026, 5, 1), answers={"1": ["kept", SECRET]}, by=amina, at=NOW
    )


def add_shared(pledge: Pledge, amina: User, alice: User, harbour: Organisation) -> None:
    soon = NOW + timedelta(days=9)
    Republication.objects.create(
        pledge=pledge, link=f"https://{SECRET}.example", title=SECRET,
        published_on=date(2026, 5, 1), created_at=NOW,
    )  # fmt: skip
    theirs = PledgeFactory(leader=alice)
    for of, email in [(pledge, f"{SECRET}@helper.example"), (theirs, ADDRESS)]:
        Assistant.objects.create(
            pledge=of, email=email, token_sha256=digest(new_token()), invited_at=NOW,
            expires_at=soon,
        )  # fmt: skip
    Handover.objects.create(
        pledge=theirs, email=WORK, token_sha256=digest(new_token()), asked_at=NOW, expires_at=soon
    )
    ImpersonationReport.objects.create(
        pledge=theirs, text="Not hers", reporter_email=ADDRESS, at=NOW
    )
    BodyLink.objects.create(
        body=harbour, member_name="A member", email=ADDRESS, token_sha256=digest(new_token()),
        asked_by=alice, asked_at=NOW, expires_at=soon,
    )  # fmt: skip
    book = LearningItem.objects.create(
        organisation=harbour, kind="book", title="A book", why=f"Because {SECRET}",
        suggested_by=amina, created_at=NOW,
    )  # fmt: skip
    LearningNote.objects.create(item=book, person=amina, text=SECRET, at=NOW)


def add_account(amina: User, alice: User, harbour: Organisation) -> None:
    EmailFactory(
        to_user=amina, to_address=ADDRESS.upper(), subject=f"Dear {NAME}", text=SECRET, html=SECRET,
        state=State.FAILED, last_error=f"550 {ADDRESS}", organisation=harbour,
    )  # fmt: skip
    Suppression.objects.create(address=WORK, reason="550", at=NOW)
    Attempt.objects.create(email_id=Email.objects.all()[0].pk, at=NOW, phase="failed")
    Authenticator.objects.create(user=amina, type="totp", data={"secret": SECRET})
    other = OrganisationFactory(name="Quay")
    MembershipFactory(organisation=other, user=alice, roles=["coordinator"])
    organisation_actions.invite_member(
        organisation=other, email=ADDRESS, roles=["staff"], by=alice, now=NOW
    )
    own = OrganisationFactory(name="Her own")
    MembershipFactory(organisation=own, user=amina, roles=["coordinator"])
    organisation_actions.invite_member(
        organisation=own, email="dele@example.org", roles=["staff"], by=amina, now=NOW
    )
    ProgressUpdate.objects.create(
        recommendation=RecommendationFactory(organisation=harbour), by=amina, posted_at=NOW,
        rating="on_track", text=f"I, {NAME}, did this",
    )  # fmt: skip
    add_pack(amina, alice, harbour)
    signed_in_as(amina)


def add_pack(amina: User, alice: User, harbour: Organisation) -> None:
    """Frozen while she led an action and asked for a later date."""
    due = timezone.localdate() + timedelta(days=9)
    action = ActionFactory(
        recommendation=RecommendationFactory(organisation=harbour), responsible_owner=amina,
        original_date=due, target_date=due, accepted_at=NOW,
    )  # fmt: skip
    Extension.objects.create(
        action=action, old_date=due, new_date=due + timedelta(days=9), asked_by=amina,
        reason=f"{NAME} fell ill", asked_on=timezone.localdate(), asked_at=NOW,
    )  # fmt: skip
    frozen_pack(harbour, by=alice)


def found(word: str) -> set[str]:
    """Every column of every table whose text holds the word, whatever its case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND (data_type IN ('text', 'character varying',"
            " 'jsonb', 'json', 'tsvector', 'ARRAY', 'inet') OR data_type = 'character')"
        )
        columns = cursor.fetchall()
        hits = set()
        for table, column in columns:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text ILIKE %s)',
                [f"%{word}%"],
            )
            if cursor.fetchone()[0]:
                hits.add(f"{table}.{column}")
    return hits


EVERYWHERE = {
    "account_emailaddress.email",
    "commitments_askletter.text",
    "commitments_askletter.to_address",
    "commitments_assistant.email",
    "commitments_bodylink.email",
    "commitments_checkindraft.answers",
    "commitments_checkinremark.text",
    "commitments_handover.email",
    "commitments_impersonationreport.reporter_email",
    "commitments_impersonationreport.text",
    "commitments_invitation.note",
    "commitments_invitation.organiser",
    "commitments_invitation.title",
    "commitments_learningitem.why",
    "commitments_learningnote.text",
    "commitments_pledge.confirmed_domain",
    "commitments_pledge.leader_name",
    "commitments_pledge.organisation_name",
    "commitments_pledge.role_title",
    "commitments_pledge.searched",
    "commitments_pledge.slug",
    "commitments_promise.text",
    "commitments_reflection.what_happened",
    "commitments_reflection.what_we_asked",
    "commitments_reflection.why",
    "commitments_reflection.will_try",
    "commitments_reply.name",
    "commitments_reply.note",
    "commitments_republication.link",
    "commitments_republication.title",
    "commitments_signing.statement",
    "commitments_standard.link",
    "commitments_standard.name",
    "committees_pack.content",
    "mfa_authenticator.data",
    "organisations_memberinvite.email",
    "organisations_organisation.contact_email",
    "organisations_user.display_name",
    "organisations_user.email",
    "outbox_email.headers",
    "outbox_email.html",
    "outbox_email.last_error",
    "outbox_email.subject",
    "outbox_email.text",
    "outbox_email.to_address",
    "outbox_suppression.address",
    "recommendations_extension.reason",
    "recommendations_progressupdate.text",
}
