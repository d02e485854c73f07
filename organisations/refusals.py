"""What every rule that refuses has in common."""


class Refused(ValueError):
    """The change would break a rule, so nothing has changed; the message is for the person who
    asked. Each subject names its own; what no person reads ends in Error instead."""
