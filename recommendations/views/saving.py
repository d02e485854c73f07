"""Saving a form by one action, whose refusal is said on the form."""

from collections.abc import Callable

from django import forms

from recommendations.refusals import RecommendationRefused


def is_saved(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """`act` runs only when the form is valid. What was typed stays when it refuses."""
    if not form.is_valid():
        return False
    try:
        act()
    except RecommendationRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
