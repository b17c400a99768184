"""Pictures that a shop uploads for its letters: drawn anew, kept by what they hold.

A picture is never kept as it came: what is decoded and encoded again carries no place of the
photograph, no hidden second file, and no script. SVG is refused: it is a document, and mail
clients do not show it.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageOps, ImageStat, UnidentifiedImageError

from campaigns.errors import InputError
from campaigns.store.files import FileStore

FOLDER = "pictures"
MAX_BYTES = 2_000_000
MAX_POINTS = 40_000_000
"""Of width × height: more is a bomb, not a photograph."""
MAX_SIDE = 1_200
"""A letter is 600 px wide; screens have two points for each."""
MAX_PNG = 200_000
"""In bytes. PNG keeps letters sharp; what takes more is a photograph."""
PAPER, NIGHT = "#fdfdfd", "#1e2227"
HALF, MOST, LIGHT = 127, 255, 200
"""Of 255: from where on a point is solid, and light."""
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
    opened = _opened(content)
    is_photo = opened.format == "JPEG"
    picture = _grounded(_drawn(opened))
    written = b"" if is_photo else _encoded(picture, "PNG")
    if is_photo or len(written) > MAX_PNG:
        is_photo, written = True, _encoded(picture, "JPEG")
    key, _ = files.put(io.BytesIO(written), FOLDER, ".jpg" if is_photo else ".png")
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
    """Return the points alone, upright and small enough."""
    try:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
        return upright.convert("RGBA")
    except (OSError, ValueError, SyntaxError) as cause:
        raise InputError("picture.kind", got="…", expected=EXPECTED) from cause


def _grounded(picture: Image.Image) -> Image.Image:
    """Return the picture on a ground of its own, on which what is drawn can be seen.

    Mail clients that turn a letter dark by themselves leave pictures alone: the dark letters of a
    transparent logo would then stand on a dark ground.
    """
    solid = picture.getchannel("A")
    light = ImageStat.Stat(picture.convert("L"), solid.point(lambda part: part > HALF and MOST))
    is_light = any(light.count) and light.mean[0] > LIGHT
    grounded = Image.new("RGB", picture.size, NIGHT if is_light else PAPER)
    grounded.paste(picture, mask=solid)
    return grounded


def _encoded(picture: Image.Image, kind: str) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, optimize=True, quality=88)
    return written.getvalue()
