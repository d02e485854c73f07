"""Who makes a pledge, as a form reads it and an action writes it."""

from dataclasses import dataclass

from organisations.models import Organisation


@dataclass(frozen=True)
class Who:
    """Who makes the pledge. With an organisation its name is the organisation's own."""

    name: str
    role_title: str
    organisation: Organisation | None = None
    organisation_name: str = ""
