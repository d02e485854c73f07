"""What every email carries above its words, in the very bytes that leave."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import settings

from outbox.enums import Kind
from outbox.wire import written
from reminders.gallery import Sample, samples
from tests.reminders.test_gallery import wrong

pytestmark = pytest.mark.django_db
# To one person each, about what they or a colleague did a moment ago; and the one whose only
# link is a secret that no header may keep: its page has the way to say no.
OF_ONE_PERSON = {Kind.SIGN_IN, Kind.MEMBER_INVITE, Kind.DECLARATION, Kind.WORK, Kind.NEWS}
ONCE = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version")


def parsed(sample: Sample) -> EmailMessage:
    return message_from_bytes(written(sample.email), policy=policy.default)


def test_each_stands_there_once_and_is_fixed() -> None:
    for sample in samples():
        message = parsed(sample)
        assert [len(message.get_all(name)) for name in ONCE] == [1] * len(ONCE), sample.name
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"] == sample.email.message_id
        assert message["Date"].datetime == sample.email.date_header
        assert written(sample.email) == written(sample.email)
        assert list(message.defects) == []


def test_what_goes_to_many_can_be_stopped_with_one_press() -> None:
    """But for the work that others wait for, of which the email says so."""
    many = [sample for sample in samples() if sample.email.kind not in OF_ONE_PERSON]
    without = [sample for sample in many if "List-Unsubscribe" not in parsed(sample)]
    assert [sample.name for sample in without] == ["not-accepted", "not-accepted-sponsor"]
    assert all("cannot be stopped" in sample.email.text for sample in without)
    for sample in many:
        if sample in without:
            continue
        message = parsed(sample)
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        link = str(message["List-Unsubscribe"]).strip(" <>")
        assert link.startswith(f"{settings.SITE_URL}/"), sample.name
        assert link in sample.email.text
        assert f'href="{link}"' in sample.email.html


def test_no_line_is_longer_than_a_server_takes() -> None:
    """998 characters, of RFC 5322; and what a name holds is encoded."""

    def is_wrong(sample: Sample) -> bool:
        lines = written(sample.email).split(b"\r\n")
        return any(len(line) > 998 or not line.isascii() for line in lines)

    assert wrong(is_wrong) == []
    assert wrong(lambda sample: len(written(sample.email)) > 100_000) == []


def test_names_of_any_script_arrive_as_they_were_typed() -> None:
    [found] = [sample for sample in samples() if sample.name == "names"]
    message = parsed(found)
    home = "جمعية الهداية (Al-Hidaya Helpline) 🤝🏽"
    assert message["From"].addresses[0].display_name == f"{home} ({settings.SITE_NAME})"
    assert message["Subject"].strip() == f"2 things need you at {home}"
    lines = message.get_body(("plain",)).get_content().splitlines()
    assert lines[0] == "Hello أمل الحسيني 👩🏾‍💻"
