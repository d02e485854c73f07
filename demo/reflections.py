"""What leaders wrote down after an event that was not shown to meet; some of it in public."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from commitments.actions.reflecting import publish_reflection, write_reflection
from commitments.reflecting import PARTS
from demo.leaders import CHIEF
from demo.scene import Scene, Step


@dataclass(frozen=True)
class Thought:
    """`words` in the order of the four parts; `ago` in days."""

    leader: str
    title: str
    ago: int
    words: tuple[str, str, str, str]
    is_published: bool = False


THOUGHTS = (
    Thought(
        CHIEF, "Young minds, old systems", 327,
        (
            "Five of us spoke. I looked along the table and did not know who had been asked.",
            "Nothing. I had said yes by telephone, between two meetings.",
            "I answer fastest when I am flattered.",
            "No answer on the telephone. My office sends the letter before I say anything.",
        ),
    ),
    Thought(
        CHIEF, "The price of a late diagnosis", 92,
        (
            "They changed one of five speakers after I asked, and it was the best talk of the day. "
            "What nobody can say is who the five of us were: the organiser had never asked.",
            "Who else speaks, who chairs, and how people describe themselves.",
            "Forms for speakers ask about slides and sandwiches, and about nothing else.",
            "I will offer our own form for speakers with the letter: *two questions, and you may "
            "leave both empty*.",
        ),
        is_published=True,
    ),
    Thought(
        "executive-sponsor", "Directors' round table", 176,
        (
            "Eleven directors and one table. Nobody had counted, and I did not ask beforehand.",
            "",
            "It is a meeting of posts, so everybody thinks that nobody chooses who comes.",
            "Next year each of us brings a colleague who leads without being a director.",
        ),
        is_published=True,
    ),
)  # fmt: skip


def reflect(scene: Scene) -> Iterator[Step]:
    for thought in THOUGHTS:
        yield scene.days.at(thought.ago, 21), partial(write_down, thought, scene)


def write_down(thought: Thought, scene: Scene, at: datetime) -> None:
    entry, by = scene.entries[thought.leader, thought.title], scene.cast[thought.leader]
    words = dict(zip(PARTS, thought.words, strict=True))
    written = write_reflection(invitation=entry, words=words, seen=0, by=by, now=at)
    if thought.is_published:
        publish_reflection(invitation=entry, seen=written.revision, by=by, now=at)
