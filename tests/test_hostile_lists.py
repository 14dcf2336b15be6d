# ruff: noqa: E501 - parts of files stand on the lines they come on
"""What a file lists thousands of times, entries of an archive and places of a layout, is not gone through at each use."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from graph.errors import InputRefused
from ingest.bounds import limits
from ingest.bounds.limits import MAX_ZIP_ENTRIES, zip_names
from ingest.document import RawFile
from ingest.registry import choose
from tests.counted_work import work_of
from tests.hostile.of_offices import shape
from tests.office_files import relations, zipped
from tests.reading import read


def listing(entries: int, comment: bytes = b"") -> bytes:
    """An archive whose list names its one file again and again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("content.json", b"[]")
    data = out.getvalue()
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    listed = data[at:end] * entries
    tail = data[end : end + 12] + len(listed).to_bytes(4, "little") + data[end + 16 : end + 20]
    return data[:at] + listed + tail + len(comment).to_bytes(2, "little") + comment


def far(data: bytes) -> bytes:
    """The same with a list that says elsewhere how long it is, as very large archives do."""
    end = data.index(b"PK\x05\x06")
    at, size = data.index(b"PK\x01\x02"), end - data.index(b"PK\x01\x02")
    record = (
        b"PK\x06\x06" + (44).to_bytes(8, "little") + bytes(28) + size.to_bytes(8, "little") + at.to_bytes(8, "little")
    )
    record = record[:24] + (1).to_bytes(8, "little") + (1).to_bytes(8, "little") + record[40:]
    where = b"PK\x06\x07" + bytes(4) + end.to_bytes(8, "little") + (1).to_bytes(4, "little")
    return data[:end] + record + where + data[end : end + 12] + bytes(4) + data[end + 16 :]


LISTS: dict[str, Callable[[int], bytes]] = {
    "plain": listing,
    "with a comment": lambda n: listing(n, b"un mot"),
    "far": lambda n: far(listing(n)),
}


@pytest.mark.parametrize("name", LISTS)
def test_an_archive_of_too_many_entries_is_refused_before_any_is_made(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = RawFile("a.xmind", LISTS[name](MAX_ZIP_ENTRIES + 1))
    with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
        assert len(archive.namelist()) == MAX_ZIP_ENTRIES + 1  # it can be opened

    def opened(*_: Any, **__: Any) -> None:
        pytest.fail("the archive was opened")

    monkeypatch.setattr(limits.zipfile, "ZipFile", opened)
    with pytest.raises(InputRefused, match=f"over {MAX_ZIP_ENTRIES:,}"):
        choose(raw)


@pytest.mark.parametrize("name", LISTS)
def test_an_archive_of_few_entries_is_listed(name: str) -> None:
    assert zip_names(RawFile("a.xmind", LISTS[name](3))) == ["content.json"] * 3


def test_archives_stored_in_an_archive_do_not_count_as_its_entries() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("a.zip", listing(MAX_ZIP_ENTRIES))
        made.writestr("b.zip", listing(MAX_ZIP_ENTRIES))
    assert zip_names(RawFile("a.zip", out.getvalue())) == ["a.zip", "b.zip"]


_PML = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PLACED = '<p:sp><p:nvSpPr><p:nvPr><p:ph type="body" idx="{}"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x="1" y="1"/></a:xfrm></p:spPr></p:sp>'


def test_slides_that_share_a_layout_look_it_up_once() -> None:
    def work(size: int) -> int:
        slide = f"<p:sld {_PML}><p:cSld><p:spTree>{shape('a')}</p:spTree></p:cSld></p:sld>"
        ids = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(size))
        parts: dict[str, str | bytes] = {
            "ppt/presentation.xml": f"<p:presentation {_PML}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
            "ppt/_rels/presentation.xml.rels": relations(
                *((f"r{n}", "slide", f"slides/s{n}.xml") for n in range(size))
            ),
            "ppt/layouts/l.xml": f"<p:sldLayout {_PML}>{''.join(map(_PLACED.format, range(10 * size)))}</p:sldLayout>",
            **{f"ppt/slides/s{n}.xml": slide for n in range(size)},
            **{
                f"ppt/slides/_rels/s{n}.xml.rels": relations(("l", "slideLayout", "../layouts/l.xml"))
                for n in range(size)
            },
        }
        data = zipped(parts)
        return work_of(lambda: read("a.pptx", data))

    work(2)  # what is loaded on first use
    assert work(60) < 3 * work(30)  # four times where each slide goes through all places
