"""What a person once chose for the columns of a table, kept beside the store for the next table of the same columns.

One small JSON file per store: the names of the columns of a table, and the role chosen for some of them. It holds
no cell. A file that cannot be read is refused in one line rather than overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from graph.errors import InputRefused, MaillageError
from graph.store import ROOT, sqlite_path, store_url
from ingest.files import Input
from ingest.jsontree import dict_in, dicts_in, list_in, parse_json, text_in
from ingest.registry import read_document
from ingest.tables.columns import IGNORED, ROLES, applies, plain

MOST_KEPT = 500  # choices: the oldest go first
_MAX_BYTES = 2_000_000
_TABLES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm", ".ods", ".json", ".jsonl"})
Choices = dict[tuple[str, ...], dict[str, str]]


def memory_path(url: str | None = None) -> Path:
    """Where the choices of a store are kept: beside its file, or in the default folder for one on a server."""
    address = store_url(url)
    if address.startswith("sqlite:"):
        database = sqlite_path(address)
        return database.with_name(f"{database.name}.columns.json")
    parts = urlsplit(address)  # without user and password
    place = f"{parts.hostname}:{parts.port}{parts.path}"
    return ROOT / "data" / f"columns-{hashlib.sha256(place.encode()).hexdigest()[:12]}.json"


def remembered(url: str | None = None) -> Choices:
    """Every choice of a store, by the names of the columns. Raises InputRefused for a file that is not one of ours."""
    path = memory_path(url)
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as opened:
            data = opened.read(_MAX_BYTES + 1)
    except OSError as error:
        raise InputRefused(path.name, error.strerror or "cannot be read") from None
    if len(data) > _MAX_BYTES:
        raise InputRefused(path.name, f"more than {_MAX_BYTES:,} bytes of choices of columns")
    rows = dicts_in(dict_in(parse_json(path.name, data)).get("choices"))
    return {tuple(text_in(n) for n in list_in(row.get("columns"))): _roles(row.get("roles")) for row in rows}


def _roles(value: Any) -> dict[str, str]:
    return {str(name): role for name, role in dict_in(value).items() if role in ROLES or role == IGNORED}


def remember(names: Sequence[str], chosen: Mapping[str, str], url: str | None = None) -> None:
    """Keep a choice for tables of these columns; an empty one is forgotten. Raises MaillageError."""
    kept = remembered(url)
    kept.pop(_signature(names), None)
    if applies(names, chosen):
        kept[_signature(names)] = dict(chosen)
    rows = [{"columns": list(columns), "roles": roles} for columns, roles in list(kept.items())[-MOST_KEPT:]]
    path = memory_path(url)
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps({"version": 1, "choices": rows}, ensure_ascii=False, indent=1), "utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise MaillageError(f"{path.name}: {error.strerror or 'cannot be written'}") from None


def choice_for(names: Iterable[str], choices: Choices) -> dict[str, str]:
    """What was chosen for a table of these columns, in whatever order they stand; empty where nothing was."""
    return choices.get(_signature(names), {})


def _signature(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({plain(name) for name in names if name.strip()}))


def columns_of(item: Input) -> list[str]:
    """The names of the columns of a file as they stand in it; none where it holds no table or cannot be read."""
    if Path(item.shown).suffix.lower() not in _TABLES and not item.columns:
        return []
    try:
        found = read_document(item.load()).options.get("columns")
    except MaillageError:
        return []  # refused again, and reported, when it is imported
    return list(found) if isinstance(found, Mapping) else []


def with_remembered(inputs: Iterable[Input], url: str | None = None) -> list[Input]:
    """The files with what was once chosen for such columns, unless something is chosen for them now."""
    choices = remembered(url)
    if not choices:
        return list(inputs)
    return [item if item.columns else replace(item, columns=choice_for(columns_of(item), choices)) for item in inputs]


def remember_chosen(inputs: Iterable[Input], url: str | None = None) -> None:
    """Keep what was chosen for these files, for the next ones of the same columns."""
    for item in inputs:
        names = columns_of(item) if item.columns else []
        if applies(names, item.columns):
            remember(names, item.columns, url)
