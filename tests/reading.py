"""Short ways for the tests of readers: read bytes, list labels, check what must hold of every document."""

from __future__ import annotations

from ingest.document import BlockKind, Document, RawFile
from ingest.registry import read_document


def read(name: str, content: str | bytes) -> Document:
    """Read a file that never touched the disk, and check what must hold of every document."""
    document = read_document(RawFile(name, content.encode() if isinstance(content, str) else content))
    check(document)
    return document


def check(document: Document) -> None:
    """Spans inside the text, labels that lead back to it, parents before children, a ledger that counts."""
    for n, block in enumerate(document.blocks):
        assert block.order == n
        assert 0 <= block.start <= block.end <= len(document.text)
        assert len(block.offsets) == len(block.label)
        assert block.parent is None or 0 <= block.parent < n
        assert 0 < block.parent_confidence <= 1
        if block.label:
            start, end = block.span(0, len(block.label))
            assert block.start <= start < end <= block.end
            assert [c for c in block.label if c.isalnum()] == [
                document.text[o] for o in block.offsets if document.text[o].isalnum()
            ]
        for _, start, end in block.attributes.get("cells", ()):
            assert block.start <= start <= end <= block.end or start == end
    assert document.ledger.found
    assert document.ledger.kept


def labels(document: Document, kind: BlockKind) -> list[str]:
    return [b.label for b in document.blocks if b.kind is kind]


def headings(document: Document) -> list[str]:
    return labels(document, BlockKind.HEADING)


def parent_label(document: Document, label: str) -> str | None:
    """The label of what stands above the block with this label."""
    block = next(b for b in document.blocks if b.label == label)
    return None if block.parent is None else document.blocks[block.parent].label


def tree(document: Document) -> list[tuple[int, str]]:
    """Depth and label of every topic."""
    depth: dict[int, int] = {}
    out = []
    for block in document.blocks:
        if block.kind is BlockKind.TOPIC:
            depth[block.order] = 0 if block.parent is None else depth[block.parent] + 1
            out.append((depth[block.order], block.label))
    return out
