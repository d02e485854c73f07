"""What keeps people away, line by line: the checklist every organisation begins with."""

from dataclasses import dataclass

from panels.enums import Barrier, ForWhom

OWN_LINES = "Your own lines"
THEMES = {
    "Money and care": (
        Barrier.TRAVEL,
        Barrier.FEES,
        Barrier.BURSARIES,
        Barrier.CARE,
        Barrier.ASSISTANT_TICKET,
    ),
    "Getting in and taking part": (
        Barrier.STEP_FREE,
        Barrier.HEARING_LOOP,
        Barrier.BSL,
        Barrier.CAPTIONS,
        Barrier.SLIDES_AHEAD,
        Barrier.QUIET_ROOM,
        Barrier.REMOTE,
    ),
    "Time, food and language": (Barrier.TIMING, Barrier.FOOD, Barrier.LANGUAGE),
    "Knowing and being safe": (
        Barrier.ACCESS_CONTACT,
        Barrier.SPEAKER_ACCESS,
        Barrier.CONDUCT,
        Barrier.RECORDING,
    ),
}
FOR_SPEAKERS = frozenset({Barrier.TRAVEL, Barrier.FEES, Barrier.SPEAKER_ACCESS})
FOR_ATTENDEES = frozenset({Barrier.BURSARIES, Barrier.SLIDES_AHEAD})
WHOM = {
    ForWhom.SPEAKERS: "Speakers",
    ForWhom.ATTENDEES: "Attendees",
    ForWhom.BOTH: "Speakers and attendees",
}
MOST_LINES = 60


@dataclass(frozen=True)
class Line:
    """`key` names it in forms and addresses: our name for it, or the id of a line of one's own."""

    key: str
    text: str
    for_whom: ForWhom
    theme: str

    @property
    def whom(self) -> str:
        return WHOM[self.for_whom]


def for_whom(barrier: Barrier) -> ForWhom:
    if barrier in FOR_SPEAKERS:
        return ForWhom.SPEAKERS
    return ForWhom.ATTENDEES if barrier in FOR_ATTENDEES else ForWhom.BOTH


def theme_of(barrier: str) -> str:
    """A blank one is a line of the organisation's own."""
    return next((name for name, held in THEMES.items() if barrier in held), OWN_LINES)


BUILT_IN = tuple(
    Line(barrier.value, str(barrier.label), for_whom(barrier), theme)
    for theme, barriers in THEMES.items()
    for barrier in barriers
)


def by_theme(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """In the order of the themes, each line in the order given; themes without lines dropped."""
    sorted_out = [
        (theme, [line for line in lines if line.theme == theme]) for theme in (*THEMES, OWN_LINES)
    ]
    return [(theme, held) for theme, held in sorted_out if held]


def neighbour(lines: list[Line], key: str, *, step: int) -> Line | None:
    """The line that changes places with `key` when that moves by one within its theme."""
    line = next((one for one in lines if one.key == key), None)
    if line is None:
        return None
    beside = [one for one in lines if one.theme == line.theme]
    place = beside.index(line) + step
    return beside[place] if 0 <= place < len(beside) else None
