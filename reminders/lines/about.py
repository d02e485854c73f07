from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """The subject of a reminder. `path`: of its page. `figures`: what a review looks back on."""

    title: str
    path: str
    figures: tuple[tuple[str, str], ...] = ()
