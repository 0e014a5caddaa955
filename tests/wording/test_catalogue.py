"""The catalogue is complete, nothing in it is dead, and causal words stand only where a causal estimate was found."""

import ast
import re
import string
from pathlib import Path

import pytest

import mutasi_analysis
from mutasi_analysis.entities import TABLES
from mutasi_analysis.wording import Words
from mutasi_analysis.wording.catalogue import LANGUAGES, catalogue, parse_catalogue

PACKAGE = Path(mutasi_analysis.__file__).parent
#: functions whose first argument is a domain of codes, as in `words.label("sector", code)`.
DOMAIN_CALLS = {"label", "knows", "word", "coded", "count"}
CAUSAL = re.compile(r"\b(berhasil|keberhasilan|dampak|dampaknya|efek|effects?|success(ful(ly)?)?|impact|worked)\b", re.IGNORECASE)
ALLOWED = re.compile(r"^(finding\.found_|headline\.found_|box\.found_)")


def _trees() -> list[ast.AST]:
    return [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def _name(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def _asked() -> set[str]:
    """Keys that are asked for by name: the first argument of `words(…)`, in Python and in templates."""
    calls = [node for node in _trees() if isinstance(node, ast.Call) and node.args and _name(node) in ("words", "self", "Words")]
    found = {arg.value for node in calls if isinstance(arg := node.args[0], ast.Constant) and "." in str(arg.value)}
    for path in PACKAGE.rglob("*.j2"):
        found |= set(re.findall(r"words\(\"([a-z_.]+)\"", path.read_text(encoding="utf-8")))
    return found


def _strings() -> set[str]:
    return {node.value for node in _trees() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _patterns() -> list[re.Pattern[str]]:
    """Keys that are put together: f"said.index_{part}" → said\\.index_.+"""
    found = []
    for node in _trees():
        if (
            isinstance(node, ast.JoinedStr)
            and isinstance(node.values[0], ast.Constant)
            and re.match(r"[a-z_]+\.", str(node.values[0].value))
        ):
            found.append(re.compile("".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)))
    return found


def _domains() -> set[str]:
    calls = [node for node in _trees() if isinstance(node, ast.Call) and _name(node) in DOMAIN_CALLS]
    texts = {arg.value for node in calls for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)}
    keywords = {
        k.value.value
        for node in _trees()
        if isinstance(node, ast.Call)
        for k in node.keywords
        if k.arg == "domain" and isinstance(k.value, ast.Constant)
    }
    return texts | keywords | {"sector", "move_kind", "norm_key"}


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_places_agree_between_languages() -> None:
    for key, entry in catalogue().items():
        assert _places(entry["id"]) == _places(entry["en"]), key


#: what is counted in sentences, beside the nouns of the catalogue
COUNTED = {"others", "pairs", "rows", "draws", "intervals", "groups", "values", "complaints", "days", "points", "levels", "comparisons",
           "methods", "results", "tests", "arrangements", "strings"}  # fmt: skip


def _counted() -> str:
    nouns = COUNTED | {entry["en"].split()[-1] for key, entry in catalogue().items() if key.startswith("noun.")}
    return "|".join(sorted(nouns, key=len, reverse=True))


def test_english_numbers_take_the_form_that_goes_with_them() -> None:
    """No "{n} regions": that may be "1 regions"; instead "{n} {n:region|regions}"."""
    bare = re.compile(rf"\{{\w+\}} (?:(?!(?:of|found|from|with)\b)[a-z-]+ )?(?:{_counted()})\b")
    told = {key: found[0] for key, entry in catalogue().items() if (found := bare.search(entry["en"]))}
    assert {key: text for key, text in told.items() if not NOT_COUNTED.search(text)} == {}


#: a place that holds words, not a number
NOT_COUNTED = re.compile(r"^\{(outcome|name|cells|units|files|label|moved_ones)\} ")


def test_one_of_something_is_told_in_the_singular() -> None:
    words = Words("en")
    wrong = re.compile(rf"(?<![\d.,])1 (?:(?!(?:of|found|from|with)\b)[a-z-]+ )?(?:{_counted()})\b")
    for key, entry in catalogue().items():
        if "|" in entry["en"]:
            text = words(key, **dict.fromkeys(_places(entry["en"]), "1"))
            assert not wrong.search(text) and "{" not in text, (key, text)


def test_forms_follow_the_number_and_a_number_with_its_noun() -> None:
    words = Words("en")
    places = {"low": "1", "lowest": "a", "high": "2", "highest": "b", "points": "points"}
    assert words("robust_said.dose_alt", n="1", **places).startswith("1 group is drawn;")
    assert words("robust_said.dose_alt", n="21", **places).startswith("21 groups are drawn;")
    assert words("said.required_title", short="1 unit", n="1,0", surplus="3").startswith("1 unit is short of 1,0 persons")
    assert words("said.required_title", short="11 units", n="1", surplus="3").startswith("11 units are short of 1 person ")
    assert words("said.match_up", change="+1") == "Transfers led to better fitting posts: +1 percentage point on average"


def test_every_key_that_is_asked_for_exists() -> None:
    assert _asked() - set(catalogue()) == set()


def test_every_key_is_used() -> None:
    strings, patterns, domains = _strings(), _patterns(), _domains()
    templates = _asked()

    def used(key: str) -> bool:
        group, _, name = key.partition(".")
        if key in strings or key in templates or group in domains:
            return True
        if group == "column":
            return name in strings
        return any(pattern.fullmatch(key) for pattern in patterns if not pattern.pattern.startswith("column"))

    assert {key for key in catalogue() if not used(key)} == set()


@pytest.mark.parametrize(
    ("domain", "table", "column"),
    [
        ("unit_kind", "unit_kerja", "unit_kind"), ("sector", "unit_kerja", "sector"), ("move_kind", "mutasi", "move_kind"),
        ("competency", "kompetensi", "competency"), ("outcome", "layanan", "indicator"), ("points", "layanan", "indicator"),
        ("outcome_axis", "layanan", "indicator"), ("item", "survei", "item"), ("regime", "kinerja", "regime"),
    ],
)  # fmt: skip
def test_every_code_of_the_tables_has_a_word(domain: str, table: str, column: str) -> None:
    allowed = next(c.allowed for c in TABLES[table].columns if c.name == column)
    assert {code for code in allowed if f"{domain}.{code}" not in catalogue()} == set()


def test_every_table_has_a_word_and_a_consequence() -> None:
    assert {name for name in TABLES if f"table.{name}" not in catalogue() or f"without.{name}" not in catalogue()} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_causal_words_only_where_an_effect_was_found(language: str) -> None:
    wrong = {key for key, entry in catalogue().items() if CAUSAL.search(entry[language]) and not ALLOWED.match(key)}
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_found_is_said_as_an_effect(language: str) -> None:
    for key in ("finding.found_up", "finding.found_down", "box.found_better", "box.found_worse"):
        assert CAUSAL.search(catalogue()[key][language]), key


def test_a_key_without_a_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"'a\.b' has no text in 'en'"):
        parse_catalogue('[a]\nb = { id = "x" }')
