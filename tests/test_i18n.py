"""The catalogue: both languages whole, every key used exists, French set as French is."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from ontology import load
from views.i18n import LANGUAGES, LOCALE, NARROW, NBSP, catalogue, day, named, number, percent, quoted, typeset

VIEWS = LOCALE.parent
PLURAL = {"one", "other"}


def _fields(entry: object) -> set[str]:
    texts = entry.values() if hasattr(entry, "values") else [entry]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_page_has_its_texts_in_every_language():
    pages = {language: {f.name.split(".")[0] for f in LOCALE.glob(f"*.{language}.toml")} for language in LANGUAGES}
    assert pages["fr"]
    assert pages["fr"] == pages["en"]


def test_both_languages_have_the_same_keys_and_the_same_values_to_insert():
    french, english = catalogue("fr"), catalogue("en")
    assert set(french) == set(english)
    differing = [key for key in french if _fields(french[key]) != _fields(english[key])]
    assert not differing


def test_an_entry_is_a_text_or_a_singular_and_a_plural():
    for language in LANGUAGES:
        for key, entry in catalogue(language).items():
            assert isinstance(entry, str) or set(entry) == PLURAL, f"{language}: {key}"


def _used() -> list[tuple[str, str]]:
    """(file, key pattern) of every call of t in the views; what is computed inside a key becomes ".+"."""
    found = []
    for file in [*VIEWS.rglob("*.py"), VIEWS.parent / "app.py"]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "t"
            if called and node.args:
                found.append((file.name, _pattern(node.args[0])))
    return found


def _pattern(argument: ast.expr) -> str:
    if isinstance(argument, ast.Constant):
        return re.escape(str(argument.value))
    if isinstance(argument, ast.JoinedStr):
        return "".join(re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in argument.values)
    return ".+"


def test_every_key_that_a_page_uses_exists():
    keys = set(catalogue("fr"))
    used = _used()
    assert len(used) > 100
    missing = [(file, key) for file, key in used if not any(re.fullmatch(key, k) for k in keys)]
    assert not missing


def test_every_text_is_used_somewhere():
    patterns = [key for _, key in _used() if key != ".+"]
    unused = [k for k in catalogue("fr") if not any(re.fullmatch(p, k) for p in patterns)]
    assert not unused


def test_every_kind_that_a_path_crosses_has_its_words():
    crossed = load().of_role("thing", "statement")
    assert not [k for k in crossed if k not in {"comment"} and f"links.a_{k}" not in catalogue("fr")]


def test_french_is_set_as_french():
    wrong = re.compile(r"'| [?!;%:»]|« |[^\s  ][?!;]$")
    texts = [t for entry in catalogue("fr").values() for t in ([entry] if isinstance(entry, str) else entry.values())]
    assert not [text for text in texts if wrong.search(text)]


def test_writers_type_ordinary_spaces():
    assert typeset("« Oui » : 3 % ?") == f"«{NBSP}Oui{NBSP}»{NBSP}: 3{NARROW}%{NARROW}?"


def test_numbers_and_dates_are_written_in_french_by_default():
    assert number(8412) == f"8{NARROW}412"
    assert number(0.914, 2) == "0,91"
    assert percent(0.52) == f"52{NARROW}%"
    assert day("2026-03-18") == "18 mars 2026"
    assert day("2026-05-01") == "1er mai 2026"
    assert day("2026-03") == "mars 2026"
    assert day("mars 2026") == "mars 2026"
    assert day("2026") == "2026"
    assert quoted("x") == f"«{NBSP}x{NBSP}»"


def test_a_name_and_what_is_said_of_it_have_the_colon_of_the_language():
    assert [named("Habitat", "3", spoken=spoken) for spoken in ("fr", "en")] == [f"Habitat{NBSP}: 3", "Habitat: 3"]


@pytest.mark.parametrize("file", sorted(LOCALE.glob("*.toml")), ids=lambda f: f.name)
def test_no_text_speaks_of_the_machinery(file: Path):
    banned = ("nœud", "arête", "entité", "score", "token", "node", "edge", "entity")
    said = [
        w for entry in catalogue(file.name.split(".")[1]).items() for w in banned if w in str(entry[1]).lower().split()
    ]
    assert not said
