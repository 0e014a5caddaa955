"""A table as LaTeX (booktabs), from the bundle's CSV tables and its labels. Travels in the bundle with `journal`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

_SPECIAL = {"\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
            "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "−": "$-$", "–": "--", "²": "$^2$", "τ": r"$\tau$"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """columns: names in the table, an interval as "low..high"; scaled: columns in the unit of the outcome; digits: decimals of a column
    (2 where not named)."""

    columns: tuple[str, ...]
    scaled: tuple[str, ...] = ()
    digits: Mapping[str, int] | None = None


_ESTIMATE = ("estimate", "conf_low", "conf_high", "std_error")
LAYOUTS: dict[str, Layout] = {
    "estimates": Layout(
        ("outcome", "region", "level", "n_units", "estimate", "conf_low..conf_high", "weight", "p_value", "p_adjusted",
         "correction", "verdict"),
        _ESTIMATE, {"n_units": 0, "weight": 1, "p_value": 3, "p_adjusted": 3},
    ),
    "pooled": Layout(
        ("outcome", "primary", "k", "estimate", "conf_low..conf_high", "pi_low..pi_high", "i2", "q_p_value", "p_value",
         "p_adjusted", "correction"),
        (*_ESTIMATE, "pi_low", "pi_high"), {"k": 0, "i2": 0, "q_p_value": 3, "p_value": 3, "p_adjusted": 3},
    ),
    "leave_one_out": Layout(("outcome", "region", "level", "estimate", "conf_low..conf_high", "i2", "cook"), _ESTIMATE, {"i2": 0}),
    "ranks": Layout(
        ("outcome", "region", "level", "estimate", "conf_low..conf_high", "rank_median", "rank_low..rank_high", "p_first"), _ESTIMATE,
        {"rank_median": 0, "rank_low": 0, "rank_high": 0},
    ),
    "meta_regression": Layout(("outcome", "slope", "conf_low..conf_high", "p_value", "r2", "k"), ("slope", "conf_low", "conf_high"),
                              {"p_value": 3, "r2": 0, "k": 0}),
}  # fmt: skip


def cells(table: pd.DataFrame, layout: Layout, labels: Mapping[str, str], scales: Mapping[str, float]) -> list[list[str]]:
    """Header and rows of a table as text. labels: "column.x", "outcome.x", "level.x", … → word; scales: outcome → factor."""
    header = [labels.get(f"column.{name.split('..')[0]}", name) for name in layout.columns]
    return [header, *[_row(row, layout, labels, scales) for row in table.to_dict("records")]]


def latex(name: str, rows: list[list[str]], caption: str) -> str:
    """Rows as a longtable with booktabs rules."""
    spec = "l" * 1 + "r" * (len(rows[0]) - 1)
    head = " & ".join(escaped(cell) for cell in rows[0])
    body = "\n".join(" & ".join(escaped(cell) for cell in row) + r" \\" for row in rows[1:])
    return (
        "% \\usepackage{booktabs,longtable}\n"
        f"\\begin{{longtable}}{{{spec}}}\n\\caption{{{escaped(caption)}}}\\label{{tab:{name}}}\\\\\n"
        f"\\toprule\n{head} \\\\\n\\midrule\n\\endfirsthead\n\\toprule\n{head} \\\\\n\\midrule\n\\endhead\n"
        f"{body}\n\\bottomrule\n\\end{{longtable}}\n"
    )


def escaped(text: str) -> str:
    """Text that LaTeX prints letter by letter."""
    return "".join(_SPECIAL.get(letter, letter) for letter in text)


def _row(row: Mapping[object, object], layout: Layout, labels: Mapping[str, str], scales: Mapping[str, float]) -> list[str]:
    factor = scales.get(str(row.get("outcome")), 1.0)

    def one(name: str) -> str:
        value = row.get(name)
        if isinstance(value, bool) or str(value) in ("True", "False"):
            return labels.get(f"flag.{value}", str(value))
        if isinstance(value, str):
            return labels.get(f"{name}.{value}", value)
        if not isinstance(value, int | float) or math.isnan(float(value)):
            return "–"
        digits = (layout.digits or {}).get(name, 2)
        if name.endswith(("p_value", "p_adjusted")) and float(value) < 10.0**-digits:
            return f"< {10.0**-digits:.{digits}f}".replace(".", labels.get("decimal", "."))
        text = f"{float(value) * (factor if name in layout.scaled else 1.0):.{digits}f}"
        return text.replace("-", "−").replace(".", labels.get("decimal", "."))

    return [f"{one(name.split('..')[0])} – {one(name.split('..')[1])}" if ".." in name else one(name) for name in layout.columns]
