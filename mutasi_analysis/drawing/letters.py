"""Texts as outlines of their letters, in the lines of SVG that matplotlib writes, and their sizes: found once for a font and text."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from matplotlib.backends import backend_svg
from matplotlib.path import Path
from matplotlib.text import TextToPath

_SVG: Any = backend_svg

#: texts that are remembered, of some kilobytes each
MOST = 4096


@dataclass(frozen=True, eq=False)
class Alphabet:
    """A font (matplotlib's, with its fallbacks) and the outlines met so far: id → data of an SVG path."""

    face: Any
    outlines: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Letters:
    """A text. names: ids of its outlines in the order met; first: what SVG says of the first letter; others: an element for each."""

    names: tuple[str, ...]
    first: dict[str, str]
    others: tuple[str, ...]


@lru_cache(maxsize=64)
def alphabet(face: Any) -> Alphabet:
    return Alphabet(face)


@lru_cache(maxsize=MOST)
def letters(text: str, font: Alphabet) -> Letters:
    font.face.set_size(TextToPath.FONT_SCALE, TextToPath.DPI)
    placed, new, _ = TextToPath().get_glyphs_with_font(font.face, text, font.outlines, return_new_glyphs_only=True)
    # the renderer is asked for nothing as long as nothing is clipped; x64: the font's own whole numbers
    convert = _SVG.RendererSVG._convert_path
    font.outlines.update({name: convert(None, Path(points * 64, codes), simplify=False) for name, (points, codes) in new.items()})
    said = [{"xlink:href": f"#{name}", "transform": _SVG._generate_transform([("translate", (x, y))])} for name, x, y, _ in placed]
    others = tuple("<use" + "".join(f' {key}="{value}"' for key, value in letter.items() if value) + "/>" for letter in said[1:])
    return Letters(tuple(dict.fromkeys(name for name, *_ in placed)), said[0] if said else {}, others)


@lru_cache(maxsize=MOST)
def size(text: str, prop: Any, ismath: Any, _face: Any) -> tuple[float, float, float]:
    """Width, height and descent in points. prop: a copy that nobody changes; _face: its font, which settings may change."""
    return TextToPath().get_text_width_height_descent(text, prop, ismath)  # type: ignore[no-any-return]


def heights(face: Any, size: float) -> tuple[float, float, float] | tuple[None, None, None]:
    """Ascent, descent and gap between lines, in points, from the tables of a font in which `Text` looks for them."""
    for name, gap, ascent, descent in (
        ("OS/2", "sTypoLineGap", "sTypoAscender", "sTypoDescender"),
        ("hhea", "lineGap", "ascent", "descent"),
    ):
        table = face.get_sfnt_table(name)
        if table is not None:
            scale = 1 / face.get_sfnt_table("head")["unitsPerEm"] * size
            return table[ascent] * scale, -table[descent] * scale, table[gap] * scale
    return None, None, None
