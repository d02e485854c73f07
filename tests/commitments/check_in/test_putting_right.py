"""A check-in is put right until the next one is open."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments import queries
from commitments.actions import check_in as actions
from commitments.actions import record_check_in
from commitments.enums import Cadence, Kept
from commitments.models import CheckIn, CheckInLine, Pledge
from commitments.rhythm import period_holding
from history.models import Entry
from organisations.models import User
from tests.commitments.check_in.conftest import answers, due, everything, said, url
from tests.factories.commitments import CheckInFactory


def test_what_was_said_is_put_right_and_stays_readable(old: Pledge, as_alice: Client) -> None:
    as_alice.post(url(old), answers(old, kept_1="kept", reflection_1="At first", kept_2="partly"))
    page = as_alice.get(url(old)).content.decode()
    assert "At first" in page
    assert "Put it right" in page
    sent = answers(old, kept_1="partly", reflection_1="In truth", kept_2="partly")
    as_alice.post(url(old), sent)
    after = everything()
    as_alice.post(url(old), sent)
    assert everything() == after
    assert said(old) == [(1, Kept.PARTLY, "In truth"), (2, Kept.PARTLY, "")]
    lines = CheckInLine.objects.filter(promise__position=1).order_by("version")
    assert [(line.version, line.kept, line.said) for line in lines] == [
        (1, Kept.KEPT, "At first"),
        (2, Kept.PARTLY, "In truth"),
    ]
    assert CheckInLine.objects.count() == 9
    assert old.check_ins.count() == 1
    record = " ".join(as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode().split())
    assert "In truth" in record
    assert "Before: Kept. <bdi>At first</bdi>" in record
    assert Entry.objects.latest("pk").details == {"period": due(old).words}


def test_two_tabs_show_both_versions(old: Pledge, as_alice: Client) -> None:
    opened = answers(old)
    as_alice.post(url(old), opened | {"kept_1": "kept", "reflection_1": "First tab"})
    page = as_alice.post(url(old), opened | {"kept_1": "partly", "reflection_1": "Second tab"})
    assert "Kept: First tab" in page.content.decode()
    assert "Second tab" in page.content.decode()
    assert said(old) == [(1, Kept.KEPT, "First tab")]


def test_it_cannot_be_put_right_once_the_next_is_open(old: Pledge, alice: User) -> None:
    record_check_in(pledge=old, period=due(old).first, answers={}, by=alice, now=timezone.now())
    later = datetime.combine(
        period_holding(timezone.localdate(), Cadence.MONTHLY).opens_on,
        datetime.min.time(),
        timezone.get_current_timezone(),
    )
    before = everything()
    with pytest.raises(actions.CheckInRefused):
        record_check_in(
            pledge=old, period=due(old).first, answers={1: (Kept.KEPT, "")}, by=alice, now=later,
            seen="saved-8",
        )  # fmt: skip
    assert everything() == before


def test_an_assistant_cannot_put_it_right(old: Pledge, as_alice: Client, as_adaeze: Client) -> None:
    as_alice.post(url(old), answers(old, kept_1="kept"))
    assert as_adaeze.get(url(old)).status_code == 302
    assert as_adaeze.post(url(old), answers(old, kept_1="partly")).status_code == 403
    assert said(old) == [(1, Kept.KEPT, "")]


def test_a_change_of_rhythm_hides_no_look_back(old: Pledge) -> None:
    first = due(old).first
    CheckInFactory(pledge=old, period=first, lines={1: (Kept.KEPT, "Said monthly")})
    old.check_in_every = Cadence.QUARTERLY
    old.save()
    old.cadence_changes.create(changed_on=timezone.localdate(), cadence_before=Cadence.MONTHLY)
    found = queries.look_backs(old, today=period_holding(first, Cadence.QUARTERLY).opens_on)
    assert [each.said[0].line.said for each in found if each.said] == ["Said monthly"]


def test_no_check_in_overlaps_backwards(old: Pledge) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckIn.objects.create(
            pledge=old, period=date(2026, 5, 1), opened_on=date(2026, 5, 1),
            checked_in_at=timezone.now(), by=old.leader,
        )  # fmt: skip
