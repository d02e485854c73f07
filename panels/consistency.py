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
