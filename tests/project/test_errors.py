"""Every error survives the way between processes, keeps its text, and has its exit code."""

import importlib
import inspect
import pickle
import pkgutil
from dataclasses import replace

import pytest

import mutasi_analysis
from mutasi_analysis.errors import DataError, Fault, MissingDataError, MutasiError

FAULT = Fault("raw/x.csv", None, 3, "tmt", "31-02-2024", "not_a_date", "dd-mm-yyyy")


def own_exceptions():
    for module in pkgutil.walk_packages(mutasi_analysis.__path__, "mutasi_analysis."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return sorted((c for c in subclasses(Exception) if c.__module__.startswith("mutasi_analysis")), key=lambda c: c.__qualname__)


def subclasses(cls):
    return {sub for direct in cls.__subclasses__() for sub in {direct, *subclasses(direct)}}


def example(cls):
    if issubclass(cls, DataError) and not issubclass(cls, MissingDataError):
        return cls((FAULT,))
    arguments = [p for p in list(inspect.signature(cls.__init__).parameters.values())[1:] if p.kind is p.POSITIONAL_OR_KEYWORD]
    return cls(*[f"kalimat {place}" for place in range(max(1, len(arguments)))])


def test_every_exception_of_the_package_survives_pickling():
    found = own_exceptions()
    assert {MutasiError, DataError, MissingDataError} <= set(found)
    for cls in found:
        error = example(cls)
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is cls
        assert str(again) == str(error)
        assert getattr(again, "faults", None) == getattr(error, "faults", None)


@pytest.mark.parametrize(
    ("name", "code"), [("UsageError", 2), ("DataError", 3), ("MissingDataError", 3), ("NormError", 2), ("RunError", 4)]
)
def test_exit_codes(name, code):
    assert getattr(importlib.import_module("mutasi_analysis.errors"), name).exit_code == code


def test_many_faults_are_counted_not_printed():
    different = tuple(replace(FAULT, column=f"kolom {number}") for number in range(60))
    text = str(DataError(different))
    assert len(text.splitlines()) == 51
    assert text.endswith("… dan 10 kesalahan lain; lihat faults.xlsx")
    assert len(str(DataError((FAULT,) * 60)).splitlines()) == 1
