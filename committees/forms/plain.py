"""What every form about groups says of a choice that is not on offer."""

from django import forms

from ui.forms import PlainForm

STOCK = forms.ChoiceField.default_error_messages["invalid_choice"]
GONE = "This cannot be chosen, or no longer. Choose another one."


class CommitteeForm(PlainForm):
    """Mixed in before `forms.Form` or `forms.ModelForm`."""

    def full_clean(self) -> None:
        """Lists change while a page is open; what was sent is never said back."""
        for field in self.fields.values():
            if field.error_messages.get("invalid_choice") == STOCK:
                field.error_messages["invalid_choice"] = GONE
        super().full_clean()
