"""What others may do before mail leaves."""

from django.dispatch import Signal

# With `now`. Sent when something is due: whoever knows better takes back what no longer holds.
about_to_deliver = Signal()
