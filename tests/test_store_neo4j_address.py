"""Addresses of a Neo4j store and the secrets that go with them; no server is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import open_store
from graph.store.neo4j.address import Address, parse

SECRET = "très/secret:@?"
QUOTED = "tr%C3%A8s%2Fsecret%3A%40%3F"


@pytest.mark.parametrize(
    ("url", "uri", "user", "database"),
    [
        ("neo4j://ana:mot@base.example:7688/atelier", "neo4j://base.example:7688", "ana", "atelier"),
        ("bolt://base.example", "bolt://base.example:7687", "", None),
        ("neo4j+s://ana:mot@base.example/", "neo4j+s://base.example:7687", "ana", None),
        ("bolt://[::1]:7000/x", "bolt://[::1]:7000", "", "x"),
        (f"neo4j+ssc://zo%C3%A9:{QUOTED}@h/d", "neo4j+ssc://h:7687", "zoé", "d"),
    ],
)
def test_an_address_has_its_parts(url: str, uri: str, user: str, database: str | None) -> None:
    found = parse(url)
    assert (found.uri, found.user, found.database) == (uri, user, database)


def test_a_password_is_in_nothing_that_is_shown() -> None:
    found = parse(f"neo4j://ana:{QUOTED}@h/d")
    assert found.password == SECRET
    for shown in (found.shown, repr(found), str(found)):
        assert SECRET not in shown
        assert QUOTED not in shown
    assert parse(found.shown.replace("ana@", f"ana:{QUOTED}@")) == found


def test_credentials_come_from_the_environment_or_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_NEO4J_USER", "ana")
    monkeypatch.setenv("MAILLAGE_NEO4J_PASSWORD", "du contexte")
    assert _who(parse("neo4j://h/d")) == ("ana", "du contexte")
    assert _who(parse("neo4j://zoe:donné@h/d")) == ("zoe", "donné")
    word = tmp_path / "word"
    word.write_text(f"{SECRET}\n", "utf-8")
    monkeypatch.setenv("MAILLAGE_NEO4J_PASSWORD_FILE", str(word))
    assert _who(parse("neo4j://h/d")) == ("ana", SECRET)
    word.unlink()
    with pytest.raises(StoreError, match="MAILLAGE_NEO4J_PASSWORD_FILE"):
        parse("neo4j://h/d")


def _who(found: Address) -> tuple[str, str]:
    return found.user, found.password


@pytest.mark.parametrize("url", ["neo4j://", "neo4j:///x", "neo4j://h:port/d", "neo4j://u:se?cret@h/d", "bolt://h/a/b"])
def test_what_is_no_address_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(StoreError) as told:
        open_store(url)
    assert "se?cret" not in str(told.value)
    assert "\n" not in str(told.value)
