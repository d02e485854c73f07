"""Counts that cannot all be right, before anybody judges them."""

from dataclasses import dataclass

from panels.audit import Count
from panels.enums import Part


@dataclass(frozen=True)
class PartProblem:
    """Why two counts cannot both be right. `field` is yes, no or n."""

    part: Part
    field: str
    message: str


_COUNTED_AS = {"yes": "counted as yes", "no": "counted as no", "n": "in all"}


def check_parts(
    whole: Count, main_stage: Count | None, rest: Count | None
) -> tuple[PartProblem, ...]:
    """A part cannot exceed its whole, and somebody in the whole must be in one of its parts.

    One person may be in both parts. A part may be less well known than its whole.
    """
    parts = ((Part.MAIN_STAGE, main_stage), (Part.REST, rest))
    problems = [
        PartProblem(
            part,
            field,
            f"{part.label} has {getattr(count, field)} {_COUNTED_AS[field]}, "
            f"but the {Part.WHOLE.label.lower()} has {getattr(whole, field)}.",
        )
        for part, count in parts
        if count is not None
        for field in ("yes", "no", "n")
        if getattr(count, field) > getattr(whole, field)
    ]
    if main_stage is not None and rest is not None and main_stage.n + rest.n < whole.n:
        message = (
            f"{Part.WHOLE.label} has {whole.n} in all, but the {Part.MAIN_STAGE.label.lower()} and "
            f"{Part.REST.label.lower()} together have {main_stage.n + rest.n}."
        )
        problems.append(PartProblem(Part.WHOLE, "n", message))
    return tuple(problems)


def line_up_and_count(line_up: int, counted: int) -> str:
    """Both numbers of people, where the planned line-up and its count differ; otherwise empty."""
    if not line_up or line_up == counted:
        return ""
    people = "1 person" if line_up == 1 else f"{line_up} people"
    return f"The line-up has {people}, the count is of {counted}."


def check_session(title: str, women: int, not_women: int, seats: int) -> str:
    """Why a session cannot hold so many; empty where it can."""
    if women + not_women <= seats:
        return ""
    has = "1 seat that counts" if seats == 1 else f"{seats} seats that count"
    makes = f" make {women + not_women}" if women and not_women else ""
    told = [f"{women} women"] * bool(women) + [f"{not_women} not women"] * bool(not_women)
    return f"{' and '.join(told)}{makes}, but “{title}” has {has}."


def check_session_in_whole(title: str, session: Count, whole: Count) -> str:
    """Whoever is in a session is in the whole line-up too; empty where that can be so."""
    for field, name in (("yes", "women"), ("no", "not women")):
        told, most = getattr(session, field), getattr(whole, field) + whole.unknown
        if told > most:
            return (
                f"“{title}” has {told} {name}, but the {Part.WHOLE.label.lower()} has at most"
                f" {most}. Correct one of the two."
            )
    return ""
