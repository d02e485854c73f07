"""How much may be sent to people who did not ask for it, and what may stand in it. Rules only."""

import re
import unicodedata
from dataclasses import dataclass

MOST_A_DAY = 20
LONGEST_WORDS = 300
ASKED_ALREADY = "You have asked this address already."
NO_ADDRESSES = "Leave web and email addresses out. The email brings its own link."
NOT_SIGNED = (
    "Your name, role or organisation, or a title, holds a web address, so it cannot go into an"
    " email. Change it first."
)

# A full stop inside a word: at the end of a sentence a space follows, and after "U.K." or in
# "10.30am" no two letters. A host may also be written with an ideographic full stop; between two
# Chinese or Japanese sentences it stands without a space.
A_HOST = r"[\w-]\.[^\W\d_]{2}|[\w-]。[^\W\d_\u3040-\u30ff\u3400-\u9fff]{2}|\w\.xn--"
FOUR_NUMBERS = r"\b\d{1,3}(?:[.。]\d{1,3}){3}\b"
LEADS_ELSEWHERE = re.compile(rf"://|\bwww[.。]|@|{A_HOST}|{FOUR_NUMBERS}", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """What was sent so far, in whatever kind of mail.

    by_person: in the last day. to_address: in the last hour, by anybody.
    refuses: it wants no more of these.
    """

    by_person: int
    to_address: int
    refuses: bool


def refusal(asked: Asked) -> str:
    """Why one more may not leave now; empty where it may."""
    if asked.refuses:
        return "Whoever reads this address asked not to get these emails. Talk to them instead."
    if asked.by_person >= MOST_A_DAY:
        return f"You have asked {MOST_A_DAY} people in a day. Ask more tomorrow."
    if asked.to_address:
        return "This address was asked less than an hour ago. Wait a little."
    return ""


def why_not_signed(*names: str) -> str:
    """Why a mail that prints these does not leave; empty where it may. All that it prints of what
    somebody typed belongs here."""
    return NOT_SIGNED if any(leads_elsewhere(name) for name in names) else ""


def leads_elsewhere(text: str) -> bool:
    """Whether a mail program might turn a part of it into a link."""
    return LEADS_ELSEWHERE.search(_as_read(text)) is not None


def _as_read(text: str) -> str:
    """One sign for each way to write it, without marks above letters and what is not seen."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in UNSEEN)


UNSEEN = {"Mn", "Mc", "Me", "Cf"}
