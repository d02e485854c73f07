"""Who makes a pledge and what of it is public, as a form reads it and an action writes it."""

from dataclasses import dataclass

from organisations.models import Organisation


@dataclass(frozen=True)
class Who:
    """Who makes the pledge. With an organisation its name is the organisation's own."""

    name: str
    role_title: str
    organisation: Organisation | None = None
    organisation_name: str = ""


@dataclass(frozen=True)
class Shows:
    """What is public beside the text. `says_who_asked` needs somebody who did."""

    shows_record: bool = True
    is_listed: bool = True
    counts_who_followed: bool = False
    says_who_asked: bool = False
