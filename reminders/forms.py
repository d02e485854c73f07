from django import forms

from outbox.enums import State
from reminders.enums import ReminderKind
from ui.forms import PlainForm


class EmailChoicesForm(PlainForm, forms.Form):
    """One tick for each kind of reminder; the fields are named for the kinds."""

    action_due = forms.BooleanField(
        label=ReminderKind.ACTION_DUE.label,
        required=False,
        help_text="30 and 7 days before the date, on the day, and a week after it.",
    )
    check_in_due = forms.BooleanField(
        label=ReminderKind.CHECK_IN_DUE.label,
        required=False,
        help_text="On the first working day of the month, or of the quarter.",
    )

    def choices(self) -> dict[ReminderKind, bool]:
        return {kind: self.cleaned_data[kind.value] for kind in ReminderKind}


class MailFilterForm(forms.Form):
    state = forms.ChoiceField(
        label="Which emails", required=False, choices=[("", "All emails"), *State.choices]
    )

    def chosen(self) -> State | None:
        """None shows everything, also for a state that does not exist."""
        state = self.cleaned_data.get("state") if self.is_valid() else ""
        return State(state) if state else None
