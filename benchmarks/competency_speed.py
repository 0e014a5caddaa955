"""Seconds of person × post matches and of coding education strings, against the least that plain NumPy needs.

    python benchmarks/competency_speed.py [--matches 1000000] [--competencies 10] [--strings 100000] [--repeat 3]

Matches: `job_person_match_by` on one row a competency against the same rule on a ready two-dimensional array; the ratio is the price
of the long table (grouping, checks, labels). Education: `code_education` (each different string once) against the dictionary look-up
of strings that are coded already, and against coding row by row. Qualification: `qualification_match` of as many persons with posts.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.fields_of_study import code_education, code_one, load_rules
from mutasi_analysis.metrics.competency import RULES, job_person_match_by
from mutasi_analysis.metrics.qualification import qualification_match


def seconds(work: Callable[[], Any], repeat: int) -> tuple[Any, float]:
    """Result and best wall seconds of a piece of work."""
    best, result = float("inf"), None
    for _ in range(repeat):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    return result, best


def plain(achieved: Any, required: Any, rule: str) -> Any:
    """The rule on arrays of matches × competencies."""
    if rule == "mean_of_capped":
        return 100 * np.minimum(1, achieved / required).mean(axis=1)
    reached = achieved if rule == "ratio_of_sums" else np.minimum(achieved, required)
    return 100 * reached.sum(axis=1) / required.sum(axis=1)


def matches(n: int, competencies: int, repeat: int) -> None:
    rng = np.random.default_rng(1)
    achieved, required = (rng.integers(1, 6, (n, competencies)).astype("float64") for _ in range(2))
    group = np.repeat(np.arange(n), competencies)
    long_achieved, long_required = achieved.reshape(-1), required.reshape(-1)
    for rule in RULES:
        ours, long = seconds(partial(job_person_match_by, long_achieved, long_required, group, rule=rule), repeat)
        twin, short = seconds(partial(plain, achieved, required, rule), repeat)
        difference = float(np.abs(ours.to_numpy() - twin).max())
        name = f"{n:,} matches × {competencies}, {rule:15}"
        print(f"{name} {long:7.2f} s   NumPy {short:6.3f} s   ratio {long / short:5.1f}   max diff {difference:.1e}")


def education(n: int, repeat: int) -> None:
    rng = np.random.default_rng(2)
    base = [rule.example for rule in load_rules()]
    typed = [f"{text}{' ' * int(rng.integers(0, 3))}{'.' * int(rng.integers(0, 3))}" for text in base for _ in range(20)]
    column = pd.Series(rng.choice(np.array(typed, dtype=object), n))
    unique = column.nunique()

    def fresh() -> pd.DataFrame:
        code_one.cache_clear()
        return code_education(column)

    coded, first = seconds(fresh, repeat)
    _, again = seconds(lambda: code_education(column), repeat)
    table = {text: code_one(text).field for text in column.unique()}
    looked, floor = seconds(lambda: column.map(table), repeat)
    assert (coded["field"].fillna("") == looked).all()
    part = column.iloc[: max(n // 50, 1)]
    code_one.cache_clear()
    _, rows = seconds(lambda: [code_one.__wrapped__(text) for text in part], 1)
    slow = rows * n / len(part)
    print(f"{n:,} education strings, {unique:,} different: first {first:.2f} s ({first / unique * 1e6:.0f} µs a different string)")
    print(f"  dictionary {floor:.3f} s, ratio {first / floor:.1f}; coded before {again:.3f} s, ratio {again / floor:.1f}")
    print(f"  row by row {slow:.1f} s ({len(part):,} rows measured), ratio to unique first {slow / first:.0f}")


def qualification(n: int, repeat: int) -> None:
    rng = np.random.default_rng(3)
    tokens = np.array(sorted({f"{rule.field}/{rule.subject}" if rule.subject else rule.field for rule in load_rules()}), dtype=object)
    field, wanted = (pd.Series(rng.choice(tokens, n)) for _ in range(2))
    _, ours = seconds(lambda: qualification_match(field, wanted), repeat)
    one, other = field.str[:4].to_numpy(), wanted.str[:4].to_numpy()
    _, floor = seconds(lambda: one == other, repeat)
    print(f"{n:,} qualification matches {ours:.2f} s, one comparison of text in NumPy {floor:.3f} s, ratio {ours / floor:.0f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("matches", 1_000_000), ("competencies", 10), ("strings", 100_000), ("repeat", 3)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    matches(given.matches, given.competencies, given.repeat)
    education(given.strings, given.repeat)
    qualification(given.matches, given.repeat)


if __name__ == "__main__":
    main()
