"""Forms about pledges: they read and check, and never save."""

from commitments.forms.check_in import CheckInForm
from commitments.forms.choices import RhythmForm, SettingsForm, ShowsForm
from commitments.forms.making import OwnForm, PromisesForm, StartForm, WhoForm

__all__ = [
    "CheckInForm",
    "OwnForm",
    "PromisesForm",
    "RhythmForm",
    "SettingsForm",
    "ShowsForm",
    "StartForm",
    "WhoForm",
]
