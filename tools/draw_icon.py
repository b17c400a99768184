"""Draws static/ui/icon.png, the mark in the browser's tab: a letter with a fold."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = 256
GREEN = "#0F766E"
TARGET = Path(__file__).parents[1] / "static" / "ui" / "icon.png"


def main() -> None:
    """Write the icon."""
    image = Image.new("RGBA", (SIZE, SIZE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((8, 8, 248, 248), radius=56, fill=GREEN)
    draw.rounded_rectangle((48, 76, 208, 188), radius=14, fill="white")
    draw.line([(56, 88), (128, 142), (200, 88)], fill=GREEN, width=14, joint="curve")
    image.resize((64, 64), Image.Resampling.LANCZOS).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
