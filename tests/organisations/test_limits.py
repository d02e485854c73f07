"""Each boundary of how many invitations may leave."""

import pytest

from organisations.limits import Invited, refusal


@pytest.mark.parametrize(
    ("of_organisation", "of_person", "to_address", "why"),
    [
        (0, 0, 0, ""),
        (49, 19, 0, ""),
        (50, 19, 0, "50 invitations have left this organisation in a day. Send more tomorrow."),
        (49, 20, 0, "You have sent 20 invitations in a day. Send more tomorrow."),
        (1, 1, 1, "An invitation went to this address less than an hour ago. Wait a little."),
    ],
)
def test_where_it_ends(of_organisation: int, of_person: int, to_address: int, why: str) -> None:
    invited = Invited(by_organisation=of_organisation, by_person=of_person, to_address=to_address)
    assert refusal(invited) == why
