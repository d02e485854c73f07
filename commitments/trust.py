"""Whose address can stand for an organisation: everybody's cannot, nor a throw-away one.

A short list on purpose. It keeps out what most people have at home; what is left is shown to the
public by name, and they judge it.
"""

import re

FREE = frozenset(
    """
    aol.com aol.co.uk bk.ru blueyonder.co.uk bt.com btinternet.com btopenworld.com caramail.com
    duck.com email.com fastmail.com fastmail.fm fsmail.net googlemail.com gmail.com gmx.net
    hey.com hushmail.com icloud.com inbox.com laposte.net list.ru mac.com mail.com mail.ee mail.ru
    mailfence.com me.com ntlworld.com orange.fr passport.com pm.me posteo.de posteo.net proton.me
    protonmail.ch protonmail.com qq.com rediffmail.com riseup.net rocketmail.com seznam.cz sky.com
    talk21.com talktalk.net tiscali.co.uk tuta.com tuta.io tutamail.com tutanota.com
    tutanota.de virgin.net virginmedia.com web.de wp.pl yandex.com yandex.ru ymail.com zoho.com
    zohomail.com 126.com 163.com
    """.split()  # noqa: SIM905
)
THROW_AWAY = frozenset(
    """
    10minutemail.com dispostable.com emailondeck.com fakeinbox.com getnada.com grr.la
    guerrillamail.com guerrillamail.info guerrillamail.net guerrillamail.org maildrop.cc
    mailinator.com mailnesia.com minuteinbox.com mohmal.com moakt.com mytemp.email sharklasers.com
    spam4.me temp-mail.io temp-mail.org tempail.com tempmail.com throwawaymail.com trashmail.com
    yopmail.com yopmail.fr yopmail.net
    """.split()  # noqa: SIM905
)
# Houses that give addresses away under one name in many countries.
IN_MANY_COUNTRIES = re.compile(
    r"(?:^|\.)(?:aol|gmx|hotmail|live|msn|outlook|yahoo|yandex)\.(?:com|net|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$"
)
A_DOMAIN = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")
# Names that no organisation has on the internet (RFC 2606, RFC 6761, RFC 6762).
NOWHERE = frozenset({"invalid", "local", "localhost", "test", "internal", "lan", "home", "onion"})


def domain_of(address: str) -> str:
    """The part after the last @ in lower case, as mail servers write it ('xn--…')."""
    domain = address.rpartition("@")[2].strip().rstrip(".").lower()
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def stands_for_an_organisation(domain: str) -> bool:
    """Whether an address there says that somebody works somewhere. Takes what `domain_of` gives."""
    labels = domain.split(".")
    above = {".".join(labels[start:]) for start in range(len(labels))}
    return (
        A_DOMAIN.match(domain) is not None
        and labels[-1] not in NOWHERE
        and not above & (FREE | THROW_AWAY)
        and IN_MANY_COUNTRIES.search(domain) is None
    )
