"""What a statement says: never more than anybody may know of one line-up."""

import json
import re
from datetime import date
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from panels.audit import Count, LineUp, Tally, verdict
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part, Verdict
from panels.freezing import canonical
from panels.statement_facts import JOINED, Facts, ToState, drawn, facts_of
from panels.statement_paper.paper import words
from panels.statement_words import in_short, texts_of
from panels.thresholds import Thresholds

ADDRESS = "https://table.example/line-ups/voices-1/"
DEFINITIONS = {
    Measure.WOMEN: Definition.WOMEN,
    Measure.MINORITISED: Definition.MINORITISED_SELF_DEFINED,
}
counts = st.builds(Count, yes=st.integers(0, 12), no=st.integers(0, 12), unknown=st.integers(0, 12))


def tally(
    measure: Measure,
    count: Count,
    part: Part = Part.WHOLE,
    counted: Counted = Counted.COUNTED,
    basis: Basis = Basis.SELF_DECLARED,
) -> Tally:
    return Tally(part, counted, measure, count, basis, DEFINITIONS[measure])


def facts(
    *tallies: Tally, title: str = "Voices", kind: GatheringKind = GatheringKind.PANEL
) -> Facts:
    day = date(2026, 3, 12)
    what = ToState(title, kind, day, day, "", "Harbour Minds", day, LineUp(kind, tallies))
    return facts_of(what)


def of(found: Facts, measure: Measure) -> Facts:
    return next(one for one in found["measures"] if one["measure"] == measure)


@given(women=counts, minoritised=counts)
def test_of_ethnicity_only_whether_it_was_shown(women: Count, minoritised: Count) -> None:
    """Two line-ups of as many seats, both shown or both not, give the very same facts."""
    found = facts(tally(Measure.WOMEN, women), tally(Measure.MINORITISED, minoritised))
    [part] = of(found, Measure.MINORITISED)["parts"]
    is_met = verdict(minoritised, Thresholds().minoritised) == Verdict.MET
    assert part["tag"]["label"] == ("Shown to meet" if is_met else "Not shown to meet")
    assert (part["figure"], part["known"], part["with_chair"], part["words"]) == ("", "", "", {})
    assert part["seats"] == ({"plain": minoritised.n} if minoritised.n else {})


@given(one=counts, other=counts)
def test_made_anew_it_tells_at_most_that_the_result_changed(one: Count, other: Count) -> None:
    """Differencing: what is hidden leaves no trace of which correction was made."""
    before, after = (
        facts(tally(Measure.WOMEN, Count(3, 3)), tally(Measure.MINORITISED, count))
        for count in (one, other)
    )
    met = [verdict(count, Thresholds().minoritised) == Verdict.MET for count in (one, other)]
    if one.n == other.n and met[0] == met[1]:
        assert canonical(before) == canonical(after)


@given(count=counts, basis=st.sampled_from(Basis))
def test_women_are_exact_only_as_stated_and_from_three(count: Count, basis: Basis) -> None:
    if basis == Basis.NOT_KNOWN:
        count = Count(unknown=count.n)
    [part] = of(facts(tally(Measure.WOMEN, count, basis=basis)), Measure.WOMEN)["parts"]
    may = basis in (Basis.ORGANISER_STATED, Basis.PUBLICLY_STATED) and count.n >= 3
    assert part["figure"] == (f"{count.yes} of {count.n}" if may else "")
    assert ("plain" in part["seats"]) is (not may and count.n > 0)


def test_main_stage_and_rest_likewise() -> None:
    stated = Basis.ORGANISER_STATED
    found = facts(
        tally(Measure.WOMEN, Count(5, 5), basis=stated),
        tally(Measure.WOMEN, Count(1, 3), Part.MAIN_STAGE, basis=stated),
        tally(Measure.WOMEN, Count(4, 2), Part.REST, basis=stated),
        tally(Measure.MINORITISED, Count(2, 8)),
        tally(Measure.MINORITISED, Count(0, 4), Part.MAIN_STAGE),
        tally(Measure.MINORITISED, Count(2, 4), Part.REST),
        kind=GatheringKind.CONFERENCE,
    )
    assert [part["figure"] for part in of(found, Measure.WOMEN)["parts"]] == [
        "5 of 10",
        "1 of 4",
        "4 of 6",
    ]
    minoritised = of(found, Measure.MINORITISED)
    assert [part["figure"] for part in minoritised["parts"]] == ["", "", ""]
    assert [part["tag"]["label"] for part in minoritised["parts"]] == [
        "Shown to meet",
        "Not shown to meet",
        "Shown to meet",
    ]
    warning = "Met overall, not shown on the main stage"
    assert [one["label"] for one in minoritised["warnings"]] == [warning]
    assert [one["warning"] for one in words(found)["measures"]] == [warning, warning]
    assert JOINED in found["limits"]


def test_a_small_main_stage_hides_both_parts() -> None:
    stated = Basis.ORGANISER_STATED
    found = facts(
        tally(Measure.WOMEN, Count(4, 4), basis=stated),
        tally(Measure.WOMEN, Count(1, 1), Part.MAIN_STAGE, basis=stated),
        tally(Measure.WOMEN, Count(3, 3), Part.REST, basis=stated),
    )
    figures = [part["figure"] for part in of(found, Measure.WOMEN)["parts"]]
    assert figures == ["4 of 8", "", ""]


def test_never_measured_against_an_aim_and_never_asking_for_more() -> None:
    found = facts(tally(Measure.WOMEN, Count(2, 4), basis=Basis.ORGANISER_STATED))
    [part] = of(found, Measure.WOMEN)["parts"]
    assert part["tag"]["label"] == "Not met"
    assert of(found, Measure.WOMEN)["asks"] == "At least 50%"
    assert "need" not in json.dumps(found)


def test_its_stamp_says_what_it_rests_on() -> None:
    found = facts(
        tally(Measure.WOMEN, Count(2, 2, 1), basis=Basis.ORGANISER_STATED),
        tally(Measure.MINORITISED, Count(0, 5)),
    )
    assert of(found, Measure.WOMEN)["stamp"] == [
        ["Who is counted", "Women: whoever says so"],
        ["Where this count comes from", "The organiser told us"],
        ["Known share", "Known for 4 of 5"],
        ["Rules", "Version 1"],
    ]
    said = [name for name, _ in of(found, Measure.MINORITISED)["stamp"]]
    assert said == ["Who is counted", "Rules"]


def test_seats_are_drawn_in_the_order_of_their_kinds() -> None:
    found = facts(tally(Measure.WOMEN, Count(2, 1, 1), basis=Basis.ORGANISER_STATED))
    shuffled = json.loads(json.dumps(found, sort_keys=True))
    [part] = drawn(shuffled)[0]["parts"]
    assert part["marks"] == ["yes", "yes", "no", "unknown"]


class Tags(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)


def test_texts_say_the_same_in_all_three() -> None:
    found = facts(
        tally(Measure.WOMEN, Count(3, 3), basis=Basis.ORGANISER_STATED),
        tally(Measure.MINORITISED, Count(3, 3)),
    )
    texts = texts_of(found, address=ADDRESS, embed=f"{ADDRESS}embed/")
    for text in (texts.plain, texts.markdown, texts.html):
        plain = re.sub(r"<[^>]+>|\\", "", text)
        assert "Women (at least 50%): Met, 3 of 6, known for 6 of 6." in plain
        assert "People from minoritised communities (at least 20%): Shown to meet." in plain
        assert "Stated by Harbour Minds, as at 12 March 2026." in plain
        assert ADDRESS in text
    assert in_short(found).startswith("Women: met. People from minoritised communities: shown")
    assert 'height="520"' in texts.embed


def test_a_hostile_title_stays_text() -> None:
    title = '"><script>alert(1)</script> [x](javascript:y) *b*'
    found = facts(tally(Measure.WOMEN, Count(3, 3)), title=title)
    texts = texts_of(found, address=ADDRESS, embed=ADDRESS)
    assert Tags(texts.html).found == [
        "h2",
        "p",
        "strong",
        "ul",
        "li",
        "li",
        "p",
        "small",
        "p",
        "em",
        "p",
        "a",
    ]
    assert Tags(texts.embed).found == ["iframe"]
    assert "[x](javascript" not in texts.markdown
