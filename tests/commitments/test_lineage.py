"""What a newer version kept, added, reworded, left out and dropped."""

import pytest

from commitments.enums import Choice, Lineage
from commitments.lineage import Change, Line, compare, grouped

FIRST = "I publish who speaks at the events that we run"


def worded(key: str, text: str = "The words.", choice: Choice = Choice.ADOPTED) -> Line:
    return Line(key, f"Title of {key}", choice, text)


def own(text: str) -> Line:
    return Line("", "", Choice.OWN, text)


LEFT = Choice.LEFT_OUT


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([worded("a")], [worded("a")], [Lineage.KEPT]),
        ([worded("a", "The \n words.")], [worded("a")], [Lineage.KEPT]),
        ([worded("a", "Earlier.")], [worded("a", "Later.")], [Lineage.REWORDED]),
        ([worded("a")], [worded("a", "Mine.", Choice.ADAPTED)], [Lineage.REWORDED]),
        ([worded("a")], [worded("a", choice=LEFT)], [Lineage.LEFT_OUT]),
        ([worded("a", choice=LEFT)], [worded("a")], [Lineage.ADDED]),
        ([worded("a", choice=LEFT)], [worded("a", choice=LEFT)], []),
        ([worded("a")], [], [Lineage.DROPPED]),
        ([worded("a", choice=LEFT)], [], []),
        ([], [worded("a")], [Lineage.ADDED]),
        ([], [worded("a", choice=LEFT)], [Lineage.LEFT_OUT]),
        ([worded("a"), worded("b")], [worded("b"), worded("a")], [Lineage.KEPT] * 2),
        ([], [], []),
    ],
)
def test_promises_of_the_wording_are_matched_by_their_key(
    before: list[Line], after: list[Line], kinds: list[Lineage]
) -> None:
    assert [change.kind for change in compare(before, after)] == kinds


def test_a_change_holds_the_words_before_and_after() -> None:
    [change] = compare([worded("a", "Earlier.")], [worded("a", "Later.")])
    assert change == Change(Lineage.REWORDED, "Title of a", "Earlier.", "Later.")


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([FIRST], [FIRST], [Lineage.KEPT]),
        ([FIRST], [FIRST.upper()], [Lineage.KEPT]),
        ([FIRST], [f"{FIRST} and chair"], [Lineage.REWORDED]),
        ([FIRST], ["I read a book a month"], [Lineage.ADDED, Lineage.DROPPED]),
        ([FIRST, FIRST], [FIRST], [Lineage.KEPT, Lineage.DROPPED]),
        ([], [FIRST], [Lineage.ADDED]),
        ([FIRST], [], [Lineage.DROPPED]),
    ],
)
def test_promises_of_ones_own_are_matched_by_their_words(
    before: list[str], after: list[str], kinds: list[Lineage]
) -> None:
    changes = compare([own(text) for text in before], [own(text) for text in after])
    assert [change.kind for change in changes] == kinds


@pytest.mark.parametrize(
    ("after", "kind"),
    [("a b c x y", Lineage.REWORDED), ("a b w x y", Lineage.ADDED)],
)
def test_three_fifths_of_the_words_make_it_the_same_promise(after: str, kind: Lineage) -> None:
    assert compare([own("a b c d e")], [own(after)])[0].kind == kind


def test_of_several_the_two_most_alike_belong_together() -> None:
    changes = compare(
        [own("I ask each time before I speak"), own("I ask before I vote")],
        [own("I ask each time before I sit")],
    )
    assert changes == [
        Change(
            Lineage.REWORDED, "", "I ask each time before I speak", "I ask each time before I sit"
        ),
        Change(Lineage.DROPPED, "", before="I ask before I vote"),
    ]


def test_what_changed_comes_before_what_stayed() -> None:
    changes = compare([worded("a"), worded("b")], [worded("a"), worded("c")])
    assert [(kind, len(of_it)) for kind, of_it in grouped(changes)] == [
        (Lineage.ADDED, 1),
        (Lineage.DROPPED, 1),
        (Lineage.KEPT, 1),
    ]
