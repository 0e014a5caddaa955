"""The parts of the comparison of regions, from saved results only."""

from __future__ import annotations

import pandas as pd

from mutasi_analysis import across, figures, tabulate
from mutasi_analysis.across import SavedResults
from mutasi_analysis.blocks import Block, Prose
from mutasi_analysis.pages.differences import DRAWN
from mutasi_analysis.pages.heads import present, texts
from mutasi_analysis.tabulate.extremes import FEW_ROWS
from mutasi_analysis.wording import Words, comparison_intro
from mutasi_analysis.wording.comparison import answer_paragraph, outlying_sentences
from mutasi_analysis.wording.regions import compare_title
from mutasi_analysis.wording.report import SECTIONS


def compare_opening(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """Title, what was found, which regions of which level, that this is no ranking, sizes, and whose files may hold doubled rows."""
    regions = results.regions.rename(columns={"name": "region"})
    synthetic = words("compare.synthetic") if results.regions["synthetic"].astype(bool).any() else ""
    return present(
        Prose(f"# {words('compare.title')}", "heading"),
        Prose(synthetic, "synthetic") if synthetic else None,
        *texts((_answer(results, words),), "answer"),
        *texts((" ".join(comparison_intro(results.regions, words)),), "answer"),
        Prose(f"## {words('compare.regions_heading')}", "heading"),
        tabulate.regions_table(_with_facts(results, regions, ("persons", "units", "moves")), words),
        *texts(outlying_sentences(across.outlying(results), words), "warning"),
    )


def _answer(results: SavedResults, words: Words) -> str:
    """Balance and match in one line, then every drawn outcome pooled, how many comparisons lost staff, whether regions differ and
    whether one of them decides."""
    effects = across.headline_effects(results)
    rows = {code: across.of_outcome(effects, code) for code in DRAWN}
    pooled = {code: found for code, part in rows.items() if (found := across.pooled(part)) is not None}
    without = {code: across.left_out(part) for code, part in rows.items()}
    return answer_paragraph(compare_title(_side_by_side(results), words), pooled, rows, without, words)


def _side_by_side(results: SavedResults) -> pd.DataFrame:
    regions = results.regions.rename(columns={"name": "region"})[["slug", "region", "level"]]
    return regions.merge(_imbalance(results), on="slug", how="left").merge(_match(results), on="slug", how="left")


def compare_match(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """Balance of workload and change of match, side by side."""
    frame = _side_by_side(results)
    picture = (figures.balance_and_match if len(frame) <= FEW_ROWS else figures.balance_many)(frame, words)
    absent = Prose(words("missing.section_few"), "warning") if picture is None else None
    return present(Prose(f"## {words('compare.balance_heading')}", "heading"), picture, absent)


def compare_data(results: SavedResults, words: Words) -> tuple[Block, ...]:
    """What differs between the data of the regions."""
    regions = _with_facts(results, results.regions.rename(columns={"name": "region"}), ("first_year", "last_year"))
    years = [f"{words.number(a, 0)}–{words.number(b, 0)}" for a, b in zip(regions["first_year"], regions["last_year"], strict=True)]
    absent = [" ".join(section for section in SECTIONS if not _has(results, section, slug)) for slug in regions["slug"]]
    days = [words.day_of(day) for day in regions["as_of"]]
    frame = regions.assign(years=[text.replace(".", "").replace(",", "") for text in years], absent=absent, as_of=days)
    frame = frame.assign(effective_scheme=frame["slug"].map(_effective_schemes(results)), regimes=frame["slug"].map(_regimes(results)))
    return Prose(f"## {words('compare.data_heading')}", "heading"), tabulate.differences_table(frame, words)


def _with_facts(results: SavedResults, regions: pd.DataFrame, names: tuple[str, ...]) -> pd.DataFrame:
    facts = results.frames["facts"].pivot(index="slug", columns="fact", values="value").reindex(columns=list(names))
    return regions.merge(facts.reset_index(), on="slug", how="left")


def _imbalance(results: SavedResults) -> pd.DataFrame:
    columns = ["slug", "imbalance_after", "imbalance_without"]
    if "workload_balance" not in results.frames:
        return pd.DataFrame(columns=columns)
    balance, facts = results.frames["workload_balance"], results.frames["facts"]
    need = facts.loc[facts["fact"] == "required"].set_index("slug")["value"]
    wide = balance.loc[balance["measure"] == "imbalance"].pivot(index="slug", columns="state", values="value")
    per_hundred = {f"imbalance_{state}": 100 * wide[state] / need for state in ("after", "without")}
    return pd.DataFrame(per_hundred).rename_axis("slug").reset_index()[columns]


def _match(results: SavedResults) -> pd.DataFrame:
    columns = ["slug", "change", "conf_low", "conf_high"]
    if "competency_summary" not in results.frames:
        return pd.DataFrame(columns=columns)
    summary = results.frames["competency_summary"]
    return summary.loc[summary["grouping"] == "all", columns]


def _has(results: SavedResults, section: str, slug: str) -> bool:
    return any(name.startswith(f"{section}_") and (frame["slug"] == slug).any() for name, frame in results.frames.items())


def _effective_schemes(results: SavedResults) -> dict[str, str]:
    norms = results.frames["norms"]
    rows = norms.loc[norms["family"] == "effective_time"].groupby("slug")["scheme"].agg(", ".join)
    return {str(slug): str(schemes) for slug, schemes in rows.items()}


def _regimes(results: SavedResults) -> dict[str, str]:
    """Rating rules that stand in each region's ratings, in the order of their years."""
    if "performance_ratings" not in results.frames:
        return {}
    ratings = results.frames["performance_ratings"].sort_values("year", kind="stable")
    found = ratings.groupby("slug")["regime"].agg(lambda names: " ".join(dict.fromkeys(str(name) for name in names)))
    return {str(slug): str(names) for slug, names in found.items()}
