"""Every email the product sends, with invented content: for the page that shows them all."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.conf import settings

from commitments.queries.strangers import write
from organisations.adapter import own_addresses
from organisations.adapter import rendered as rendered_by_library
from organisations.models import Organisation, User
from outbox.actions import new_email
from outbox.enums import Kind
from outbox.models import Email
from outbox.rendering import Rendered, absolute_url, render_email
from outbox.transport import OutboxMessage
from reminders.emails import Line, daily_email
from reminders.enums import ReminderKind
from reminders.rules import RULE_OF
from reminders.words import asks, calls

TODAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
PERSON = User(id=UUID(int=1), display_name="Oláwálé Adébáyọ̀", email="olawale@harbour.example")
HARBOUR = Organisation(name="Harbour Minds", slug="harbour-minds")
LINK = absolute_url("/somewhere/")
# Names from right to left, joined signs and words without an end: what is hardest to draw.
AMAL = User(id=UUID(int=3), display_name="أمل الحسيني 👩🏾‍💻", email="amal@harbour.example")
HIDAYA = Organisation(name="جمعية الهداية (Al-Hidaya Helpline) 🤝🏽", slug="al-hidaya")
LONG = "Publish, with the staff network and everybody who uses the helpline, what was done about "
LONGEST = f"{LONG}Gleichstellungsbeauftragtenversammlungsprotokollführung before April"
ASKER, ROLE = "Temitope Bankole", "Chief executive, Harbour Minds"
SIGNATURE = "Temitope Bankole, Chief executive, Harbour Minds"
LETTER = (
    "Dear organiser",
    "Thank you for the invitation to speak. I have made a pledge in public to ask three questions "
    "before I say yes. Who else will be at the table?",
    f"You can answer in a minute, without an account: {LINK}",
    "With kind regards\nTemitope Bankole",
)
QUARTER = (
    ("Closed", "3"),
    ("Closed, activity only so far", "1"),
    ("Overdue today", "2 of 14 open"),
)
TITLES: Mapping[ReminderKind, str] = {
    ReminderKind.ACTION_DUE: "Publish the ethnicity pay gap with what will be done about it",
    ReminderKind.ACTION_LATE: "Train every manager who recruits",
    ReminderKind.DATE_ENDING: "Offer counselling in the languages people ask for",
    ReminderKind.SILENT: "1.7 Meet the staff network every quarter",
    ReminderKind.NOT_ACCEPTED: "Put pay and travel in every advertisement",
    ReminderKind.HANDOVER: "Decide who oversees assessments",
    ReminderKind.CLOSURE: "2.3 Publish the board’s own figures",
    ReminderKind.RETURNED: "2.4 Answer every complaint within 20 days",
    ReminderKind.RECHECK: "1.2 Advertise every post openly",
    ReminderKind.CADENCE: "Cover race equality at each board meeting",
    ReminderKind.MEETING: "Accountability committee",
    ReminderKind.PACK: "Accountability committee, 9 November 2026",
    ReminderKind.ADVICE: "What advisers said about the helpline",
    ReminderKind.CHECK_IN_DUE: "October 2026",
    ReminderKind.EVENT_BEFORE: "Summit on the future of helplines",
    ReminderKind.EVENT_AFTER: "Panel on young people’s services",
    ReminderKind.ROUND_CLOSING: "Annual lecture",
    ReminderKind.ANNIVERSARY: "Your pledge",
    ReminderKind.QUARTER: "Recommendations, July to September 2026",
    ReminderKind.INVITE: "An invitation to join",
}


@dataclass(frozen=True)
class Sample:
    """`template`: the start of its name in templates/emails, or in templates/account/email."""

    name: str
    title: str
    template: str
    email: Email

    @property
    def headers(self) -> list[tuple[str, str]]:
        """As they leave, but for what says only how the words are packed."""
        message = OutboxMessage(self.email).message()
        packing = {"content-type", "mime-version"}
        return [(key, str(value)) for key, value in message.items() if key.lower() not in packing]


def samples() -> list[Sample]:
    return [*of_reminders(), *of_work(), *to_strangers(), *of_line_ups(), *of_accounts()]


def sample_called(name: str) -> Sample | None:
    return next((sample for sample in samples() if sample.name == name), None)


def sample(
    title: str,
    template: str,
    rendered: Rendered,
    *,
    name: str = "",
    kind: Kind = Kind.REMINDERS,
    headers: Mapping[str, str] | None = None,
    organisation: Organisation | None = HARBOUR,
) -> Sample:
    name = name or template
    email = new_email(
        kind=kind,
        dedupe_key=f"gallery:{name}",
        to_address=PERSON.email,
        to_user=PERSON,
        organisation=organisation,
        rendered=rendered,
        headers=headers,
        now=NOW,
    )
    return Sample(name.replace("_", "-"), title, template, email)


def of_reminders() -> Iterator[Sample]:
    for kind in ReminderKind:
        yield reminder(kind.value, f"Reminder: {kind.label}", [line(kind)])
    work = [ReminderKind.ACTION_DUE, ReminderKind.DATE_ENDING, ReminderKind.SILENT]
    groups = [ReminderKind.NOT_ACCEPTED, ReminderKind.MEETING, ReminderKind.CLOSURE]
    late = line(ReminderKind.ACTION_DUE, late=True)
    yield reminder("several", "Several reminders", [late, *map(line, [*work, *groups])])
    one_sort = [late, line(ReminderKind.ACTION_DUE)]
    yield reminder("one-sort", "Several reminders of one sort", one_sort)
    yield reminder("digest", "The week, on Monday", [line(each, weekly=True) for each in work])
    own = [line(ReminderKind.CHECK_IN_DUE), line(ReminderKind.EVENT_BEFORE)]
    yield reminder("pledge", "Several reminders of a pledge alone", own, organisation=None)
    yield reminder("many", "Two hundred reminders", [late] * 200)
    yield from of_others()


def of_others() -> Iterator[Sample]:
    """To a second audience, in other words; and with names and titles that are hard to draw."""
    for kind in (ReminderKind.NOT_ACCEPTED, ReminderKind.CADENCE):
        title = f"Reminder to the sponsor: {kind.label}"
        yield reminder(f"{kind.value}_sponsor", title, [line(kind, ladder=1)])
    hard = replace(line(ReminderKind.ACTION_DUE), title=LONGEST)
    right = replace(line(ReminderKind.SILENT), title="1.7 لقاء شبكة الموظفين كل ربع سنة")
    yield reminder("long", "A long title", [hard], user=AMAL, organisation=HIDAYA)
    yield reminder("names", "Names that are hard", [hard, right], user=AMAL, organisation=HIDAYA)


def reminder(
    name: str,
    title: str,
    lines: list[Line],
    *,
    user: User = PERSON,
    organisation: Organisation | None = HARBOUR,
) -> Sample:
    rendered, headers = daily_email(user=user, organisation=organisation, lines=lines, today=TODAY)
    return sample(
        title, "reminders", rendered, name=name, headers=headers, organisation=organisation
    )


def line(kind: ReminderKind, *, late: bool = False, weekly: bool = False, ladder: int = 0) -> Line:
    """As one audience hears of it, with its second rung where there is one."""
    found = RULE_OF[kind].ladders[ladder]
    day = TODAY - timedelta(days=found.offsets[-1] if late else found.offsets[:2][-1])
    return Line(
        kind=kind,
        title=TITLES[kind],
        detail=asks(kind, found.audience, day, today=TODAY),
        url=LINK,
        day=day,
        figures=QUARTER if kind == ReminderKind.QUARTER else (),
        is_weekly=weekly,
        call=calls(kind, found.audience, day),
    )


def of_work() -> Iterator[Sample]:
    here = {"organisation": HARBOUR, "person": PERSON, "link": LINK}
    yield work("Somebody will not lead an action", "action_objected", here)
    missed = {**here, "reference": "1.7", "due": date(2026, 10, 30)}
    yield work("Open again: it was missed", "reopened_missed", missed)
    taken_back = {**missed, "due": None}
    yield work("Open again: taken back", "reopened_missed", taken_back, name="reopened-taken-back")
    yield news("A pledge was reported", "pledge_reported", here)
    of_nobody = {**here, "organisation": None}
    yield news(
        "A pledge was reported to the operator", "pledge_reported", of_nobody, name="operator"
    )
    yield news("An organiser answered", "reply_came", here)


def work(title: str, template: str, context: Mapping[str, Any], *, name: str = "") -> Sample:
    return sample(title, template, render_email(template, context), name=name, kind=Kind.WORK)


def news(title: str, template: str, context: Mapping[str, Any], *, name: str = "") -> Sample:
    rendered = render_email(template, context)
    home: Organisation | None = context["organisation"] if template == "pledge_reported" else None
    return sample(title, template, rendered, name=name, kind=Kind.NEWS, organisation=home)


def to_strangers() -> Iterator[Sample]:
    yield stranger(
        "A letter to an organiser",
        Kind.ASK_LETTER,
        subject="Who else will be at the table?",
        paragraphs=LETTER,
        text="\n\n".join(LETTER),
    )
    words = "We spoke about this in May. I would be glad of company."
    yield stranger("Asked to make a pledge", Kind.ENCOURAGEMENT, words=words)
    yield stranger(
        "Asked to make a pledge, no words", Kind.ENCOURAGEMENT, name="asked-plainly", words=""
    )
    yield stranger("Asked to help with a pledge", Kind.ASSISTANT_INVITE, address=PERSON.email)
    pledge = {"role_title": "Chief executive", "organisation_name": "Harbour Minds"}
    yield stranger("Asked to take a pledge on", Kind.HANDOVER, name="take-on", pledge=pledge)
    body, member = "Charities Together", "Harbour Minds"
    yield stranger("Asked by a body", Kind.BODY_ASK, body=body, member_name=member)
    invited = {
        "organisation": HARBOUR, "invited_by": "Temitope Bankole", "address": PERSON.email,
        "days": 14, "link": LINK,
    }  # fmt: skip
    rendered = render_email("member_invite", invited)
    yield sample("Invited to an organisation", "member_invite", rendered, kind=Kind.MEMBER_INVITE)


def stranger(title: str, kind: Kind, *, name: str = "", **context: Any) -> Sample:
    everywhere = {"signature": SIGNATURE, "days": 30, "link": LINK}
    mail = write(
        kind, row=UUID(int=2), asker=ASKER, role=ROLE, by=PERSON, **{**everywhere, **context}
    )
    return sample(
        title, kind.value, mail.rendered, name=name, kind=kind, headers=mail.headers,
        organisation=None,
    )  # fmt: skip


def of_line_ups() -> Iterable[Sample]:
    context = {
        "organisation": HARBOUR.name,
        "gathering": {"title": "Annual lecture"},
        "closes_on": TODAY + timedelta(days=10),
        "link": LINK,
    }
    titles = {"declaration": "Two questions", "declaration_reminder": "Two questions, a reminder"}
    for template, title in titles.items():
        yield sample(title, template, render_email(template, context), kind=Kind.DECLARATION)


def of_accounts() -> Iterator[Sample]:
    who = {"email": PERSON.email, "user": PERSON, "code": "Q4F7KX"}
    context = {**who, "site_name": settings.SITE_NAME, **own_addresses()}
    titles = {
        "login_code": "A code to sign in",
        "email_confirmation": "A code for a new address",
        "email_confirmation_signup": "A code for a new account",
        "password_reset_code": "A code for a new password",
        "account_already_exists": "There is an account already",
        "unknown_account": "There is no account",
    }
    for template, title in titles.items():
        message = get_adapter().render_mail(f"account/email/{template}", PERSON.email, context)
        rendered = rendered_by_library(message)
        yield sample(title, template, rendered, kind=Kind.SIGN_IN, organisation=None)
