"""Maps written as text in every layout and read back: are they taken for maps, are the topics and parents right?

    python tests/benchmarks/flatmaps.py [FOLDER] [--show LAYOUT] [--worst]

FOLDER holds trees as JSON (default: ../shared/maps/expected where it is there, and our own maps always). Per layout:
how many are taken for maps by their shape, then, read as maps, the F1 of topics (same words), the share of right
parents among topics found, and, of parents given as sure, how many there are and how many are right.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests" / "tools")]

from flat_renderings import LAYOUTS, Node, is_cjk, tree_of  # noqa: E402

from ingest.document import BlockKind, Document, RawFile  # noqa: E402
from ingest.flatmap.parents import SURE  # noqa: E402
from ingest.readers.flatmap import READER  # noqa: E402
from ingest.registry import choose  # noqa: E402

_LEAST = 12  # topics: smaller ones are not told from a note
_GIVEN = _ROOT.parent / "shared" / "maps" / "expected"


@dataclass
class Score:
    """Counts over the maps of one layout."""

    maps: int = 0
    taken: int = 0
    gold: int = 0
    read: int = 0
    same: int = 0
    parents: int = 0
    sure: int = 0
    sure_right: int = 0
    worst: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.same / (self.gold + self.read) if self.gold + self.read else 0.0

    @property
    def parent_accuracy(self) -> float:
        return self.parents / self.same if self.same else 0.0

    @property
    def sure_accuracy(self) -> float:
        return self.sure_right / self.sure if self.sure else 1.0

    def add(self, name: str, nodes: list[Node], taken: bool, document: Document) -> None:
        """Count one map read back."""
        self.maps += 1
        self.gold += len(nodes)
        self.taken += taken
        topics = [b for b in document.blocks if b.kind is BlockKind.TOPIC]
        labels = Counter(n.label for n in nodes)
        found = Counter(b.label for b in topics)
        same = (labels & found).total()
        pairs = Counter((n.label, nodes[n.parent].label if n.parent >= 0 else "") for n in nodes)
        above = [topics[b.parent].label if b.parent is not None else "" for b in topics]
        read = Counter((b.label, parent) for b, parent in zip(topics, above, strict=True))
        sure = Counter(
            (b.label, parent)
            for b, parent in zip(topics, above, strict=True)
            if b.parent is not None and b.parent_confidence >= SURE and b.label in labels
        )
        self.read += len(topics)
        self.same += same
        self.parents += (pairs & read).total()
        self.sure += sure.total()
        self.sure_right += (pairs & sure).total()
        f1 = 2 * same / (len(nodes) + len(topics))
        lost = next((label for label in (found - labels)), "")
        self.worst.append((f1, name + ("" if taken else " (not taken)"), lost[:100]))


def maps(folder: Path = _GIVEN) -> Iterator[tuple[str, list[Node]]]:
    """Name and topics of every map worth flattening: one central topic, two levels below it."""
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    for path in [*paths, *sorted((_ROOT / "tests" / "variants").glob("expected.json"))]:
        if json.loads(path.read_text("utf-8")).get("kind", "tree") != "tree":
            continue
        nodes = tree_of(path)
        one_root = sum(node.parent < 0 for node in nodes) == 1
        if len(nodes) >= _LEAST and one_root and max(node.depth for node in nodes) >= 2:
            yield path.stem, nodes


def read_back(name: str, text: str) -> tuple[bool, Document]:
    """Whether the text is taken for a map, and what the flat reader makes of it."""
    raw = RawFile(f"{name}.txt", text.encode())
    return choose(raw) is READER, READER.read(raw)


def scored(found: list[tuple[str, list[Node]]], layout: str) -> Score:
    score = Score()
    for name, nodes in found:
        score.add(name, nodes, *read_back(name, LAYOUTS[layout](nodes)))
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_GIVEN)
    parser.add_argument("--show", help="the text of every map in layouts whose name begins so")
    parser.add_argument("--worst", action="store_true", help="the maps whose topics are not all found")
    options = parser.parse_args()
    everything = list(maps(options.folder))
    if options.show:
        for name, nodes in everything:
            for layout in (each for each in LAYOUTS if each.startswith(options.show)):
                print(f"##### {name}: {layout}\n{LAYOUTS[layout](nodes)}")
        return
    for title, cjk in (("words apart by spaces", False), ("Chinese, Japanese", True)):
        report(title, [each for each in everything if is_cjk(each[1]) is cjk], worst=options.worst)


def report(title: str, found: list[tuple[str, list[Node]]], *, worst: bool) -> None:
    print(f"{len(found)} maps, {title}")
    print(f"{'layout':34} taken  node F1  parents  sure: share  right")
    for layout in LAYOUTS:
        s = scored(found, layout)
        share = s.sure / s.same if s.same else 0.0
        print(
            f"{layout:34} {s.taken:2}/{s.maps:2}  {s.f1:7.3f}  {s.parent_accuracy:7.3f}  {share:11.3f}  "
            f"{s.sure_accuracy:5.3f}"
        )
        for f1, name, lost in sorted(s.worst) if worst else []:
            if f1 < 0.99 or name.endswith(")"):
                print(f"    {f1:.3f} {name}: {lost}")


if __name__ == "__main__":
    main()
