"""What every form of ours does with too much, too little and nothing."""

import pytest
from django import forms

from tests.ui.rendering import rendered
from ui.forms import PlainForm, error_links


class Sample(PlainForm, forms.Form):
    name = forms.CharField(max_length=5, min_length=2, label="Name")
    role = forms.CharField(label="Your role", widget=forms.TextInput({"placeholder": "Role"}))
    who = forms.CharField(label="Who asks?")
    on = forms.DateField(label="When")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    own = forms.CharField(label="Own", error_messages={"required": "Say it."})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["late"] = forms.CharField(label="Added late")


def test_the_browser_is_not_asked_to_cut_what_is_pasted() -> None:
    html = rendered("{% form_fields form=form %}", form=Sample())
    assert [word for word in ("maxlength", "minlength", "placeholder") if word in html] == []


def test_what_is_too_long_is_said_at_its_field_and_kept() -> None:
    form = Sample({"name": "x" * 10_000})
    assert form.errors["name"] == ["Use 5 characters or fewer. This has 10000."]
    html = rendered("{% form_fields form=form %}", form=form)
    assert "x" * 10_000 in html


def test_what_is_missing_is_asked_for_by_name() -> None:
    assert Sample({}).errors == {
        "name": ["Enter the name."],
        "role": ["Enter your role."],
        "who": ["Enter an answer."],
        "on": ["Enter a date."],
        "kind": ["Choose one."],
        "own": ["Say it."],
        "late": ["Enter the added late."],
    }


def test_the_summary_says_each_label_once() -> None:
    assert [link.text for link in error_links(Sample({}))] == [
        "Enter the name.",
        "Enter your role.",
        "Who asks? Enter an answer.",
        "When: Enter a date.",
        "Kind: Choose one.",
        "Own: Say it.",
        "Enter the added late.",
    ]


@pytest.mark.parametrize("many", [False, True])
def test_a_choice_may_carry_a_line_of_its_own(many: bool) -> None:
    class Hinted(PlainForm, forms.Form):
        pick = (forms.MultipleChoiceField if many else forms.ChoiceField)(
            choices=[("a", "A"), ("b", "B")],
            widget=forms.CheckboxSelectMultiple if many else forms.RadioSelect,
        )

    form = Hinted()
    form.fields["pick"].choice_hints = {"a": "The <first>."}  # type: ignore[attr-defined]
    html = rendered("{% form_fields form=form %}", form=form)
    assert '<p class="form-text" id="id_pick_0_hint">The &lt;first&gt;.</p>' in html
    assert html.count('aria-describedby="id_pick_0_hint"') == 1
    assert "id_pick_1_hint" not in html
