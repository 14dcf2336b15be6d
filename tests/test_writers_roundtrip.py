"""Every map through every writer and back: the same, but for what the rows say."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from graph.errors import InputRefused
from graph.export.registry import Writer, writers
from graph.outline import Outline
from ingest.files import load
from ingest.maps.outline import outline_of
from ingest.registry import read_document
from tests.outlines import RoundTrip, outlines, reader_of

ALL = list(writers())
by_format = pytest.mark.parametrize("writer", ALL, ids=lambda w: w.name)


def check(writer: Writer, outline: Outline) -> None:
    written = writer.write(outline)
    found = reader_of(writer, written)
    assert found is not None, f"what {writer.name} writes is read as another format, or not at all"
    RoundTrip(deepcopy(outline), writer, written, *found).check()


@by_format
@given(outline=outlines())
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_map_comes_back_as_the_rows_say(writer: Writer, outline: Outline) -> None:
    check(writer, outline)


REAL = Path(__file__).resolve().parents[2] / "shared" / "maps" / "files"
LARGEST = 60_000  # bytes: the whole test stays within seconds


def real_maps() -> list[Path]:
    """The real maps kept beside the repository, where there are any."""
    return sorted(p for p in REAL.rglob("*") if p.is_file() and p.stat().st_size <= LARGEST)


@pytest.mark.skipif(not REAL.is_dir(), reason="no real maps beside the repository")
@by_format
def test_real_maps_come_back_as_the_rows_say(writer: Writer) -> None:
    tried = 0
    for path in real_maps():
        try:
            outline = outline_of(read_document(load(path)))
        except InputRefused:
            continue
        check(writer, outline)
        tried += 1
    assert tried > 20
