import pytest
from django import forms

from ui.forms import NameField
from ui.names import clean_name


@pytest.mark.parametrize(
    "name",
    [
        "مركز الأمل",
        "می\u200cخواهم",
        "ஸ்ரீ\u200dதேவி",
        "👩🏾\u200d💻 Adaeze",
        "Bàbá Ọ̀ṣun",
        "\u05e9\u05d5\u05dc\u05d7\u05df\u200f",
        "O’Neill-Ŵyn 2",
    ],
)
def test_every_script_is_kept_as_it_was_typed(name: str) -> None:
    assert clean_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Bea  ", "Bea"),
        ("Bea\x00\x07\tBrown", "BeaBrown"),
        ("\u202eBea\u202c \u2066Brown\u2069", "Bea Brown"),
        ("Bea\nBrown", "Bea\nBrown"),
    ],
)
def test_what_turns_a_page_about_is_taken_out(typed: str, kept: str) -> None:
    """A line break stays, for whoever checks names to refuse."""
    assert clean_name(typed) == kept


@pytest.mark.parametrize(
    "nothing", ["", " ", "\u200b\u200d\ufeff", "\u2060", "\u3164", "\u2800", "\u0301", "\u202e"]
)
def test_what_cannot_be_seen_is_no_name(nothing: str) -> None:
    assert clean_name(nothing) == ""
    with pytest.raises(forms.ValidationError):
        NameField().clean(nothing)
