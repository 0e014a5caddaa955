"""Texts as outlines of their letters, in the lines of SVG that matplotlib writes, and their sizes: found once for a font and text."""

from __future__ import annotations

import io
import re
import threading
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path as File
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
from matplotlib import font_manager, ft2font
from matplotlib.backends import backend_svg
from matplotlib.path import Path
from matplotlib.text import TextToPath

_SVG: Any = backend_svg
_FONTS: Any = ft2font
_MANAGER: Any = font_manager

#: texts that are remembered, of some kilobytes each
MOST = 4096
#: Latin letters, numbers, punctuation and signs: no marks over others, nothing written from the right, nothing invisible, so
#: that each takes the room that its font names
_PLAIN = re.compile("[ -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u2070-\u20cf\u2100-\u22ff]+")
#: whether this matplotlib lays texts out as is done here; else it does so itself
KNOWN = hasattr(ft2font.FT2Font, "_layout") and hasattr(font_manager, "FontPath")


@dataclass(frozen=True, slots=True)
class Glyph:
    """name: id of its outline; low, high, advance: below and above the line and to the next letter, 1/64 points at FONT_SCALE."""

    name: str
    low: int
    high: int
    advance: int


@dataclass(frozen=True, eq=False)
class Alphabet:
    """A font (matplotlib's, with its fallbacks), what was met of it so far and the outlines: id → data of an SVG path."""

    face: Any
    glyphs: dict[Any, Glyph] = field(default_factory=dict)
    outlines: dict[str, str] = field(default_factory=dict)

    def glyph(self, face: Any, index: int) -> Glyph:
        if (face, index) not in self.glyphs:
            loaded = face.load_glyph(index, flags=_FONTS.LoadFlags.NO_HINTING)
            advance = (loaded.linearHoriAdvance + 512) // 1024  # from 1/65536, rounded as in laying out
            made = Glyph(quote(f"{face.postscript_name}-{index:x}"), loaded.bbox[1], loaded.bbox[3], advance)
            points, codes = face.get_path()
            # the renderer is asked for nothing as long as nothing is clipped; x64: the font's own whole numbers
            self.outlines[made.name] = _SVG.RendererSVG._convert_path(None, Path(points * 64, codes), simplify=False)
            self.glyphs[face, index] = made
        return self.glyphs[face, index]


@dataclass(frozen=True, slots=True)
class Letters:
    """A text. names: ids of its outlines in the order met; first: what SVG says of the first letter; others: an element for each;
    size: width, height and descent in points at FONT_SCALE; None where matplotlib must find it."""

    names: tuple[str, ...]
    first: dict[str, str]
    others: tuple[str, ...]
    size: tuple[float, float, float] | None


def alphabet(properties: Any) -> Alphabet:
    """The font that matplotlib finds for these properties, with its fallbacks, for this thread."""
    fonts = tuple(_MANAGER.fontManager._find_fonts_by_props(properties))
    return _alphabet(fonts, threading.get_ident(), mpl.rcParams["text.kerning_factor"], mpl.rcParams["font.enable_last_resort"])


@lru_cache(maxsize=64)
def _alphabet(fonts: tuple[Any, ...], thread: int, kerning: int | None, last_resort: bool) -> Alphabet:
    """From copies of the font files in memory. In an open file, as matplotlib has it, every letter of every text is looked up again,
    12,000 reads in a report; and processes forked from this one would share the place in the file."""
    copies = tuple((io.BytesIO(File(font).read_bytes()), font.face_index) for font in fonts)
    return Alphabet(_MANAGER._get_font.__wrapped__(copies, _kerning_factor=kerning, thread_id=thread, enable_last_resort=last_resort))


@lru_cache(maxsize=MOST)
def letters(text: str, font: Alphabet) -> Letters:
    """What SVG says of a text, and its size."""
    font.face.set_size(TextToPath.FONT_SCALE, TextToPath.DPI)
    laid = font.face._layout(text, _FONTS.LoadFlags.NO_HINTING)
    if not laid:
        return Letters((), {}, (), None)
    glyphs = [font.glyph(item.ft_object, item.glyph_index) for item in laid]
    said = [
        {"xlink:href": f"#{glyph.name}", "transform": _SVG._generate_transform([("translate", (item.x, item.y))])}
        for glyph, item in zip(glyphs, laid, strict=True)
    ]
    others = tuple("<use" + "".join(f' {key}="{value}"' for key, value in letter.items() if value) + "/>" for letter in said[1:])
    low = min(item.y + glyph.low / 64 for glyph, item in zip(glyphs, laid, strict=True))
    high = max(item.y + glyph.high / 64 for glyph, item in zip(glyphs, laid, strict=True))
    size = (laid[-1].x + glyphs[-1].advance / 64, high - low, -low) if _PLAIN.fullmatch(text) else None
    return Letters(tuple(dict.fromkeys(glyph.name for glyph in glyphs)), said[0], others, size)


def heights(face: Any, size: float) -> tuple[float, float, float] | tuple[None, None, None]:
    """Ascent, descent and gap between lines, in points, from the tables of a font in which `Text` looks for them."""
    found = _heights(face)
    if found is None:
        return None, None, None
    ascent, descent, gap, units_per_em = found
    scale = 1 / units_per_em * size
    return ascent * scale, -descent * scale, gap * scale


@lru_cache(maxsize=64)
def _heights(face: Any) -> tuple[int, int, int, int] | None:
    """Ascent, descent, gap and how many of their units an em has, of a font; None where it does not tell."""
    for name, *entries in (
        ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
        ("hhea", "ascent", "descent", "lineGap"),
    ):
        table = face.get_sfnt_table(name)
        if table is not None:
            ascent, descent, gap = (table[entry] for entry in entries)
            return ascent, descent, gap, face.get_sfnt_table("head")["unitsPerEm"]
    return None
