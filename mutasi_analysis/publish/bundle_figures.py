"""The pictures of the academic bundle: PDF and SVG at journal width, and a table of their captions and alternative texts."""

from __future__ import annotations

import io

import pandas as pd

from mutasi_analysis import across, figures
from mutasi_analysis.across.ranking import DRAWS, DRAWS_MANY
from mutasi_analysis.blocks import Picture
from mutasi_analysis.comparison.metaregression import FEW
from mutasi_analysis.tabulate.extremes import FEW_ROWS
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.outcomes import outcome

#: a double column of most journals, millimetres.
WIDTH_MM = 183
_MM_PER_INCH = 25.4


def bundle_pictures(results: across.SavedResults, words: Words, *, seed: int) -> tuple[Picture, ...]:
    """Every picture of the comparison for every outcome that has one."""
    effects = across.headline_effects(results)
    found = [picture for code in across.outcomes_of(effects) for picture in _of(results, effects, code, words, seed)]
    return tuple(picture for picture in found if picture is not None)


def _of(results: across.SavedResults, effects: pd.DataFrame, code: str, words: Words, seed: int) -> list[Picture | None]:
    rows = across.of_outcome(effects, code)
    if rows.empty:
        return []
    pooled = across.pooled(rows)
    ranked = across.ranking(rows, lower_is_better=outcome(code).lower_is_better, seed=seed)
    line = across.regression(results, rows)
    pictures = [figures.forest(rows, pooled, words)]
    if pooled is not None and ranked is not None:
        draws = DRAWS if len(ranked.table) <= 100 else DRAWS_MANY
        pictures += [
            figures.funnel(rows, pooled, words) if pooled.k > FEW_ROWS else None,
            figures.ranks(ranked.table, ranked.probabilities, ranked.pairs, words, draws=draws),
            figures.leaving(across.left_out(rows), pooled, words) if pooled.k <= FEW_ROWS else None,
        ]
    pictures.append(figures.moderator(line.rows, line.fit, words, least=FEW))
    pictures.append(figures.among_published(rows, pooled, across.published(code).comparable, words))
    return pictures


def drawn(pictures: tuple[Picture, ...]) -> dict[str, bytes]:
    """File name → content, without time stamps: key.pdf, key.svg and captions.csv."""
    parts: dict[str, bytes] = {}
    for picture in pictures:
        height = picture.figure.get_figheight() * WIDTH_MM / _MM_PER_INCH / picture.figure.get_figwidth()
        picture.figure.set_size_inches(WIDTH_MM / _MM_PER_INCH, height)
        parts[f"{picture.key}.pdf"] = _pdf(picture)
        parts[f"{picture.key}.svg"] = picture.image("svg")
    rows = [[picture.key, picture.title, picture.caption, picture.alt] for picture in pictures]
    captions = pd.DataFrame(rows, columns=["figure", "title", "caption", "alt"])
    return parts | {"captions.csv": captions.to_csv(index=False, lineterminator="\n").encode("utf-8")}


def _pdf(picture: Picture) -> bytes:
    import matplotlib as mpl

    buffer = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}):
        picture.figure.savefig(buffer, format="pdf", metadata={"CreationDate": None, "Creator": None, "Producer": None})
    return buffer.getvalue()
