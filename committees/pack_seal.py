"""Whether a pack is still, to the last letter, what was frozen.

As canonical JSON the same content is always the same text: sorted keys, no spaces, UTF-8. Each
personal piece stands in it as its hash, so the seal also holds once such a piece was taken out.
"""

import json
from hashlib import sha256
from typing import Any

from committees.pack_pieces import sealed

Content = dict[str, Any]


def canonical(content: Content) -> bytes:
    text = json.dumps(sealed(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def fingerprint(content: Content) -> str:
    """The SHA-256 in hex."""
    return sha256(canonical(content)).hexdigest()


def matches(content: Content, frozen: str) -> bool:
    return fingerprint(content) == frozen
