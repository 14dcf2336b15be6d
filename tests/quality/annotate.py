"""Practice documents from marked text: ``{{p|Mme Vidal|Claire Vidal}}`` is a mention of the person Claire Vidal.

Kinds: p person, o organisation, t territory, g group. After a line ``%%people`` come the attendees, one a line:
name | function | organisation | status. Run: ``python -m tests.quality.annotate FOLDER`` writes docs/ and gold/ here.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
KINDS = {"p": "person", "o": "organisation", "t": "territory", "g": "group"}
MARK = re.compile(r"\{\{([potg])\|([^|{}]+)(?:\|([^|{}]+))?\}\}")


def unmark(marked: str) -> tuple[str, list[dict[str, object]]]:
    """The plain text and its stakeholders with mentions in code points of it."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    text, at = "", 0
    for mark in MARK.finditer(marked):
        text, at = text + marked[at : mark.start()], mark.end()
        kind, written, name = KINDS[mark[1]], mark[2], mark[3] or mark[2]
        item = found.setdefault((kind, name.casefold()), {"name": name, "kind": kind, "aliases": [], "mentions": []})
        if written != item["name"] and written not in item["aliases"]:
            item["aliases"].append(written)
        item["mentions"].append({"start": len(text), "end": len(text) + len(written)})
        text += written
    return text + marked[at:], list(found.values())


def people(lines: str) -> list[dict[str, object]]:
    rows = [[c.strip() or None for c in line.split("|")] for line in lines.splitlines() if line.strip()]
    return [dict(zip(("name", "function", "organisation", "status"), row, strict=True)) for row in rows]


def write(path: Path) -> None:
    marked, _, listed = path.read_text("utf-8").partition("%%people\n")
    text, stakeholders = unmark(marked)
    gold: dict[str, object] = {"doc": path.stem, "stakeholders": stakeholders}
    if listed:
        gold["people"] = people(listed)
    (HERE / "docs" / path.name).write_text(text, "utf-8")
    (HERE / "gold" / f"{path.stem}.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    for file in sorted(Path(sys.argv[1]).iterdir()):
        write(file)
