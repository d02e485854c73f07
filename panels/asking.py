"""The two questions, and the message that asks the people on a line-up."""

from dataclasses import dataclass

from panels.enums import Measure


@dataclass(frozen=True)
class Question:
    """Both may be left out; an answer only ever adds to a count."""

    measure: Measure
    text: str
    answers: tuple[str, ...]


QUESTIONS = (
    Question(
        Measure.WOMEN,
        "Which best describes you?",
        ("Woman", "Man", "Non-binary", "In another way", "Prefer not to say"),
    ),
    Question(
        Measure.MINORITISED,
        "Do you consider yourself part of a community that is minoritised because of race"
        " or ethnicity in the UK?",
        ("Yes", "No", "Prefer not to say"),
    ),
)


def message(*, title: str, organisation: str) -> str:
    """Plain text to send to each person on their own. It holds no count."""
    asked = "\n".join(
        f"{number}. {question.text}\n   {' / '.join(question.answers)}"
        for number, question in enumerate(QUESTIONS, start=1)
    )
    return f"""Hello,

You are part of “{title}”. {organisation} has promised to look at who is on its line-ups, \
so we ask everybody the same two questions. It takes two minutes, and you may skip either.

{asked}

Please answer to me alone. Your answer only adds one to a total: we keep no list of who said \
what, and I delete your reply once it is counted. Only totals are kept; small ones are seen by \
nobody but the person who enters them. You can ask me to take your answer out again.

Thank you"""
