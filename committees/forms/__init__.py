from committees.forms.days import DayField
from committees.forms.groups import GroupEditForm, GroupForm, SeatForm
from committees.forms.meetings import ApologiesForm, MeetingForm, MeetingRecordForm

__all__ = [
    "ApologiesForm",
    "DayField",
    "GroupEditForm",
    "GroupForm",
    "MeetingForm",
    "MeetingRecordForm",
    "SeatForm",
]
