"""Maps drawn on a page of PDF in every layout and read back: are they taken for maps, are topics and parents right?

    python tests/benchmarks/drawn_maps.py [FOLDER] [--most N] [--worst]

FOLDER holds trees as JSON (default: ../shared/maps/expected where it is there, and our own maps always). The
columns are those of flatmaps.py; maps of more than N topics (default 500) are left out.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(_ROOT), str(_ROOT / "tests" / "tools"), str(_ROOT / "tests" / "benchmarks")]

from drawn_layouts import LAYOUTS, printable  # noqa: E402
from flat_renderings import Node, is_cjk  # noqa: E402
from flatmaps import _GIVEN, Score, maps  # noqa: E402

from ingest.document import RawFile  # noqa: E402
from ingest.readers.pdf import READER  # noqa: E402


def scored(found: list[tuple[str, list[Node]]], layout: str) -> Score:
    score = Score()
    for name, nodes in found:
        shown = printable(nodes)
        document = READER.read(RawFile(f"{name}.pdf", LAYOUTS[layout](shown)))
        score.add(name, shown, document.is_map, document)
    return score


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_GIVEN)
    parser.add_argument("--most", type=int, default=500)
    parser.add_argument("--worst", action="store_true", help="the maps whose topics are not all found")
    options = parser.parse_args()
    everything = [(name, nodes) for name, nodes in maps(options.folder) if len(nodes) <= options.most]
    for title, cjk in (("words apart by spaces", False), ("Chinese, Japanese", True)):
        report(title, [each for each in everything if is_cjk(each[1]) is cjk], worst=options.worst)


def report(title: str, found: list[tuple[str, list[Node]]], *, worst: bool) -> None:
    print(f"{len(found)} maps, {sum(len(nodes) for _, nodes in found)} topics, {title}")
    print(f"{'layout':34} taken  node F1  parents  sure: share  right  seconds of processor")
    for layout in LAYOUTS:
        began = time.process_time()
        s = scored(found, layout)
        spent = time.process_time() - began
        print(
            f"{layout:34} {s.taken:2}/{s.maps:2}  {s.f1:7.3f}  {s.parent_accuracy:7.3f}  "
            f"{s.sure / max(s.same, 1):11.3f}  {s.sure_accuracy:5.3f}  {spent:6.1f}",
            flush=True,
        )
        for f1, name, lost in sorted(s.worst) if worst else []:
            if f1 < 0.99 or name.endswith(")"):
                print(f"    {f1:.3f} {name}: {lost}")


if __name__ == "__main__":
    main()
