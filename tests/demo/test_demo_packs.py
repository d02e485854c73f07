"""Two packs of the demo's committee: of the last meeting, and of the one to come."""

from django.utils import timezone

from committees.enums import PaperState
from committees.models import Pack
from committees.pack_seal import matches
from committees.queries.packs import become_of


def test_one_pack_was_decided_on_and_one_waits(demo: str) -> None:
    today = timezone.localdate()
    first, second = Pack.objects.order_by("number")
    assert [matches(pack.content, pack.sha256) for pack in (first, second)] == [True, True]
    assert {pack.paper.state for pack in (first, second)} == {PaperState.WAITING}
    assert first.meeting.decisions.exists()
    assert any(each.decision for each in become_of(first, today=today).values())
    assert any(each.is_open for each in become_of(second, today=today).values())
    filled = {part["key"] for part in second.content["sections"] if part["rows"]}
    assert filled >= {"closures", "extensions", "silent", "decided"}
