"""Which characters look alike, seen in a font: written to knowledge/slips/drawn.txt.

python -m bot.tuning.shapes FONT…    fonts that hold simplified Chinese; all count alike

Each character is drawn, blurred and compared with each other one; those nearest to it are the ones
that a tired eye or a reader of handwriting takes it for. Reproducible with the same fonts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from knowledge.slips.shapes import DRAWN

Floats = NDArray[np.float32]

_HEAD = (
    "# Characters that look like the first one of a line, after their outlines in a font.\n"
    "# Written by `python -m bot.tuning.shapes`; not to be edited by hand.\n"
)
_SIZE, _CANVAS, _LEFT, _TOP = 48, 56, 4, -6
_BLUR, _SMALL = 1.6, 28
# A character has so many that look most like it, and these are at least so alike.
_NEAREST, _LEAST = 4, 0.6
# In a collection of fonts, the one that draws characters as they are written in the mainland.
_SIMPLIFIED = 2


def main(fonts: Sequence[str]) -> None:
    chars = list(_common())
    alike: Floats = np.array([_alike(chars, font) for font in fonts]).mean(axis=0)
    lines = (char + "".join(near) for char, near in nearest(chars, alike) if near)
    DRAWN.write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def nearest(chars: Sequence[str], alike: Floats) -> Iterator[tuple[str, list[str]]]:
    """Each character with those that look most like it, the most alike first."""
    for i, char in enumerate(chars):
        order = [int(j) for j in np.argsort(-alike[i], kind="stable") if j != i][:_NEAREST]
        yield char, [chars[j] for j in order if alike[i, j] > _LEAST]


def _common() -> Iterator[str]:
    """The characters of the first level of GB 2312, which are those in common use."""
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            yield from bytes((high, low)).decode("gb2312", errors="ignore")


def _alike(chars: Sequence[str], font: str) -> Floats:
    """How alike each two are: the correlation of their pictures."""
    index = _SIMPLIFIED if font.endswith(".ttc") else 0
    drawn = ImageFont.truetype(font, _SIZE, index=index)
    pictures = np.array([_picture(char, drawn) for char in chars])
    found: Floats = pictures @ pictures.T
    return found


def _picture(char: str, font: ImageFont.FreeTypeFont) -> Floats:
    image = Image.new("L", (_CANVAS, _CANVAS), 0)
    ImageDraw.Draw(image).text((_LEFT, _TOP), char, fill=255, font=font)
    small = image.filter(ImageFilter.GaussianBlur(_BLUR)).resize((_SMALL, _SMALL))
    flat = np.asarray(small, dtype=np.float32).ravel()
    flat = flat - flat.mean()
    found: Floats = flat / np.linalg.norm(flat)
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
