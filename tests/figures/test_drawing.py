"""Drawn in one traversal: the bytes that `savefig` writes, nothing left behind, and what changed since is seen."""

from __future__ import annotations

import io
from typing import Any

import matplotlib as mpl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text, TextToPath
from matplotlib.ticker import MaxNLocator, MultipleLocator

from mutasi_analysis.drawing import PlainAxes, Written, svg, vector
from mutasi_analysis.drawing.letters import KNOWN, alphabet, letters
from mutasi_analysis.figures.house import canvas, ticks
from mutasi_analysis.wording import Words
from tests.figures.test_pictures import DRAWN


def saved(figure: Any, salt: str) -> bytes:
    """What matplotlib itself writes, with two traversals."""
    buffer = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": salt, "svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg", dpi=150, metadata={"Date": None, "Creator": None})
    return buffer.getvalue()


def motley(axes_class: type[Axes] = PlainAxes) -> Figure:
    """Everything that has to be laid out: dates, turned labels, a legend, notes outside, hatches, an image, shared and square axes."""
    figure = Figure(figsize=(6, 5), layout="constrained")
    (a, b), (c, d) = figure.subplots(2, 2, sharey="row", subplot_kw={"axes_class": axes_class})
    a.plot(pd.date_range("2020-01-01", periods=30, freq="ME"), range(30), label="garis")
    a.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0))
    b.bar(["satu", "dua\nbaris"], [3, 31.5], hatch="//")
    b.annotate("di luar", (1.02, 5), xycoords=b.get_yaxis_transform(), annotation_clip=False)
    c.imshow([[0.1, 0.9], [0.4, 0.2]], aspect="equal")
    c.set(xlabel="mendatar", ylabel="tegak", title="judul")
    d.scatter([1e-7, 2e-7], [0.2, 0.9])
    d.tick_params(axis="x", labelrotation=35)
    d.yaxis.set_minor_locator(MultipleLocator(0.1))
    d.grid(which="minor", axis="y", linestyle=":")
    return figure


@pytest.mark.parametrize("name", DRAWN)
def test_every_picture_has_the_bytes_that_savefig_writes(name: str) -> None:
    first, second = DRAWN[name](Words("en")), DRAWN[name](Words("en"))
    assert first is not None and second is not None
    assert first.image("svg") == saved(second.figure, second.key)


@pytest.mark.parametrize("plain", [Axes, PlainAxes])
def test_a_motley_figure_has_the_bytes_of_matplotlibs_own_axes(plain: type[Axes]) -> None:
    drawn = svg(motley(plain), salt="s")
    assert drawn == saved(motley(Axes), "s")
    assert drawn == svg(motley(plain), salt="s")


def test_a_matplotlib_that_looks_at_the_first_minor_tick_finds_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """As those before 3.11 do to find on which side the ticks stand."""
    find = Axis._get_ticks_position  # type: ignore[attr-defined]
    monkeypatch.setattr(Axis, "_get_ticks_position", lambda axis: (axis.minorTicks[0], find(axis))[1])
    assert svg(motley(), salt="s") == saved(motley(Axes), "s")


def lettered(texts: list[str], **style: Any) -> Figure:
    figure = Figure(figsize=(5, 3))
    for place, text in enumerate(texts):
        figure.text(0.1, 0.1 + 0.1 * place, text, **style)
    return figure


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["AVATAR efisiensi", "AVATAR", "", " ", "5 < 6 & 7"], {}),
        (["tebal − miring", "dua\n\nbaris"], {"fontweight": "bold", "fontstyle": "italic", "rotation": 30, "color": "#0072B280"}),
        (["dua huruf: a 漢"], {"fontfamily": ["DejaVu Serif", "DejaVu Sans Mono"], "alpha": 0.5}),
        (["$x^2$ tanpa huruf lain", "biasa"], {"parse_math": True}),
    ],
)
@pytest.mark.filterwarnings("ignore:Glyph")
def test_texts_have_the_letters_of_savefig_at_the_first_and_at_the_second_time(texts: list[str], style: dict[str, Any]) -> None:
    measure = saved(lettered(texts, **style), "s")
    for _ in range(2):
        assert svg(lettered(texts, **style), salt="s") == measure


def sizes(text: str, **style: Any) -> tuple[Any, Any]:
    """Ours and matplotlib's, of a text of 10 points."""
    prop = FontProperties(size=10, **style)
    renderer = vector._Renderer(100, 100, io.StringIO())
    return renderer.get_text_width_height_descent(text, prop, False), TextToPath().get_text_width_height_descent(text, prop, False)


@pytest.mark.skipif(not KNOWN, reason="this matplotlib measures texts itself")
@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("style", [{}, {"weight": "bold"}, {"family": ["DejaVu Serif", "DejaVu Sans"], "style": "italic"}])
def test_every_letter_is_as_wide_as_matplotlib_finds_it(style: dict[str, Any]) -> None:
    codes = TextToPath()._get_font(FontProperties(**style)).get_charmap()  # type: ignore[attr-defined]
    for code in (code for code in codes if code < 0x2300):
        ours, theirs = sizes(chr(code), **style)
        assert ours == theirs, chr(code)


@pytest.mark.skipif(not KNOWN, reason="this matplotlib measures texts itself")
@pytest.mark.filterwarnings("ignore:Glyph")
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"])) | st.text("AVfi ,.1−\u0301\u05d0\u0639\u200d"))
@settings(deadline=None)
def test_every_text_is_as_wide_as_matplotlib_finds_it(text: str) -> None:
    ours, theirs = sizes(text)
    assert ours == theirs


@pytest.mark.skipif(not KNOWN, reason="this matplotlib measures texts itself")
def test_plain_texts_are_measured_without_matplotlib() -> None:
    font = alphabet(FontProperties())
    assert letters("−1,5–2 %: “Kabupaten”…", font).size is not None
    assert letters("a\u0301", font).size is None and letters("\u05d0", font).size is None and letters("\u200b", font).size is None


def test_a_matplotlib_that_lays_texts_out_otherwise_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector, "KNOWN", False)
    assert svg(motley(), salt="s") == saved(motley(Axes), "s")


@pytest.mark.skipif(not hasattr(Text, "set_fontfeatures"), reason="this matplotlib knows no features of fonts")
def test_letters_of_a_text_with_features_of_its_font_are_not_those_without() -> None:
    plain, joined = (lettered(["efisiensi"], **style) for style in ({}, {"fontfeatures": ["-liga"]}))
    assert svg(plain, salt="s") == saved(lettered(["efisiensi"]), "s")
    assert svg(joined, salt="s") == saved(lettered(["efisiensi"], fontfeatures=["-liga"]), "s") != svg(plain, salt="s")


def test_ids_follow_from_the_salt() -> None:
    assert svg(motley(), salt="s") != svg(motley(), salt="t")


def test_drawing_again_after_a_change_shows_the_change() -> None:
    """The layout starts from where it stood, so matplotlib's own second drawing is the measure."""
    ours, theirs = motley(), motley(Axes)
    svg(ours, salt="s")
    saved(theirs, "s")
    for figure in (ours, theirs):
        figure.set_size_inches(9, 4)
        figure.axes[3].set_xticks([1e-7, 1.5e-7], ["kiri", "kanan"])
        figure.axes[0].set_ylim(-5, 400)
    assert svg(ours, salt="s") == saved(theirs, "s")


def test_canvas_resolution_and_settings_are_as_before() -> None:
    figure, settings = motley(), dict(mpl.rcParams)
    canvas_before, dpi = figure.canvas, figure.dpi
    svg(figure, salt="s")
    assert figure.canvas is canvas_before and figure.dpi == dpi and dict(mpl.rcParams) == settings
    with pytest.raises(RuntimeError, match="broken"):
        _breaking(figure)
    assert figure.canvas is canvas_before and figure.dpi == dpi and dict(mpl.rcParams) == settings


def _breaking(figure: Figure) -> None:
    def broken(_: Any) -> None:
        raise RuntimeError("broken")

    figure.axes[0].draw = broken  # type: ignore[method-assign]
    svg(figure, salt="s")


class Counting(MaxNLocator):
    calls = 0

    def __call__(self) -> Any:
        self.calls += 1
        return super().__call__()


def test_ticks_are_found_once_for_every_place_of_the_axes() -> None:
    """Three places: where the axes began, and after each of the two passes of the layout."""
    found = {}
    for kind in (PlainAxes, Axes):
        figure = Figure(layout="constrained")
        axes = figure.subplots(subplot_kw={"axes_class": kind})
        axes.plot([0, 1], [0, 7])
        locator = Counting("auto", steps=[1, 2, 5, 10])
        axes.yaxis.set_major_locator(locator)
        locator.calls = 0
        svg(figure, salt="s")
        found[kind] = locator.calls
    assert found[PlainAxes] <= (3 if KNOWN else 6) < found[Axes]


def single_ticks(kind: type[Axes]) -> Figure:
    """Ticks that are changed one by one, before others join them and after."""
    figure = Figure(layout="constrained")
    axes = figure.subplots(subplot_kw={"axes_class": kind})
    axes.set_xticks([0, 1, 2], ["nol", "satu", "dua"])
    axes.get_xticklabels()[0].set_fontweight("bold")
    axes.set_xticks([0, 1, 2, 3, 4])
    axes.grid(axis="x")
    axes.xaxis.get_major_ticks()[3].gridline.set(color="red", linewidth=3)
    axes.xaxis.get_major_ticks()[2].label1.set(fontsize=15, color="blue", rotation=20)
    axes.xaxis.get_major_ticks()[1].tick1line.set(marker="o", markersize=9, clip_on=False)
    axes.tick_params(axis="y", right=True, labelright=True, width=2)
    return figure


def test_a_tick_that_is_changed_leaves_the_others() -> None:
    assert svg(single_ticks(PlainAxes), salt="s") == saved(single_ticks(Axes), "s")


def texts_unlike(kind: type[Axes]) -> Figure:
    """One text, each time with one thing that changes how it stands."""
    figure = Figure(figsize=(9, 9), layout="constrained")
    axes = figure.subplots(subplot_kw={"axes_class": kind})
    looks: list[dict[str, Any]] = [{}, {}, {"ha": "right"}, {"va": "top"}, {"rotation": 40}, {"rotation": 40, "rotation_mode": "anchor"}]
    looks += [{"ma": "right"}, {"linespacing": 2}, {"fontsize": 17}, {"weight": "bold"}, {"parse_math": False}, {"wrap": True}]
    looks += [{"rotation": 40, "transform_rotates_text": True}, {"family": "DejaVu Serif"}, {"bbox": {"pad": 3}}]
    for place, look in enumerate(looks):
        axes.text(0.1 * place, place, "dua $x^2$\nbaris", **look)
        axes.annotate("dua $x^2$\nbaris", (place, place), xytext=(9, 9), textcoords="offset points", annotation_clip=False, **look)
    axes.set(xlim=(0, 17), ylim=(0, 17))
    return figure


def test_texts_that_look_otherwise_stand_otherwise() -> None:
    assert svg(texts_unlike(PlainAxes), salt="s") == saved(texts_unlike(Axes), "s")


def test_labels_of_an_axis_share_their_decimals() -> None:
    with canvas(2.0) as (_, axes):
        axes.set(ylim=(0, 1), yticks=[0, 0.25, 1])
        ticks(axes.yaxis, Words("id"))
    assert [label.get_text() for label in axes.get_yticklabels()] == ["0,00", "0,25", "1,00"]
    assert Written(lambda values: [f"<{value:g}>" for value in values])(2.0) == "<2>"
