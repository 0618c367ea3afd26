"""Pictures are drawn anew, so that nothing but what they show is kept: no place, no camera, no hidden thumbnail."""

from __future__ import annotations

import io
import math
import warnings
from typing import Any

from PIL import Image, ImageOps

from placewide.kernel.files.terms import KEPT_PIXELS, MOST_PIXELS, FileRefused

_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True},
    "PNG": {},
    "WEBP": {"quality": 88},
    "GIF": {},
}


def without_metadata(content: bytes, media_type: str) -> bytes:
    """The same picture, upright, first frame only, without metadata. Raises FileRefused: too_large, broken."""
    kind = _FORMATS[media_type]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # oddities of a picture are not the operator's concern
            return _redrawn(content, kind)
    except FileRefused:
        raise
    except Image.DecompressionBombError as bomb:  # Pillow's own limit, far above ours
        raise FileRefused("too_large", pixels=0, most_pixels=MOST_PIXELS) from bomb
    except Exception as fault:  # Pillow raises whatever its decoders meet: OSError, SyntaxError, struct.error …
        raise FileRefused("broken") from fault


def _redrawn(content: bytes, kind: str) -> bytes:
    with Image.open(io.BytesIO(content), formats=[kind]) as picture:
        pixels = picture.width * picture.height
        if pixels > MOST_PIXELS:
            raise FileRefused("too_large", pixels=pixels, most_pixels=MOST_PIXELS)
        if pixels > KEPT_PIXELS:
            scale = math.sqrt(KEPT_PIXELS / pixels)
            picture.thumbnail((max(1, int(picture.width * scale)), max(1, int(picture.height * scale))))
        picture.load()
        upright = ImageOps.exif_transpose(picture)
        clean = _bare(upright, kind)
    result = io.BytesIO()
    clean.save(result, kind, **_OPTIONS[kind])
    return result.getvalue()


def _bare(picture: Image.Image, kind: str) -> Image.Image:
    """Only the pixels, in a mode that the format can hold."""
    if kind == "JPEG":
        mode = "L" if picture.mode == "L" else "RGB"
    else:
        mode = "RGBA" if picture.has_transparency_data else "RGB"
    pixels = picture.convert(mode)
    clean = Image.new(mode, pixels.size)
    clean.paste(pixels)
    return clean
