"""Damaged notes read to the end: no rule of the reading breaks on what a reader lets through."""

from __future__ import annotations

import os
import random
import time
from pathlib import Path

import pytest

from graph.errors import MaillageError
from ingest.document import RawFile
from ingest.extract import extract
from ingest.registry import read_document
from tests.fuzzing import damaged

NOTES = sorted((Path(__file__).parent / "quality" / "docs").iterdir())
CASES = 120
SECONDS_OF_SOAK = float(os.environ.get("FUZZ_SECONDS", "1800"))


def read_damaged(number: int) -> bool:
    """Whether one damaged copy was read to the end; False where its reader refused it by name."""
    path = random.Random(number).choice(NOTES)
    copy = damaged(path.read_bytes(), f"{path.name}:{number}")
    try:
        extract(read_document(RawFile(path.name, copy)))
    except MaillageError:
        return False
    except Exception as error:
        error.add_note(f"damaged({path.name!r}, '{path.name}:{number}')")
        raise
    return True


def test_damaged_notes_break_no_rule() -> None:
    assert sum(map(read_damaged, range(CASES))) > CASES // 2


@pytest.mark.soak
def test_damaged_notes_without_end_break_no_rule() -> None:
    number, until = CASES, time.monotonic() + SECONDS_OF_SOAK
    while time.monotonic() < until:
        read_damaged(number)
        number += 1
    print(f"{number - CASES:,} damaged notes read to the end or refused")
    assert number > CASES
