"""Axes that find their ticks once for every place the layout gives them.

Remembered is only what a matplotlib that renames its internals would find anew: slower then, never different.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from operator import attrgetter
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import XAxis, YAxis
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from matplotlib.ticker import Formatter
from matplotlib.transforms import Bbox

#: all that tells how a text is laid out, besides its font: neither what every artist has, nor where it stands, nor what it is drawn with
_LOOKS = attrgetter(*sorted({*vars(Text())} - {*vars(Artist())} - {"_x", "_y", "_color", "_bbox_patch", "_renderer", "_fontproperties"}))


class _Remembering:
    """Of an axis: ticks and the boxes of their labels are found once for every place of its axes during one drawing. A tick is
    copied from the first instead of being made and then given what the first has."""

    axes: Any
    _known: dict[Any, Any]

    def _once(self, what: str, find: Callable[[], Any]) -> Any:
        drawing = getattr(self.axes.figure.canvas, "drawing", None)
        if drawing is None:
            return find()
        place = (drawing, self.axes.viewLim.get_points().tobytes(), self.axes.bbox.get_points().tobytes())
        if self.__dict__.get("_place") != place:
            self._place, self._known = place, {}
        if what not in self._known:
            self._known[what] = find()
        return self._known[what]

    def _update_ticks(self) -> Any:
        return self._once("ticks", super()._update_ticks)  # type: ignore[misc]

    def _get_ticklabel_bboxes(self, ticks: Any, renderer: Any) -> Any:
        find = super()._get_ticklabel_bboxes  # type: ignore[misc]
        return self._once("boxes", lambda: tuple(_around(boxes) for boxes in find(ticks, renderer)))

    def reset_ticks(self) -> None:
        """Without the first minor tick of each axis, which matplotlib makes although nobody asks for one."""
        super().reset_ticks()  # type: ignore[misc]
        self.minorTicks: list[Any] = []

    def get_minor_ticks(self, numticks: int | None = None) -> Any:
        wanted = len(self.get_minorticklocs()) if numticks is None else numticks  # type: ignore[attr-defined]
        if wanted and not self.minorTicks:
            self._make_first_minor()
        return super().get_minor_ticks(wanted)  # type: ignore[misc]

    def _make_first_minor(self) -> None:
        del self.minorTicks
        self.set_clip_path(self.axes.patch)  # type: ignore[attr-defined]

    def _get_ticks_position(self) -> Any:
        try:
            return super()._get_ticks_position()  # type: ignore[misc]
        except IndexError:  # matplotlib before 3.11 looks at the first minor tick, too
            self._make_first_minor()
            return super()._get_ticks_position()  # type: ignore[misc]

    def _get_tick(self, major: bool) -> Any:
        tick = super()._get_tick(major)  # type: ignore[misc]
        tick.label1, tick.label2 = _laid(tick.label1), _laid(tick.label2)
        return tick

    def get_major_ticks(self, numticks: int | None = None) -> Any:
        ticks = self.majorTicks  # type: ignore[attr-defined]
        wanted = len(self.get_majorticklocs()) if numticks is None else numticks  # type: ignore[attr-defined]
        ticks.extend(_twin(ticks[0]) for _ in range(wanted - len(ticks)) if ticks)
        return super().get_major_ticks(wanted)  # type: ignore[misc]


def _around(boxes: list[Bbox]) -> list[Bbox]:
    """The one box around several: what is asked of the boxes of labels is what is around them. Those that reach nowhere stay alone."""
    corners = np.array([box.get_points() for box in boxes])
    if len(boxes) < 2 or not np.isfinite(corners).all():
        return boxes
    return [Bbox([corners.min(axis=(0, 1)), corners.max(axis=(0, 1))])]


def _twin(tick: Any) -> Any:
    """A tick like another, without its words. What artists change in place is their own: that is the font of a text."""
    made = copy(tick)
    for name in ("tick1line", "tick2line", "gridline", "label1", "label2"):
        setattr(made, name, copy(getattr(tick, name)))
    for label in (made.label1, made.label2):
        label.set_fontproperties(label.get_fontproperties())
        label.set_text("")
    return made


class _Laid:
    """Of a text: how its lines stand around its place is found once in a drawing for all texts that look alike."""

    def _get_layout(self, renderer: Any) -> Any:
        known, find = getattr(renderer, "layouts", None), super()._get_layout  # type: ignore[misc]
        if known is None or self._wrap or self._transform_rotates_text:  # type: ignore[attr-defined]
            return find(renderer)
        looks = (hash(self._fontproperties), *_LOOKS(self))  # type: ignore[attr-defined]
        if looks not in known:
            known[looks] = find(renderer)
        return known[looks]


class _Text(_Laid, Text):  # type: ignore[misc]
    pass


class _Annotation(_Laid, Annotation):  # type: ignore[misc]
    pass


def _laid(text: Any) -> Any:
    text.__class__ = {Text: _Text, Annotation: _Annotation}.get(type(text), type(text))
    return text


class _X(_Remembering, XAxis):  # type: ignore[misc]
    pass


class _Y(_Remembering, YAxis):  # type: ignore[misc]
    pass


class _Spine(Spine):  # type: ignore[misc]
    """Its extent follows from the ticks and the place of its axes, so that it is found as often as these."""

    def get_window_extent(self, renderer: Any = None) -> Any:
        axis: Any = self.axis
        return axis._once(self.spine_type, lambda: super(_Spine, self).get_window_extent(renderer))


class _Ground(Rectangle):  # type: ignore[misc]
    """What lies under axes and cuts all that is drawn on them: its place on them stays, so that it is found once, not for each artist."""

    _place: Any = None

    def set_transform(self, t: Any) -> None:
        self._place = None
        super().set_transform(t)

    def get_transform(self) -> Any:
        if self._place is None:
            self._place = super().get_transform()
        return self._place


class PlainAxes(Axes):  # type: ignore[misc]
    """Axes that find their ticks once for every place the layout gives them, and how a text is laid out once for a drawing."""

    _reaching: tuple[Any, list[Artist]] = (None, [])

    def _gen_axes_patch(self) -> Any:
        return _Ground((0.0, 0.0), 1.0, 1.0)

    def _gen_axes_spines(self) -> Any:
        return {side: _Spine.linear_spine(self, side) for side in ("left", "right", "bottom", "top")}

    def _init_axis(self) -> None:
        self.xaxis, self.yaxis = _X(self, clear=False), _Y(self, clear=False)
        for name, axis in (("bottom", self.xaxis), ("top", self.xaxis), ("left", self.yaxis), ("right", self.yaxis)):
            self.spines[name].register_axis(axis)

    def get_default_bbox_extra_artists(self) -> list[Artist]:
        """Which artists may reach out of the axes: the same for every place of a drawing."""
        drawing = getattr(self.figure.canvas, "drawing", None)
        if drawing is None:
            return super().get_default_bbox_extra_artists()  # type: ignore[no-any-return]
        if self._reaching[0] is not drawing:
            self._reaching = drawing, super().get_default_bbox_extra_artists()
        return self._reaching[1]

    def _add_text(self, txt: Any) -> Any:
        return super()._add_text(_laid(txt))  # type: ignore[misc]


class Written(Formatter):  # type: ignore[misc]
    """Labels of an axis written together. write: all places of ticks → their labels."""

    def __init__(self, write: Callable[[Sequence[float]], list[str]]) -> None:
        self._write = write

    def __call__(self, value: float, position: int | None = None) -> str:  # noqa: ARG002
        return self._write([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        return self._write(values)
