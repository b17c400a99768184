"""Pictures that a shop uploads for its letters: drawn anew, kept by what they hold.

A picture is never kept as it came: what is decoded and encoded again carries no place of the
photograph, no hidden second file, and no script. SVG is refused: it is a document, and mail
clients do not show it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from campaigns.errors import InputError
from campaigns.store.files import FileStore

FOLDER = "pictures"
MAX_BYTES = 2_000_000
MAX_POINTS = 40_000_000
"""Of width × height: more is a bomb, not a photograph."""
MAX_SIDE = 1_200
"""A letter is 600 px wide; screens have two points for each."""
TYPES = {"png": "image/png", "jpg": "image/jpeg"}
EXPECTED = "PNG, JPEG, WebP"

_NAME = re.compile(r"[0-9a-f]{64}\.(?:png|jpg)")
OWN = re.compile(rf"https?://[^\s\"'/]+/{FOLDER}/(?P<name>{_NAME.pattern})")
"""The address of an uploaded picture, under whatever public address it was uploaded."""


def keep_picture(files: FileStore, content: bytes, base_url: str) -> str:
    """Keep an uploaded picture and return its address for letters.

    Args:
        files: where it is kept.
        content: the file as it was uploaded.
        base_url: address under which the public site answers.

    Raises:
        InputError: it is too large, or no picture of a kind that mail clients show.
    """
    if len(content) > MAX_BYTES:
        raise InputError("picture.size", got=f"{len(content):,} B", limit=f"{MAX_BYTES:,} B")
    picture = _drawn(_opened(content))
    kind = "PNG" if picture.mode == "RGBA" else "JPEG"
    written = io.BytesIO()
    picture.save(written, kind, optimize=True, **({} if kind == "PNG" else {"quality": 88}))
    written.seek(0)
    key, _ = files.put(written, FOLDER, ".png" if kind == "PNG" else ".jpg")
    return f"{base_url}/{key}"


def find_picture(files: FileStore, name: str) -> Path | None:
    """Return where an uploaded picture lies; None for any name that we did not give."""
    path = files.path(f"{FOLDER}/{name}") if _NAME.fullmatch(name) else None
    return path if path and path.is_file() else None


def rebased(url: str, base_url: str) -> str:
    """Return the address of an uploaded picture under the public address of today.

    >>> rebased("https://a.example/logo.png", "https://b.example")
    'https://a.example/logo.png'
    """
    found = OWN.fullmatch(url)
    return f"{base_url}/{FOLDER}/{found['name']}" if found else url


def _opened(content: bytes) -> Image.Image:
    """Open a file without unpacking it, and refuse what would take too much to unpack."""
    try:
        picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "WEBP"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as cause:
        got = "SVG" if b"<svg" in content[:4096].lower() else "…"
        raise InputError("picture.kind", got=got, expected=EXPECTED) from cause
    except Image.DecompressionBombError as cause:
        raise InputError("picture.size", got="…", limit=f"{MAX_POINTS:,}") from cause
    across, down = picture.size
    if across * down > MAX_POINTS:
        raise InputError("picture.size", got=f"{across} × {down}", limit=f"{MAX_POINTS:,}")
    return picture


def _drawn(picture: Image.Image) -> Image.Image:
    """Return the points alone, upright and small enough, transparent only where they are."""
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        drawn = upright.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as cause:
        raise InputError("picture.kind", got="…", expected=EXPECTED) from cause
    is_opaque = drawn.getchannel("A").getextrema() == (255, 255)
    fresh = Image.new("RGB" if is_opaque else "RGBA", drawn.size)
    fresh.paste(drawn)
    return fresh
