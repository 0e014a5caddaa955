"""The methods appendix of the academic bundle, with every norm and option used, and its BibTeX file."""

from __future__ import annotations

from importlib.resources import files

import pandas as pd

from mutasi_analysis.across import SavedResults
from mutasi_analysis.across.effects import HEADLINE
from mutasi_analysis.across.ranking import DRAWS, DRAWS_MANY
from mutasi_analysis.comparison.metaregression import FEW
from mutasi_analysis.comparison.pooling import PooledEffect
from mutasi_analysis.literature import PublishedEffect, load_literature
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.norm_values import norm_text, norm_value


def methods_text(results: SavedResults, words: Words, *, seed: int) -> str:
    """Markdown with citations in Pandoc's form: options, regions, norms."""
    defaults = {name: PooledEffect.__dataclass_fields__[name].default for name in ("tau2_method", "interval")}
    options = (
        words("export.option_headline", term=HEADLINE),
        words("export.option_pool", tau2=defaults["tau2_method"], interval=defaults["interval"]),
        words("export.option_spread"),
        words("export.option_many"),
        words("export.option_ranks", draws=words.number(DRAWS, 0), many=words.number(DRAWS_MANY, 0), seed=seed),
        words("export.option_leave"),
        words("export.option_slope", least=FEW),
        words("export.option_hidden"),
    )
    norms = norms_used(results)
    told = norms.assign(
        value=[norm_value(value, words) for value in norms["value"]],
        reference=[norm_text(reference, words) for reference in norms["reference"]],
        unit=[words.label("norm_unit", unit) for unit in norms["unit"]],
    )
    regions = results.regions.rename(columns={"name": "region"})
    parts = [
        f"# {words('export.methods_title')}",
        words("export.methods_synthetic") if regions["synthetic"].astype(bool).any() else "",
        f"## {words('export.methods_options')}\n\n" + "\n".join(f"- {text}" for text in options),
        f"## {words('export.methods_regions')}\n\n"
        + _pipe(regions[["code", "region", "level", "as_of", "minimum_cell", "primary", "missing"]]),
        f"## {words('export.methods_norms')}\n\n" + _pipe(told),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def norms_used(results: SavedResults) -> pd.DataFrame:
    """Each norm once, with the regions that use it."""
    columns = ["family", "scheme", "value", "unit", "since", "reference", "status"]
    if "norms" not in results.frames:
        return pd.DataFrame(columns=[*columns, "regions"])
    norms = results.frames["norms"]
    grouped = (
        norms.fillna("")
        .groupby(columns, sort=True)["slug"]
        .agg(lambda names: ", ".join(sorted(names)) if len(names) <= 12 else str(len(names)))
    )
    return grouped.rename("regions").reset_index()


def _pipe(frame: pd.DataFrame) -> str:
    """A Markdown table; bars inside cells are escaped."""
    rows = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in frame.to_numpy().tolist()]
    lines = [list(frame.columns), ["---"] * frame.shape[1], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bibliography(results: SavedResults) -> str:
    """BibTeX: methods, published results, the data of each region, and the laws behind the norms."""
    methods = (files("mutasi_analysis") / "parameters" / "references.bib").read_text(encoding="utf-8").strip()
    published = {entry.key: _published(entry) for entry in load_literature().values()}
    data = [_data(row) for _, row in results.regions.iterrows()]
    laws = [_law(row["family"], row["scheme"], row["reference"]) for row in norms_used(results).to_dict("records")]
    return "\n".join([methods, *published.values(), *data, *laws]) + "\n"


def _published(entry: PublishedEffect) -> str:
    doi = f", doi = {{{entry.doi}}}" if entry.doi else ""
    return (
        f"@article{{{entry.key}, author = {{{entry.authors}}}, title = {{{entry.title}}}, journal = {{{entry.journal}}}, "
        f"year = {{{entry.year}}}, note = {{{entry.reference or entry.read}}}{doi}}}"
    )


def _data(row: pd.Series) -> str:
    kind = "Demonstration data (synthetic)" if bool(row["synthetic"]) else "Agency files, not public"
    return (
        f"@misc{{data-{row['slug']}, author = {{{{Pemerintah {row['name']}}}}}, title = {{Data mutasi ASN {row['name']} ({row['code']})}}, "
        f"year = {{{str(row['as_of'])[:4]}}}, note = {{{kind}; as of {str(row['as_of'])[:10]}}}}}"
    )


def _law(family: str, scheme: str, reference: str) -> str:
    return f"@misc{{norm-{family}-{scheme}, title = {{{reference}}}, note = {{Statutory numbers: {family}, scheme {scheme}}}}}"
