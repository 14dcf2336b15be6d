"""Every reader beside the bare parse of the same file, beside two Python packages, and its growth with the map.

    python tests/benchmarks/readers.py [--nodes 1000 10000 100000] [--only mm xmind] [--rounds 3]

One map in every format of `reader_files.py`. Per file: the processor time of the bare parse (lxml, json, zipfile,
plistlib, csv, or the decoded lines), that of the reader from bytes to a document (its tree and ledger), the same with
the passages that an import asks for (those of a map are made on first use), and that of the tree printed as JSON by
`ingest outline`; microseconds a node, and how many bare parses the reader takes. The best of the rounds counts: on a
machine that does other work the others are longer. xmindparser and freeplane-io are timed on the files that they read
right, where they are installed (the project does not need them); a line says so where they are not.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import plistlib
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from lxml import etree, html

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from graph.collector import collection_paused
from graph.outline import Outline
from ingest.document import RawFile
from ingest.maps.outline import outline_json, outline_of
from ingest.registry import choose
from tests.benchmarks.reader_files import files

Tree = list[tuple[int, str]]
Reads = Callable[[str], Any]
_JSON = (".json", ".canvas", ".mup", ".km")
_XML = (".mm", ".opml", ".graphml", ".gexf", ".wxml", ".drawio")
_TEXT = (".md", ".org", ".mmd", ".mermaid", ".puml", ".dot", ".txt")


@dataclass
class Row:
    """Seconds of processor time over one file."""

    name: str
    reader: str
    nodes: int
    bare: float
    read: float
    blocks: float
    outline: float

    def shown(self) -> str:
        each = 1e6 / max(self.nodes, 1)
        times = " | ".join(f"{seconds * each:6.1f}" for seconds in (self.bare, self.read, self.blocks, self.outline))
        ratio, speed = self.read / max(self.bare, 1e-9), self.nodes / self.read
        return f"| {self.name:16} | {self.reader:12} | {self.nodes:7,} | {times} | {ratio:6.1f} | {speed:9,.0f} |"


_COLUMNS = ("file", "reader", "nodes", "bare µs", "read µs", "with passages µs", "outline µs", "read/bare", "nodes/s")
HEAD = f"| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}"


def best(work: Callable[[], object], rounds: int) -> float:
    """The shortest processor time of a piece of work; no search for circular garbage meanwhile, as in the program."""
    taken = []
    for _ in range(rounds):
        with collection_paused():
            began = time.process_time()
            work()
            taken.append(time.process_time() - began)
    return min(taken)


def bare(name: str, data: bytes) -> object:
    """What a file costs without any reader: the library's own parse of it."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            member = max(sizes, key=lambda one: sizes[one])
            return bare(member, archive.read(member))
    suffix = Path(name).suffix
    if suffix in _JSON:
        return json.loads(data)
    if suffix in _XML or suffix == ".xml":
        return etree.fromstring(data, etree.XMLParser(huge_tree=True))
    if suffix == ".html":
        return html.document_fromstring(data)
    if suffix == ".mindnode":
        return plistlib.loads(data)
    if suffix == ".csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert suffix in _TEXT, name
    return data.decode().splitlines()


def measured(name: str, data: bytes, rounds: int) -> Row:
    reader = choose(RawFile(name, data))
    document = reader.read(RawFile(name, data))
    nodes = sum(1 for _ in outline_of(document).walk())
    return Row(
        name, reader.name, nodes,
        best(lambda: bare(name, data), rounds),
        best(lambda: reader.read(RawFile(name, data)), rounds),
        best(lambda: reader.read(RawFile(name, data)).blocks, rounds),
        best(lambda: outline_json(document), rounds),
    )  # fmt: skip


# --- other packages ---------------------------------------------------------------------------------------------------


def tree(outline: Outline) -> Tree:
    return [(level, topic.label) for topic, _, level in outline.walk()]


def xmindparser() -> Reads | None:
    try:
        from xmindparser import xmind_to_dict  # type: ignore[import-not-found]
    except ImportError:
        return None
    return cast(Reads, xmind_to_dict)


def xmindparser_tree(sheets: Any) -> Tree:
    found: Tree = []

    def add(topic: dict[str, Any], level: int) -> None:
        found.append((level, " ".join((topic.get("title") or "").split())))
        for below in topic.get("topics") or ():
            add(below, level + 1)

    for sheet in sheets:
        add(sheet["topic"], 1)
    return found


def freeplane_io() -> Reads | None:
    try:
        from freeplane import Mindmap  # type: ignore[import-not-found]
    except ImportError:
        return None
    return cast(Reads, Mindmap)


def freeplane_io_tree(mindmap: Any) -> Tree:
    found: Tree = []

    def add(node: Any, level: int) -> None:
        found.append((level, " ".join(node.plaintext.split())))
        for below in node.children:
            add(below, level + 1)

    add(mindmap.rootnode, 1)
    return found


# How another package reads a file, and the tree of what it gives. Only the reading is timed.
RIVALS: dict[str, tuple[str, Callable[[], Reads | None], Callable[[Any], Tree]]] = {
    ".xmind": ("xmindparser", xmindparser, xmindparser_tree),
    ".mm": ("freeplane-io", freeplane_io, freeplane_io_tree),
}


def beside(name: str, data: bytes, rounds: int) -> str:
    """One line: the other package on the same file, where it reads it right."""
    package, installed, flat = RIVALS[Path(name).suffix]
    read = installed()
    if read is None:
        return f"{package}: not installed, {name} is not compared"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        theirs = flat(read(str(path)))
        raw = RawFile(name, data)
        ours = outline_of(choose(raw).read(raw))
        if theirs != tree(ours):
            return f"{package}: does not give the tree of {name}"
        them = best(lambda: read(str(path)), rounds)
    us = best(lambda: outline_of(choose(raw).read(raw)), rounds)
    each = 1e6 / len(theirs)
    times = f"{them * each:.1f} µs a node, ours {us * each:.1f} µs ({us / them:.1f} times theirs)"
    return f"{package} on {name}, {len(theirs):,} nodes: {times}"


def _chosen(nodes: int, only: list[str]) -> Iterator[tuple[str, bytes]]:
    return ((name, data) for name, data in files(nodes) if not only or Path(name).suffix.removeprefix(".") in only)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--only", nargs="*", default=[], help="extensions without their point")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    rows: dict[str, list[Row]] = {}
    print(HEAD)
    for nodes in args.nodes:
        for name, data in _chosen(nodes, args.only):
            row = measured(name, data, args.rounds)
            rows.setdefault(name, []).append(row)
            print(row.shown(), flush=True)
    print("\nGrowth: microseconds a node at " + ", ".join(f"{n:,}" for n in args.nodes))
    for name, found in rows.items():
        print(f"{name:16} " + "  ".join(f"{row.read * 1e6 / row.nodes:6.1f}" for row in found))
    print()
    for nodes in args.nodes:
        for name, data in _chosen(nodes, args.only):
            if Path(name).suffix in RIVALS:
                print(beside(name, data, args.rounds), flush=True)


if __name__ == "__main__":
    main()
