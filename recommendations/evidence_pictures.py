"""Pictures drawn anew: what is seen stays, and nothing else."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageOps
from PIL.ImageFile import ImageFile

from recommendations.evidence_refusals import DAMAGED, Unfit

MAX_PIXELS = 25_000_000
"""As large as phones take them. Unpacked that is 100 MB of memory at most."""

# Phones put a second, smaller picture behind the first: then it is called an MPO.
_PHOTOS = ("JPEG", "MPO")
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_TOO_MANY = "This picture is larger than 25 million pixels. Make it smaller."
_MOVES = "This picture moves. Choose one that does not."
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, struct.error, zlib.error,
    OverflowError, MemoryError,
)  # fmt: skip
_BOMBS = (Image.DecompressionBombError, Image.DecompressionBombWarning)


def read_picture(content: bytes) -> tuple[bytes, str]:
    """The picture anew and its media type. Raises Unfit for one that is no picture, is larger
    than may be unpacked, or moves."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as sent:
            return _anew(sent)
    except _BOMBS:
        raise Unfit(_TOO_MANY) from None
    except _BROKEN:
        raise Unfit(DAMAGED) from None


def _anew(sent: ImageFile) -> tuple[bytes, str]:
    if sent.width * sent.height > MAX_PIXELS:
        raise Unfit(_TOO_MANY)
    is_photo = sent.format in _PHOTOS
    if not is_photo and getattr(sent, "n_frames", 1) > 1:
        raise Unfit(_MOVES)
    # As it is looked at: how the camera was held is said in what is left out.
    ImageOps.exif_transpose(sent, in_place=True)
    mode = "RGBA" if not is_photo and sent.has_transparency_data else "RGB"
    drawn = sent if sent.mode == mode else sent.convert(mode)
    drawn.info = {}
    kept = BytesIO()
    kind, quality = _saved_as(sent)
    drawn.save(kept, kind, **quality)
    return kept.getvalue(), f"image/{kind.lower()}"


def _saved_as(sent: ImageFile) -> tuple[str, dict[str, int]]:
    if sent.format in _PHOTOS:
        return "JPEG", {"quality": 88}
    return ("WEBP", {"quality": 88}) if sent.format == "WEBP" else ("PNG", {})
