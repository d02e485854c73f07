"""What other apps, the demo and tests write here."""

from recommendations.actions.adopting import adopt_catalogue
from recommendations.actions.owning import accept_action, set_owners
from recommendations.actions.reporting import post_update
from recommendations.actions.responding import record_response

__all__ = ["accept_action", "adopt_catalogue", "post_update", "record_response", "set_owners"]
