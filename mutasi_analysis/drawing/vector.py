"""The one traversal: canvas and renderer that remember."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends import backend_svg
from matplotlib.backends.backend_svg import FigureCanvasSVG, RendererSVG
from matplotlib.colors import rgb2hex
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import TextToPath

from mutasi_analysis.drawing.letters import KNOWN, Alphabet, alphabet, heights, letters
from mutasi_analysis.drawing.settings import settings

_SVG: Any = backend_svg


def svg(figure: Any, *, salt: str, raster_dpi: int = 150) -> bytes:
    """The figure as SVG with its text as paths, without time stamp; ids follow from `salt`. raster_dpi: of images in it."""
    before, dpi = figure.canvas, figure.dpi
    file = io.StringIO()
    with settings({"svg.hashsalt": salt, "svg.fonttype": "path"}):
        try:
            canvas = _Canvas(figure)
            figure.dpi = FigureCanvasSVG.fixed_dpi
            width, height = figure.get_size_inches() * FigureCanvasSVG.fixed_dpi
            canvas.renderer = _Renderer(width, height, file, image_dpi=raster_dpi, metadata={"Date": None, "Creator": None})
            canvas.drawing = object()
            figure.draw(canvas.renderer)
            canvas.renderer.finalize()
        finally:
            figure.dpi = dpi
            figure.set_canvas(before)
    return file.getvalue().encode("utf-8")


class _Canvas(FigureCanvasSVG):  # type: ignore[misc]
    """Lets the layout measure with the renderer that draws. drawing: a mark of this one drawing, for what is remembered in it."""

    renderer: Any = None
    drawing: Any = None

    def get_renderer(self) -> Any:
        return self.renderer


class _Renderer(RendererSVG):  # type: ignore[misc]
    """Looks up each font once and writes the letters of a text as they were written before. file: where the SVG goes; layouts: of
    texts in this drawing, by all that they depend on."""

    writer: Any

    def __init__(self, width: float, height: float, file: io.StringIO, **options: Any) -> None:
        self._file = file
        self._alphabets: dict[int, Alphabet] = {}
        self._known_heights: dict[int, Any] = {}
        self.layouts: dict[Any, Any] = {}
        super().__init__(width, height, file, **options)  # type: ignore[no-untyped-call]

    def _alphabet(self, prop: Any) -> Alphabet:
        if (key := hash(prop)) not in self._alphabets:
            self._alphabets[key] = alphabet(prop)
        return self._alphabets[key]

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        known = None if ismath or not KNOWN else letters(s, self._alphabet(prop)).size
        if known is None:
            return super().get_text_width_height_descent(s, prop, ismath)  # type: ignore[no-untyped-call]
        scale = prop.get_size_in_points() / TextToPath.FONT_SCALE
        return tuple(part * scale for part in known)

    def _get_font_height_metrics(self, prop: Any) -> tuple[float, float, float] | tuple[None, None, None]:
        if (key := hash(prop)) not in self._known_heights:
            self._known_heights[key] = heights(get_font(findfont(prop)), prop.get_size_in_points())
        return self._known_heights[key]  # type: ignore[no-any-return]

    def _draw_text_as_path(self, gc: Any, x: float, y: float, s: str, prop: Any, *rest: Any) -> None:
        """rest: angle in degrees, ismath and the text's artist, as `draw_text` gives them."""
        angle, ismath, mtext = (*rest, None)[:3]
        if ismath or not KNOWN or any(getattr(mtext, name, str)() for name in ("get_fontfeatures", "get_language")):
            super()._draw_text_as_path(gc, x, y, s, prop, *rest)  # type: ignore[no-untyped-call]
            return
        scale = prop.get_size_in_points() / TextToPath.FONT_SCALE
        place = [("translate", (x, y)), ("rotate", (-angle,)), ("scale", (scale, -scale))]
        self.writer.comment(s)
        depth = self.writer.start("g", style=_ink(gc), transform=_SVG._generate_transform(place))
        self._write_letters(s, self._alphabet(prop), depth + 1)
        self.writer.end("g")

    def _write_letters(self, text: str, font: Alphabet, depth: int) -> None:
        """The outlines that this drawing does not define yet, and the letters: the first by the writer, which closes the tag around."""
        known = letters(text, font)
        new = {name: font.outlines[name] for name in known.names if name not in self._glyph_map}
        if new:
            self.writer.start("defs")
            for name, outline in new.items():
                self.writer.element("path", id=name, d=outline, transform=_SVG._generate_transform([("scale", (1 / 64,))]))
            self.writer.end("defs")
            self._glyph_map.update(new)
        if known.names:
            self.writer.element("use", attrib=known.first)
            self._file.writelines(f"{' ' * depth}{line}\n" for line in known.others)


def _ink(gc: Any) -> str:
    """Colour and opacity of a text, where they are not those of SVG."""
    colour, alpha = rgb2hex(gc.get_rgb()), gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3]
    style = {} if colour == "#000000" else {"fill": colour}
    return str(_SVG._generate_css(style if alpha == 1 else {**style, "opacity": _SVG._short_float_fmt(alpha)}))
