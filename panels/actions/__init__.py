"""What other apps, the demo and tests write here."""

from panels.actions.counting import CountMovedOn, enter_count
from panels.actions.gatherings import change_gathering, create_gathering

__all__ = ["CountMovedOn", "change_gathering", "create_gathering", "enter_count"]
