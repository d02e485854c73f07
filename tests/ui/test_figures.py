import re

import pytest

from tests.ui.rendering import rendered
from ui.line_up import sentence

WORDS = {
    "yes": "women",
    "no": "not women",
    "unknown": "not known",
    "plain": "x",
    "short": "more needed",
}


def test_stat() -> None:
    assert rendered("{% stat label='Overdue' value=4 url='/o/' kind='overdue' note='today' %}") == (
        '<div class="stat stat-overdue"><p class="stat-value">4</p><p class="stat-label">'
        '<a href="/o/">Overdue</a></p><p class="small muted">today</p></div>'
    )


def test_figure_table_holds_the_same_numbers() -> None:
    html = rendered(
        "{% figure_table caption='By state' headings=h rows=r %}", h=["State", "n"], r=[("Done", 7)]
    )
    assert "<summary>The same numbers as a table</summary>" in html
    assert '<tr><th scope="col">State</th><th scope="col">n</th></tr>' in html
    assert '<tr><th scope="row">Done</th><td>7</td></tr>' in html


@pytest.mark.parametrize(
    ("done", "total", "width"), [(0, 3, None), (2, 5, "80.00"), (5, 5, "200.00"), (0, 0, None)]
)
def test_proven_bar_says_n_of_m(done: int, total: int, width: str | None) -> None:
    html = rendered("{% proven_bar done=d total=t %}", d=done, t=total)
    assert f'<p class="proven-words">{done} of {total} proven</p>' in html
    assert re.findall(r'proven-done" width="([\d.]+)"', html) == ([width] if width else [])
    assert "%" not in html


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (["yes", "yes", "no", "unknown"], "4 seats: 2 women, 1 not women, 1 not known."),
        (["yes"], "1 seat: 1 women."),
        (["no", "short", "short"], "1 seat: 1 not women. 2 more needed."),
        (["plain", "plain"], "2 seats."),
        ([], "0 seats."),
    ],
)
def test_the_picture_in_words(marks: list[str], said: str) -> None:
    assert sentence(marks, WORDS) == said


def seats_drawn(html: str) -> list[str]:
    return re.findall(r'<g class="seat seat-(\w+)">', html)


def test_one_chair_for_each_mark_in_category_order() -> None:
    html = rendered(
        "{% line_up_table marks=m label='Panel' %}", m=["short", "unknown", "no", "yes", "no"]
    )
    assert seats_drawn(html) == ["yes", "no", "no", "unknown", "short"]
    assert html.count("?</text>") == 1


def test_the_drawing_has_a_title_and_a_description() -> None:
    html = rendered(
        "{% line_up_table marks=m label=l words=w %}", m=["yes", "no"], l="A <panel>", w=WORDS
    )
    named = re.search(r'role="img" aria-labelledby="(\S+) (\S+)"', html)
    assert named is not None
    assert f'<title id="{named[1]}">A &lt;panel&gt;</title>' in html
    assert f'<desc id="{named[2]}">2 seats: 1 women, 1 not women.</desc>' in html


def test_the_same_picture_twice_has_ids_of_its_own() -> None:
    html = rendered(
        "{% line_up_table marks=m label='P' %}{% line_up_table marks=m label='P' %}", m=["no"]
    )
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) == 6
    assert sorted(re.findall(r"url\(#([^)]+)\)", html)) == sorted(
        i for i in ids if i.endswith("-h")
    )


def test_plain_seats_tell_nothing_but_their_number() -> None:
    html = rendered("{% line_up_table marks=m label='Panel' words=w %}", m=["plain"] * 3, w=WORDS)
    assert seats_drawn(html) == ["plain"] * 3
    assert "women" not in html
    assert "pattern" not in html


def test_the_key_counts_what_is_drawn() -> None:
    html = rendered(
        "{% line_up_table marks=m label='P' words=w %}", m=["yes", "yes", "unknown"], w=WORDS
    )
    assert re.findall(r"<strong>(\d+)</strong> ([\w ]+)<", html) == [
        ("2", "women"),
        ("1", "not known"),
    ]


def test_a_small_drawing_has_no_key_unless_asked() -> None:
    small = "{% line_up_table marks=m label='P' size='small' %}"
    assert "figcaption" not in rendered(small, m=["yes"])
    assert "figcaption" in rendered(small.replace("%}", "key=True %}"), m=["yes"])


def test_words_stand_in_the_middle() -> None:
    html = rendered("{% line_up_table marks=m label='P' centre=c %}", m=["yes"], c="1 of <2")
    assert '<text class="table-words" x="320.0" y="200.0">1 of &lt;2</text>' in html


def test_more_than_sixty_become_a_bar() -> None:
    html = rendered("{% line_up_table marks=m label='P' %}", m=["yes"] * 30 + ["no"] * 31)
    assert seats_drawn(html) == ["yes", "no"]
    widths = [float(w) for w in re.findall(r'y="0" width="([\d.]+)"', html)]
    assert sum(widths) == pytest.approx(638, abs=0.02)
    assert widths[0] / widths[1] == pytest.approx(30 / 31, abs=0.001)


def test_colours_come_from_classes_alone() -> None:
    html = rendered(
        "{% line_up_table marks=m label='P' %}", m=["yes", "no", "unknown", "short", "plain"]
    )
    assert "style" not in html
    assert "#" not in re.sub(r"url\(#[^)]+\)", "", html)


def test_an_unknown_mark_is_refused() -> None:
    with pytest.raises(KeyError, match="maybe"):
        rendered("{% line_up_table marks=m label='P' %}", m=["maybe"])
