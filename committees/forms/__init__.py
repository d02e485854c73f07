from committees.forms.days import DayField
from committees.forms.groups import GroupEditForm, GroupForm, SeatForm
from committees.forms.meetings import (
    ApologiesForm,
    MeetingEditForm,
    MeetingForm,
    MeetingRecordForm,
)

__all__ = [
    "ApologiesForm",
    "DayField",
    "GroupEditForm",
    "GroupForm",
    "MeetingEditForm",
    "MeetingForm",
    "MeetingRecordForm",
    "SeatForm",
]
