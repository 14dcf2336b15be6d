"""Nothing is lost in silence: what the bytes of a file hold is what was kept plus what was left out and told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import InputRefused
from ingest.document import Document, RawFile
from ingest.registry import choose

HERE = Path(__file__).parent
COUNTED = (
    "topics", "notes", "details", "relations", "icons", "tags", "attributes", "boundaries", "folded", "links",
    "characters", "lines",
)  # fmt: skip
# What a reader counts otherwise than its raw count, with the reason.
OTHERWISE = {
    ("opml", "links"): "links inside the HTML of a label are kept too, and stand in no attribute of their own",
    ("docx", "links"): "a document is no map: its links stay with the paragraphs",
}
OWN = sorted(p for p in (HERE / "variants").iterdir() if p.suffix != ".pdf")
GIVEN = sorted((HERE.parents[1] / "shared" / "maps" / "files").glob("*/*"))  # where the project was given them


def unbalanced(name: str, document: Document) -> dict[str, str]:
    """What is neither kept nor told, by kind of thing."""
    ledger, told = document.ledger, Counter[str]()
    for row in ledger.left_out:
        told[row.what] += row.count
    reader = document.reader.split("@")[0]
    return {
        what: f"{name}: {ledger.found[what]} found, {ledger.kept.get(what, 0)} kept, {told[what]} left out"
        for what in COUNTED
        if what in ledger.found
        and (reader, what) not in OTHERWISE
        and ledger.found[what] != ledger.kept.get(what, 0) + told[what]
    }


@pytest.mark.parametrize("path", OWN, ids=lambda p: p.name)
def test_what_a_sample_holds_is_kept_or_told(path: Path) -> None:
    raw = RawFile(path.name, path.read_bytes())
    assert unbalanced(path.name, choose(raw).read(raw)) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Réunion du bourg\n\n1) Les haies\n\n- ✓ en planter deux\n- ✓ en tailler une\n\n> Marie le demande.\n",
        "# Les haies #\n\n---\n\nIV. Le puits\n\n  * [x] le curer\n  * [ ] le couvrir\n\n![un puits](puits.png)\n",
    ],
)
def test_the_marks_of_notes_are_kept_with_their_text(text: str) -> None:
    ledger = choose(raw := RawFile("haies.md", text.encode())).read(raw).ledger
    assert ledger.found["characters"] == ledger.kept["characters"] == len("".join(text.split()))


def test_the_lines_of_a_map_in_text_are_in_its_topics_or_told() -> None:
    text = "Le bourg\n├── Les haies\n│\n├── Le puits\n│   └── La pompe\n│\n└── Le four\n"
    ledger = choose(raw := RawFile("bourg.txt", text.encode())).read(raw).ledger
    assert (ledger.found["lines"], ledger.kept["lines"], ledger.kept["topics"]) == (7, 5, 5)
    assert [(row.what, row.count) for row in ledger.left_out] == [("lines", 2)]


@pytest.mark.skipif(not GIVEN, reason="the real maps were not given with this copy of the project")
def test_what_real_maps_hold_is_kept_or_told() -> None:
    lost = []
    for path in GIVEN:
        raw = RawFile(path.name, path.read_bytes())
        try:
            lost += unbalanced(path.name, choose(raw).read(raw)).values()
        except InputRefused:
            continue
    assert lost == []
