"""Writers leave the map as it was read: the blocks of a map are made of its tree when somebody asks, perhaps after."""

from __future__ import annotations

import pytest

from graph.export.registry import writers
from ingest.document import Document, RawFile
from ingest.maps.maptree import MapDocument
from ingest.maps.outline import outline_json, outline_of
from ingest.registry import choose
from tests.test_variants import FILES

# Labels and names that writers replace, escape or shorten for their formats, on topics that share an id and a label.
HARD = """<map version="1.0.1"><node ID="a" TEXT="=1+1">
 <node ID="b" TEXT="- &#8205;[lien](x)" FOLDED="true" POSITION="left" LINK="#a"><icon BUILTIN="help"/>
  <attribute NAME="=coût" VALUE="@10"/>
  <richcontent TYPE="NOTE"><html><body><p># un</p><p>&lt;b&gt;deux</p></body></html></richcontent></node>
 <node ID="b" TEXT="- &#8205;[lien](x)" LINK="https://exemple.org/a b" TAGS="a, b">
  <arrowlink DESTINATION="a" MIDDLE_LABEL="&quot;]-->&lt;"/><cloud/></node>
 <node TEXT="" BACKGROUND_COLOR="#ff0000"/>
</node></map>""".encode()


def read(name: str, data: bytes) -> Document:
    raw = RawFile(name, data)
    return choose(raw).read(raw)


MAPS = [("difficile.mm", HARD)] + [
    (path.name, path.read_bytes()) for path in FILES if isinstance(read(path.name, path.read_bytes()), MapDocument)
]


def test_there_are_maps_of_most_formats() -> None:
    assert len(MAPS) > 20


@pytest.mark.parametrize(("name", "data"), MAPS, ids=[name for name, _ in MAPS])
def test_no_writer_changes_the_tree_or_the_blocks_of_a_map(name: str, data: bytes) -> None:
    fresh, written = read(name, data), read(name, data)
    expected = outline_json(fresh), fresh.text, fresh.blocks
    for writer in writers():
        assert writer.write(outline_of(written)).data
        assert outline_json(written) == expected[0], writer.name
    assert (outline_json(written), written.text, written.blocks) == expected
    for block in written.blocks:
        shown = "".join(written.text[block.offsets[i]] for i in range(len(block.label)))
        assert block.label == shown.replace("\n", " ")
