"""A membership body: one member lets it see whether it has pledged, another has not answered."""

from commitments.actions.bodies import ask_member, consent
from demo.days import Days
from demo.people import HOMES, Cast

BODY = "lantern"


def ask_members(cast: Cast, days: Days) -> None:
    body, by = cast.homes[BODY], cast[HOMES[BODY].coordinator]
    agreeing, waiting = HOMES["saltmarsh"], HOMES["bridge"]
    link = ask_member(
        body=body,
        member_name=agreeing.name,
        email=cast[agreeing.coordinator].email,
        by=by,
        now=days.at(90, 11),
    )
    consent(
        link=link, member=cast.homes["saltmarsh"], by=cast[agreeing.coordinator],
        now=days.at(88, 16),
    )  # fmt: skip
    ask_member(
        body=body,
        member_name=waiting.name,
        email=cast[waiting.coordinator].email,
        by=by,
        now=days.at(9, 11),
    )
