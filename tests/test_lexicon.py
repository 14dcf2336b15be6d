"""The word lists of both languages, as files."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

LISTS = sorted((Path(__file__).parents[1] / "ontology" / "lexicon").glob("*/*.toml"))


def _lists(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _lists(inner, (*path, name))
    elif isinstance(value, list) and all(isinstance(word, str) for word in value):
        yield ".".join(path), value


@pytest.mark.parametrize("file", LISTS, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_no_list_holds_a_word_twice(file: Path) -> None:
    twice = {
        name: [word for word, n in Counter(words).items() if n > 1]
        for name, words in _lists(tomllib.loads(file.read_text("utf-8")))
    }
    assert not {name: words for name, words in twice.items() if words}
