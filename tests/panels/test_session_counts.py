"""Women in one session, as stated: never who, never more than its seats, and told to few."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from history.models import Entry
from organisations.models import User
from organisations.refusals import Refused
from panels.actions import session_counts
from panels.actions.counting import CountMovedOn
from panels.actions.locked import LOCKED, LockedError
from panels.actions.session_counts import StatedWomen, count_session
from panels.audit import Count
from panels.consistency import check_session, check_session_in_whole
from panels.enums import Basis, Definition, GatheringKind, SeatRole
from panels.models import Gathering, Session, SessionCount
from panels.suppression import visible_session
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import enter_count, numbers
from tests.panels.line_up_pages import line_up_page, session_page

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)
TYPED = {"women": "2", "not_women": "1", "basis": "organiser_stated", "typed_over": "0"}


@pytest.fixture
def session(gathering: Gathering) -> Session:
    gathering.kind = GatheringKind.CONFERENCE
    gathering.save()
    session = SessionFactory(gathering=gathering, title="Opening")
    SeatFactory.create_batch(4, session=session)
    SeatFactory(session=session, role=SeatRole.CHAIR)
    return session


def state(
    session: Session, women: int, not_women: int, *, by: User, over: int = 0, **more: Any
) -> bool:
    stated = {"basis": Basis.ORGANISER_STATED, "definition": Definition.WOMEN} | more
    return count_session(
        session=session,
        stated=StatedWomen(women, not_women, **stated),
        typed_over=over,
        by=by,
        now=NOW,
    )


def versions(session: Session) -> list[tuple[int, int, int, int]]:
    rows = session.counts.order_by("version")
    return list(rows.values_list("version", "yes", "no", "unknown"))


class TestAction:
    def test_the_rest_is_not_known(self, session: Session, alice: User) -> None:
        assert state(session, 2, 1, by=alice) is True
        assert versions(session) == [(1, 2, 1, 1)]
        [entry] = Entry.objects.about(session.gathering)
        expected = {"session": str(session.pk), "version": "1"}
        assert (entry.verb, entry.details) == ("gathering.session_counted", expected)

    def test_a_correction_is_a_new_row(self, session: Session, alice: User) -> None:
        state(session, 2, 1, by=alice)
        assert state(session, 1, 3, by=alice, over=1) is True
        assert versions(session) == [(1, 2, 1, 1), (2, 1, 3, 0)]

    def test_a_double_click_makes_one(self, session: Session, alice: User, bea: User) -> None:
        assert state(session, 2, 1, by=alice) is True
        assert state(session, 2, 1, by=alice) is False
        with pytest.raises(CountMovedOn):
            state(session, 2, 1, by=bea)
        assert versions(session) == [(1, 2, 1, 1)]

    def test_never_more_than_its_seats(self, session: Session, alice: User) -> None:
        assert state(session, 4, 0, by=alice) is True
        said = "3 women and 2 not women make 5, but “Opening” has 4 seats that count."
        with pytest.raises(Refused) as refusal:
            state(session, 3, 2, by=alice, over=1)
        assert str(refusal.value) == said
        assert len(versions(session)) == 1

    def test_in_a_standing_group_the_chair_counts(self, session: Session, alice: User) -> None:
        Gathering.objects.update(kind=GatheringKind.BOARD)
        assert state(session, 5, 0, by=alice) is True

    def test_a_basis_is_required(self, session: Session, alice: User) -> None:
        with pytest.raises(Refused, match="where these numbers come from"):
            state(session, 1, 0, by=alice, basis=Basis.NOT_KNOWN)
        assert state(session, 0, 0, by=alice, basis=Basis.NOT_KNOWN) is True

    def test_locked(self, session: Session, alice: User) -> None:
        Gathering.objects.update(locked_at=NOW)
        with pytest.raises(LockedError):
            state(session, 1, 0, by=alice)

    def test_removed(self, session: Session, alice: User) -> None:
        Session.objects.update(removed_at=NOW)
        with pytest.raises(Refused, match="taken off the programme"):
            state(session, 1, 0, by=alice)

    def test_it_rolls_back_whole(
        self, session: Session, alice: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError("no history")

        monkeypatch.setattr(session_counts, "record", fail)
        with pytest.raises(RuntimeError):
            state(session, 2, 1, by=alice)
        assert SessionCount.objects.count() == 0


@pytest.mark.parametrize(
    ("women", "not_women", "seats", "said"),
    [
        (2, 2, 4, ""),
        (5, 0, 4, "5 women, but “Talk” has 4 seats that count."),
        (0, 2, 1, "2 not women, but “Talk” has 1 seat that counts."),
        (2, 1, 2, "2 women and 1 not women make 3, but “Talk” has 2 seats that count."),
    ],
)
def test_a_session_and_its_seats(women: int, not_women: int, seats: int, said: str) -> None:
    assert check_session("Talk", women, not_women, seats) == said


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (Count(3, 2), ""),
        (
            Count(4),
            "“Talk” has 4 women, but the whole line-up has at most 3. Correct one of the two.",
        ),
        (
            Count(0, 4),
            "“Talk” has 4 not women, but the whole line-up has at most 3. Correct one of the two.",
        ),
    ],
)
def test_a_session_and_the_whole(told: Count, said: str) -> None:
    assert check_session_in_whole("Talk", told, Count(2, 2, 1)) == said


@pytest.mark.parametrize(
    ("count", "basis", "typed_it", "expected"),
    [
        (Count(1, 1, 0), Basis.ORGANISER_STATED, False, None),
        (Count(1, 1, 0), Basis.ORGANISER_STATED, True, Count(1, 1, 0)),
        (Count(1, 1, 1), Basis.ORGANISER_STATED, False, Count(1, 1, 1)),
        (Count(0, 0, 3), Basis.PUBLICLY_STATED, False, Count(0, 0, 3)),
        (Count(4, 4, 0), Basis.SELF_DECLARED, False, None),
        (Count(4, 4, 0), Basis.SELF_DECLARED, True, Count(4, 4, 0)),
        (Count(0, 0, 9), Basis.NOT_KNOWN, False, None),
    ],
)
def test_who_may_be_told(
    count: Count, basis: Basis, typed_it: bool, expected: Count | None
) -> None:
    assert visible_session(count, basis=basis, typed_it=typed_it) == expected


class TestPage:
    def send(self, client: Client, session: Session, **typed: str) -> Any:
        return client.post(session_page(session, "women/"), TYPED | typed)

    def test_it_works(self, as_alice: Client, session: Session) -> None:
        assert as_alice.get(session_page(session, "women/")).context["seats"] == 4
        assert self.send(as_alice, session)["Location"] == line_up_page(session.gathering)
        assert versions(session) == [(1, 2, 1, 1)]
        form = as_alice.get(session_page(session, "women/")).context["form"]
        assert (form["women"].value(), form["typed_over"].value()) == (2, 1)

    @pytest.mark.parametrize(
        ("typed", "field", "said"),
        [
            ({"women": "two"}, "women", "Enter a whole number, such as 4."),
            ({"women": "-1"}, "women", "Enter 0 or more."),
            ({"women": "9" * 5000}, "women", "Enter at most 10,000."),
            (
                {"basis": ""},
                "basis",
                "Say where these numbers come from. If nobody said, leave them blank.",
            ),
            (
                {"women": "4"},
                "women",
                "4 women and 1 not women make 5, but “Opening” has 4 seats that count.",
            ),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, as_alice: Client, session: Session, typed: dict[str, str], field: str, said: str
    ) -> None:
        response = self.send(as_alice, session, **typed)
        assert dict(response.context["form"].errors) == {field: [said]}
        assert response.context["form"]["not_women"].value() == "1"
        assert versions(session) == []

    def test_it_fits_the_whole_that_this_person_typed(
        self, as_alice: Client, session: Session, alice: User, bea: User
    ) -> None:
        enter_count(session.gathering, numbers(4, 1, 3), by=alice)
        said = "“Opening” has 2 women, but the whole line-up has at most 1. Correct one of the two."
        assert self.send(as_alice, session).context["form"].errors == {"women": [said]}
        enter_count(session.gathering, numbers(4, 1, 3), by=bea, women_basis=Basis.SELF_DECLARED)
        assert self.send(as_alice, session).status_code == 302

    def test_somebody_elses_numbers_are_not_shown(
        self, as_alice: Client, session: Session, bea: User
    ) -> None:
        state(session, 2, 1, by=bea, basis=Basis.SELF_DECLARED)
        response = as_alice.get(session_page(session, "women/"))
        assert response.context["typed_by_other"] is True
        assert response.context["form"]["women"].value() is None
        moved_on = self.send(as_alice, session)
        assert "Somebody saved newer numbers" in moved_on.content.decode()
        assert moved_on.context["form"]["typed_over"].value() == "1"
        [row] = as_alice.get(line_up_page(session.gathering)).context["rows"]
        assert (row.women, row.is_counted) == (None, True)

    def test_in_the_grid_a_member_sees_what_is_no_secret(
        self, as_bea: Client, session: Session, alice: User
    ) -> None:
        state(session, 2, 1, by=alice)
        address = line_up_page(session.gathering)
        [row] = as_bea.get(address).context["rows"]
        assert (row.women, row.has_changed_since) == (Count(2, 1, 1), False)
        SeatFactory(session=session)
        [row] = as_bea.get(address).context["rows"]
        assert row.has_changed_since is True
        assert "now 5 seats" in as_bea.get(address).content.decode()

    def test_locked(self, as_alice: Client, session: Session) -> None:
        Gathering.objects.update(locked_at=NOW)
        response = as_alice.post(session_page(session, "women/"), TYPED, follow=True)
        assert LOCKED in response.content.decode()
        assert versions(session) == []
