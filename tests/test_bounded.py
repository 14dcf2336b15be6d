"""Reading a stranger's file aside: what a process of its own may take, and what it gives back."""

from __future__ import annotations

import gc
import io
import os
import time
import weakref
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from graph import collector
from graph.collector import collection_paused
from graph.errors import InputRefused
from ingest.bounds.aside import Limits, run_aside
from ingest.bounds.bounded import limits_of
from ingest.bounds.limits import MAX_DEPTH, bound_depth
from ingest.document import Document, RawFile
from ingest.maps.outline import outline_of
from ingest.registry import choose, read_document
from tests.reading import check

LETTER = Path(__file__).parents[1] / "samples" / "ambresle" / "2025-12-01_lettre-aux-habitants.pdf"


def test_work_done_aside_gives_what_it_gives_here() -> None:
    assert run_aside("a.pdf", Limits(), sorted, [3, 1, 2]) == [1, 2, 3]


def test_work_that_counts_without_end_is_stopped_and_named() -> None:
    began = time.monotonic()
    with pytest.raises(InputRefused, match=r"^long\.pdf: reading it takes more than 1 s$"):
        run_aside("long.pdf", Limits(1), sum, range(10**15))
    assert time.monotonic() - began < 30


def test_work_that_waits_without_end_is_stopped_too() -> None:
    with pytest.raises(InputRefused, match=r"takes more than"):
        run_aside("slow.pdf", Limits(elapsed=2), time.sleep, 600)


def test_work_that_asks_for_too_much_memory_is_refused() -> None:
    with pytest.raises(InputRefused, match=r"^big\.pdf: reading it takes more than 500 MB of memory$"):
        run_aside("big.pdf", Limits(), bytes, 900_000_000)


def test_a_refusal_comes_back_from_the_other_process_with_its_place() -> None:
    with pytest.raises(InputRefused) as caught:
        read_document(RawFile("a.pdf", b"%PDF-1.4\nno object of a PDF"))
    assert str(caught.value).startswith("a.pdf: damaged PDF")


def test_a_reader_that_breaks_aside_is_reported_on_one_line() -> None:
    with pytest.raises(InputRefused, match=r"^a\.pdf: reading it broke its reader \(code 1\)$"):
        run_aside("a.pdf", Limits(), int, "no number")


@pytest.mark.skipif(os.name != "posix", reason="no signals to end with")
def test_a_library_that_aborts_is_told_with_what_to_do() -> None:
    with pytest.raises(InputRefused, match=r"^a\.pdf: it breaks its reader: .*several parts$"):
        run_aside("a.pdf", Limits(), os.abort)


def test_a_pdf_reads_aside_as_it_reads_here() -> None:
    raw = RawFile(LETTER.name, LETTER.read_bytes())
    aside, here = read_document(raw), choose(raw).read(raw)
    check(aside)
    assert aside.raw is raw
    assert (aside.text, aside.blocks, aside.title, aside.ledger) == (here.text, here.blocks, here.title, here.ledger)


def test_small_files_are_read_at_once_and_pdf_or_what_unpacks_to_much_is_read_aside() -> None:
    assert limits_of(RawFile("a.mm", b"<map/>")) is None
    assert limits_of(RawFile("a.xmind", b"PK\x03\x04 damaged")) is None
    assert limits_of(_archive(zipfile.ZIP_STORED)) is not None
    assert limits_of(RawFile("a.txt", b"a" * 4_000_000)) is None
    assert limits_of(RawFile("a.txt", b"a" * 12_000_000)) is not None
    assert limits_of(RawFile("a.mm", b"<a/>" * 700_000)) is not None
    assert limits_of(RawFile("a.plist", b"bplist00" + b"a" * 300_000)) is not None
    assert limits_of(RawFile("a.bin", b"\n%PDF-1.7\n1 0 obj")) is not None


def test_an_archive_that_is_refused_before_anything_is_unpacked_starts_no_process() -> None:
    bomb = _archive(zipfile.ZIP_DEFLATED)
    assert limits_of(bomb) is None
    with pytest.raises(InputRefused, match=r"^a\.xmind: content\.json: compressed suspiciously well"):
        read_document(bomb)


def _archive(method: int) -> RawFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as made:
        made.writestr("content.json", b" " * 5_000_000)
    return RawFile("a.xmind", packed.getvalue())


def test_a_long_pdf_has_more_time_than_a_short_one_but_not_without_end() -> None:
    head = b"%PDF-1.4 1 0 obj"
    short, long, endless = (limits_of(RawFile("a.pdf", head + b" " * n)) for n in (10, 600_000, 40_000_000))
    assert short and long and endless  # noqa: PT018 - types
    assert short.seconds < long.seconds < endless.seconds <= 120


def test_a_large_map_read_aside_is_the_map_read_here() -> None:
    topics = "".join(f'<node TEXT="Une idée numéro {n}, {"longue " * 80}"/>' for n in range(20_000))
    raw = RawFile("a.mm", f'<map version="1.0.1"><node TEXT="racine">{topics}</node></map>'.encode())
    assert limits_of(raw) is not None
    aside = read_document(raw)
    here: Document = choose(raw).read(replace(raw))
    assert aside.blocks == here.blocks
    assert outline_of(aside) == outline_of(here)
    assert aside.ledger == here.ledger


def test_elements_too_deep_are_refused_whatever_the_parser_lets_through() -> None:
    top = element = etree.Element("map")
    for _ in range(2 * MAX_DEPTH - 1):
        element = etree.SubElement(element, "node")
    bound_depth("a.mm", top)
    etree.SubElement(element, "node")
    with pytest.raises(InputRefused, match=r"^a\.mm: nested deeper than 2,000 levels$"):
        bound_depth("a.mm", top)


def test_the_collector_is_left_as_it_was_found() -> None:
    with collection_paused():
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    try:
        with collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_circular_garbage_goes_though_the_pauses_of_many_threads_are_never_all_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Ring:
        def __init__(self) -> None:
            self.own = self

    with collection_paused():
        with collection_paused():
            gone = weakref.ref(Ring())
        assert gone() is not None
        monkeypatch.setattr(collector, "MOST_MADE", -1)
        with collection_paused():
            pass
        assert gone() is None
