"""The one visual language: sizes, colours that survive grey print and colour blindness, axes, direct labels.

Colours: Okabe and Ito (2008). Each meaning has also its own marker or line style.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from mutasi_analysis.wording import Words

BLUE, ORANGE, GREEN, VERMILION, SKY, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#6B6B6B"
INK, RULE, PALE = "#222222", "#D5D5D5", "#F0F0F0"
WIDTH = 6.4
#: height of a picture on the first page, which holds five more things.
LOW = 2.3

#: colour and marker of before, after and without.
STATE = {"before": (GREY, "o"), "without": (ORANGE, "D"), "after": (BLUE, "s")}
#: colour, line style and marker of who was transferred (or received) and who was compared.
GROUP = {
    "moved": (BLUE, "-", "o"),
    "compared": (GREY, "--", "s"),
    "receiving": (BLUE, "-", "o"),
    "other": (GREY, "--", "s"),
}

_STYLE: dict[Any, Any] = {
    "font.family": ["DejaVu Sans"],
    "font.size": 9.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": RULE,
    "axes.labelsize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "axes.axisbelow": True,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9,
    "xtick.bottom": False,
    "ytick.left": False,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
}


@contextmanager
def canvas(height: float, *, rows: int = 1, columns: int = 1, **options: Any) -> Iterator[tuple[Any, Any]]:
    """A figure of the house width and its axes (an array where there are several), inside the house style."""
    from matplotlib.figure import Figure

    from mutasi_analysis.drawing import PlainAxes, settings

    with settings(_STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure, figure.subplots(rows, columns, subplot_kw={"axes_class": PlainAxes}, **options)


@contextmanager
def panels(height: float, widths: tuple[float, ...]) -> Iterator[tuple[Any, Any]]:
    """A figure of the house width with panels of these relative widths side by side (one axes where there is one width)."""
    with canvas(height, columns=len(widths), width_ratios=list(widths)) as (figure, axes):
        yield figure, axes


def ticks(axis: Any, words: Words, *, digits: int | None = None, percent: bool = False) -> None:
    """Numbers on an axis in the report's language; as many decimals as the steps need, or `digits`."""
    from mutasi_analysis.drawing import Written

    def written(values: Iterable[float]) -> list[str]:
        places = decimals_needed(values) if digits is None else digits
        return [f"{words.number(value, places)}{'%' if percent else ''}" for value in values]

    axis.set_major_formatter(Written(written))


def decimals_needed(values: Iterable[float]) -> int:
    """The fewest decimals (at most 3) that write every tick exactly."""
    ticked = [float(value) for value in values]
    return next((digits for digits in range(3) if all(abs(round(v, digits) - v) < 1e-6 * max(1.0, abs(v)) for v in ticked)), 3)


def grid(axes: Any, which: str = "y") -> None:
    """Thin rules across one axis; the spine of the other goes."""
    axes.grid(axis=which)
    axes.spines["left" if which == "y" else "bottom"].set_visible(False)


def mark(axes: Any, x: float, y: float, text: str, colour: str, **options: Any) -> None:
    """A direct label beside a point, offset in points."""
    place = {"xytext": (6, 0), "textcoords": "offset points", "va": "center", "fontsize": 9, **options}
    axes.annotate(text, (x, y), color=colour, annotation_clip=False, **place)


def clipped(name: object, length: int = 30) -> str:
    """A name short enough for an axis, cut between words with an ellipsis; inside a word only where its first is too long."""
    text = " ".join(str(name).split())
    if len(text) <= length:
        return text
    words, space, _ = text[:length].rpartition(" ")
    return (words.rstrip(",.;:-") if space else text[: length - 1]) + "…"
