"""What every reader of the table must do, whichever format it reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import RawFile
from ingest.formats import rows
from ingest.registry import Reader, readers

ALL = list(readers())
BYTES = st.one_of(
    st.binary(max_size=400),
    st.text(max_size=200).map(lambda t: t.encode("utf-8", "replace")),
    st.sampled_from(
        [b"PK\x03\x04", b"%PDF-", b"<map", b"<?xml", b"{", b"[{", b"\xff\xfea\x00", b"a;b\n1;2", b"\t\n\t\ta"]
    ),
)


@pytest.mark.parametrize("reader", ALL, ids=lambda r: r.name)
def test_a_reader_says_what_it_reads_carries_and_loses(reader: Reader) -> None:
    assert reader.name
    assert reader.label
    assert reader.carries
    assert reader.loses
    assert reader.extensions
    assert all(e.startswith(".") and e == e.lower() for e in reader.extensions)


def test_names_are_unique() -> None:
    assert len({r.name for r in ALL}) == len(ALL)


@given(BYTES, st.sampled_from(["x", "x.txt", "x.mm", "x.xmind", "x.docx", "x.pdf", "x.csv", "x.md"]))
@settings(deadline=None)
def test_accepting_never_raises(data: bytes, name: str) -> None:
    for reader in ALL:
        assert reader.accepts(RawFile(name, data)) in {True, False}


def test_the_table_of_formats_lists_every_reader() -> None:
    assert [row["name"] for row in rows() if row["reads"]] == [r.name for r in ALL]
