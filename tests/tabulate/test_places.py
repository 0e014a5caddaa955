"""An estimate in a table has the decimals of the interval beside it, so that it does not seem rounded out of what it lies in."""

import pandas as pd

from mutasi_analysis import tabulate
from mutasi_analysis.tabulate.build import Shown, Small, build, integer, plus
from mutasi_analysis.tabulate.outcomes import effects_table
from mutasi_analysis.tabulate.robustness import estimators_table, exact_table, pseudo_table, spillover_table
from mutasi_analysis.wording import Words
from tests.robustness import frames
from tests.wording import invented

ID = Words("id")
#: an interval whose upper end one decimal would write as zero, so that it is told with two
ENDS = {"estimate": -0.792, "conf_low": -1.4653, "conf_high": -0.0298}


def test_verdicts_have_the_decimals_of_their_interval_row_by_row() -> None:
    verdicts = pd.DataFrame([{**invented.verdict("hari_pengaduan", "found"), **ENDS}, invented.verdict("ikm", "found")])
    table = tabulate.verdicts_table("service", verdicts, invented.naive("ikm"), ID, minimum_cell=5)
    assert table.shown["estimate"].tolist() == ["−0,79", "+2,0"]
    assert table.shown["interval"].str.replace("\u00a0", " ").tolist() == ["−1,47 sampai −0,03", "1,0 sampai 3,0"]


def test_exact_and_spillover_tables_too_and_what_is_missing_is_a_dash() -> None:
    exact, spilled = exact_table(frames.exact(**ENDS), ID), spillover_table(frames.spillover(**ENDS), ID)
    assert exact is not None and spilled is not None
    assert exact.shown["estimate"].tolist() == spilled.shown["estimate"].tolist() == ["−0,79"]
    none = spillover_table(frames.spillover(estimate=None, conf_low=None, conf_high=None, reason="no_comparators"), ID)
    assert none is not None and none.shown["estimate"].tolist() == ["–"]
    endless = exact_table(frames.exact(), ID)  # no limits: one decimal
    assert endless is not None and endless.shown["estimate"].tolist() == ["+2,0"]


def test_estimators_matched_differences_and_years_too() -> None:
    rows = frames.estimators().assign(**ENDS)
    assert set(estimators_table(rows, ID, minimum_cell=5).shown["estimate"]) == {"−0,79"}
    left = frames.pseudo().assign(difference=-0.792, conf_low=-1.4653, conf_high=-0.0298)
    table = pseudo_table(left, frames.balance(), "output_percent", ID, minimum_cell=5)
    assert table is not None and table.shown["difference"].tolist() == ["−0,79"]
    years = effects_table(invented.effects("ikm").assign(**ENDS), "ikm", ID)
    assert set(years.shown["estimate"]) == {"−0,79"}


def test_decimals_stay_with_their_rows_where_hidden_ones_go_last() -> None:
    """Ranked by n: the row of 3 goes last, hidden; the two others keep two decimals and one."""
    frame = pd.DataFrame({"unit_name": ["a", "b", "c"], "n": [3, 40, 30], "estimate": [1.0, 1.0, 1.0], "digits": [0, 2, 1]})
    columns = (Shown("n", integer), Shown("estimate", plus(1), digits="digits"))
    block = build("t", frame, columns, ID, caption="c", small=(Small(5, ("n",), ("estimate",)),), ranked="n")
    assert block.shown["estimate"].tolist()[:2] == ["+1,00", "+1,0"] and block.shown["estimate"].iloc[-1] == "*"
