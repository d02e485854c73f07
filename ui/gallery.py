"""What the gallery shows: every component with believable content."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.core.paginator import Paginator

from ui.forms import PlainForm
from ui.icons import SYMBOLS
from ui.statuses import LOOKS


@dataclass(frozen=True)
class SampleLine:
    at: datetime
    text: str
    detail: str = ""


class SampleForm(PlainForm, forms.Form):
    name = forms.CharField(label="Name of the event or group", max_length=120)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=[("", "Choose one"), ("panel", "Panel"), ("board", "Board")],
        help_text="On a board everybody who votes counts, the chair too.",
    )
    women = forms.IntegerField(
        label="Women", min_value=0, help_text="As people describe themselves."
    )
    on = forms.DateField(
        label="Date", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    basis = forms.ChoiceField(
        label="Where does this count come from?",
        choices=[
            ("self", "Each person told us"),
            ("own", "Their own public words"),
            ("none", "Not known"),
        ],
        widget=forms.RadioSelect,
    )
    barriers = forms.MultipleChoiceField(
        label="What have you offered?",
        choices=[("fee", "A fee"), ("travel", "Travel"), ("care", "Care costs")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label="Everybody counted knows that they are counted")


LINE_UPS = [
    ("Everything known", ["yes"] * 3 + ["no"] * 3, "3 of 6"),
    ("Some not known, two short", ["yes"] * 2 + ["no"] * 3 + ["unknown"] * 2 + ["short"] * 2, ""),
    ("May not be shown", ["plain"] * 7, ""),
    ("Two seats", ["yes", "no"], ""),
    ("Twenty-four seats", ["yes"] * 9 + ["no"] * 11 + ["unknown"] * 4, "9 of 24"),
    ("Sixty seats", ["yes"] * 25 + ["no"] * 30 + ["unknown"] * 5, ""),
    ("More than sixty", ["yes"] * 40 + ["no"] * 50 + ["unknown"] * 20 + ["short"] * 15, ""),
]
WORDS = {"yes": "women", "no": "not women", "unknown": "not known", "short": "more women needed"}


def samples() -> dict[str, Any]:
    return {
        "themes": ["light", "dark"],
        "statuses": list(LOOKS),
        "icons": list(SYMBOLS),
        "line_ups": LINE_UPS,
        "words": WORDS,
        "empty_form": SampleForm(auto_id="id_empty_%s"),
        "bad_form": SampleForm({"name": "Voices of maternity care", "women": "-2"}),
        "page_obj": Paginator(range(95), 10).page(4),
        "day": date(2026, 3, 12),
        "moment": datetime(2026, 3, 12, 9, 30, tzinfo=UTC),
        "names": ["Ọlátúnjí Adébáyọ̀", "Nguyễn Thị Ánh", "فاطمة الزهراء", "Siân Llŷr", "தமிழ்ச்செல்வி"],
        "lines": [
            SampleLine(datetime(2026, 3, 12, 9, 30, tzinfo=UTC), "Amara Osei proposed closure"),
            SampleLine(
                datetime(2026, 2, 3, 15, 5, tzinfo=UTC),
                "Tom Reilly posted an update",
                "On track, first draft shared",
            ),
            SampleLine(datetime(2026, 1, 20, 11, 0, tzinfo=UTC), "The system sent a reminder"),
        ],
        "rows": [("Date", "12 March 2026"), ("Where", "Leeds"), ("Speakers", 6)],
        "headings": ["State", "Recommendations"],
        "numbers": [("Done", 7), ("In progress", 11), ("Not started", 4)],
        "stats": [
            ("Overdue", 4, "overdue"),
            ("Need a decision", 2, "at_risk"),
            ("Closed", 7, "done"),
            ("Silent", 3, ""),
        ],
    }
