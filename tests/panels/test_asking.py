from panels.asking import QUESTIONS, message
from panels.enums import Measure


def test_the_message_asks_both_questions_with_every_answer() -> None:
    text = message(title="Voices", organisation="Harbour Minds")
    for question in QUESTIONS:
        assert question.text in text
        assert " / ".join(question.answers) in text
    assert [question.measure for question in QUESTIONS] == [Measure.WOMEN, Measure.MINORITISED]


def test_every_question_may_be_left_unanswered() -> None:
    assert [question.answers[-1] for question in QUESTIONS] == ["Prefer not to say"] * 2
    assert "you may skip either" in message(title="Voices", organisation="Harbour Minds")
