"""Draws static/web/share.png, what messengers show for a page: a quotation mark, no words.

1200 × 630 pixels, the size that the Open Graph readers of Facebook, Telegram and Viber show whole.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 630
SCALE = 2
GREEN, PALE = "#0F766E", "#E6F2F0"
TARGET = Path(__file__).parents[1] / "static" / "web" / "share.png"


def main() -> None:
    """Write the image."""
    image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), GREEN)
    draw = ImageDraw.Draw(image)
    _bubble(draw)
    for left in (470, 620):
        _comma(draw, left)
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).quantize(64).save(TARGET, optimize=True)


def _bubble(draw: ImageDraw.ImageDraw) -> None:
    """A sheet of paper to speak from."""
    draw.rounded_rectangle(_scaled(330, 115, 870, 455), radius=44 * SCALE, fill=PALE)
    tail = [(430, 440), (430, 540), (540, 440)]
    draw.polygon([(x * SCALE, y * SCALE) for x, y in tail], fill=PALE)


def _comma(draw: ImageDraw.ImageDraw, left: int) -> None:
    """One half of the mark: a disc and its bent stroke."""
    draw.pieslice(_scaled(left, 195, left + 190, 385), 180, 270, fill=GREEN)
    draw.pieslice(_scaled(left + 42, 237, left + 148, 343), 180, 270, fill=PALE)
    draw.rectangle(_scaled(left, 288, left + 42, 340), fill=GREEN)
    draw.ellipse(_scaled(left, 283, left + 110, 393), fill=GREEN)


def _scaled(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


if __name__ == "__main__":
    main()
