"""A matplotlib figure → SVG in one traversal.

`Figure.savefig` draws a figure with a layout twice, and every traversal finds ticks, measures labels and looks up fonts anew,
about ten times a figure. Here the layout is found and the figure drawn with one renderer that remembers what it measured, and
axes find their ticks once for every place the layout gives them. The bytes are those that `savefig` writes (tested).
Remembered is only what a matplotlib that renames its internals would find anew: slower then, never different.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import TextToPath
from matplotlib.ticker import Formatter


def svg(figure: Any, *, salt: str, raster_dpi: int = 150) -> bytes:
    """The figure as SVG with its text as paths, without time stamp; ids follow from `salt`. raster_dpi: of images in it."""
    before, dpi = figure.canvas, figure.dpi
    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": salt, "svg.fonttype": "path"}):
        try:
            canvas = _Canvas(figure)
            figure.dpi = FigureCanvasSVG.fixed_dpi
            width, height = figure.get_size_inches() * FigureCanvasSVG.fixed_dpi
            canvas.renderer = _Renderer(width, height, text, image_dpi=raster_dpi, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
            canvas.drawing = object()
            figure.draw(canvas.renderer)
            canvas.renderer.finalize()
        finally:
            figure.dpi = dpi
            figure.set_canvas(before)
    return text.getvalue().encode("utf-8")


class _Canvas(FigureCanvasSVG):  # type: ignore[misc]
    """Lets the layout measure with the renderer that draws. drawing: a mark of this one drawing, for what is remembered in it."""

    renderer: Any = None
    drawing: Any = None

    def get_renderer(self) -> Any:
        return self.renderer


class _Renderer(RendererSVG):  # type: ignore[misc]
    """Remembers the sizes of texts and fonts."""

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        return _size(s, prop.copy(), ismath, findfont(prop))

    def _get_font_height_metrics(self, prop: Any) -> tuple[float, float, float] | tuple[None, None, None]:
        known = self.__dict__.setdefault("_heights", {})
        if (key := hash(prop)) not in known:
            known[key] = _heights(get_font(findfont(prop)), prop.get_size_in_points())
        return known[key]  # type: ignore[no-any-return]


@lru_cache(maxsize=4096)
def _size(text: str, font: Any, ismath: Any, _file: str) -> Any:
    return TextToPath().get_text_width_height_descent(text, font, ismath)


def _heights(face: Any, size: float) -> tuple[float, float, float] | tuple[None, None, None]:
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


class _Remembering:
    """Of an axis: ticks and the boxes of their labels are found once for every place of its axes during one drawing."""

    axes: Any
    _known: dict[Any, Any]

    def _once(self, what: str, find: Callable[[], Any]) -> Any:
        drawing = getattr(self.axes.figure.canvas, "drawing", None)
        if drawing is None:
            return find()
        place = (drawing, *self.get_view_interval(), *self.axes.bbox.bounds)  # type: ignore[attr-defined]
        if self.__dict__.get("_place") != place:
            self._place, self._known = place, {}
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]

    def _update_ticks(self) -> Any:
        return self._once("ticks", super()._update_ticks)  # type: ignore[misc]

    def _get_ticklabel_bboxes(self, ticks: Any, renderer: Any) -> Any:
        return self._once("boxes", partial(super()._get_ticklabel_bboxes, ticks, renderer))  # type: ignore[misc]


class _X(_Remembering, XAxis):  # type: ignore[misc]
    pass


class _Y(_Remembering, YAxis):  # type: ignore[misc]
    pass


class PlainAxes(Axes):  # type: ignore[misc]
    """Axes that find their ticks once for every place the layout gives them."""

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _X(self, clear=False), _Y(self, clear=False)
        for name, axis in (("bottom", self.xaxis), ("top", self.xaxis), ("left", self.yaxis), ("right", self.yaxis)):
            self.spines[name].register_axis(axis)


class Written(Formatter):  # type: ignore[misc]
    """Labels of an axis written together. write: all places of ticks → their labels."""

    def __init__(self, write: Callable[[Sequence[float]], list[str]]) -> None:
        self._write = write

    def __call__(self, value: float, position: int | None = None) -> str:  # noqa: ARG002
        return self._write([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        return self._write(values)
