"""What changed between two versions of a document, on real edits of notes and maps read by the real readers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence

import pytest

from graph.model import Passage
from graph.versions.changes import Comparison, compare
from graph.versions.similar import Alike
from ingest.document import Document, RawFile
from ingest.registry import read_document

NOTES = """# Atelier du bourg

## Constats

- Le dernier commerce a fermé au printemps.
- Les jeunes n’ont pas de lieu pour se retrouver le soir.
- La navette ne passe que deux fois par jour.

## Propositions

- Ouvrir une épicerie associative dans l’ancienne poste.
- Prêter la salle des fêtes aux jeunes le vendredi.
- Demander une navette de plus le samedi matin.
"""
TREE = [
    ("Bien vivre au village", 0),
    *(("Commerces", 1), ("Épicerie associative", 2), ("Marché du dimanche", 2), ("Dépôt de pain", 2)),
    *(("Jeunesse", 1), ("Local ouvert le vendredi", 2), ("Terrain de jeux à réparer", 2)),
    *(("Transports", 1), ("Navette du samedi", 2), ("Covoiturage vers la gare", 2)),
]
Tree = Sequence[tuple[str, int]]


def _passages(document: Document) -> list[Passage]:
    ids = [f"p{b.order}" for b in document.blocks]
    return [
        Passage(
            ids[b.order], b.order, b.kind.value, b.start, b.end, b.label, b.level,
            None if b.parent is None else ids[b.parent], b.place,
        )
        for b in document.blocks
    ]  # fmt: skip


def _compared(old: tuple[str, bytes], new: tuple[str, bytes]) -> Comparison:
    one, other = (read_document(RawFile(*file)) for file in (old, new))
    return compare(_passages(one), _passages(other), (one.format, other.format))


def _notes(old: str, new: str) -> Comparison:
    return _compared(("notes.md", old.encode()), ("notes.md", new.encode()))


def _mm(tree: Tree) -> tuple[str, bytes]:
    """A FreeMind map; the id of a node is that of its label in TREE, or made of its label."""
    known = {label: n for n, (label, _) in enumerate(TREE)}
    out, depth = ["<map version='1.0.1'>"], -1
    for label, level in tree:
        out += ["</node>"] * (depth - level + 1)
        number = known.get(label.partition("|")[2] or label, 900 + len(out))
        out.append(f"<node ID='ID_17{number:06}' TEXT='{label.partition('|')[0]}'>")
        depth = level
    return "carte.mm", ("".join(out) + "</node>" * (depth + 1) + "</map>").encode()


def _xmind(tree: Tree) -> tuple[str, bytes]:
    root: dict[str, object] = {}
    stack: list[dict[str, object]] = []
    for number, (label, level) in enumerate(tree):
        topic: dict[str, object] = {"id": f"x{number:010}", "title": label}
        del stack[level:]
        if stack:
            stack[-1].setdefault("children", {"attached": []})["attached"].append(topic)  # type: ignore[index]
        stack.append(topic)
        root = root or topic
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("content.json", json.dumps([{"id": "s", "title": "Carte", "rootTopic": root}]))
        archive.writestr("metadata.json", "{}")
    return "carte.xmind", held.getvalue()


def _maps(new: Tree) -> Comparison:
    return _compared(_mm(TREE), _mm(new))


def _said(found: Comparison) -> list[tuple[str, str]]:
    return [("+".join(c.what), (c.new or c.old).label) for c in found.changes]  # type: ignore[union-attr]


def test_the_same_text_has_no_change() -> None:
    found = _notes(NOTES, NOTES)
    assert (found.changes, found.counts) == ((), {"added": 0, "removed": 0, "moved": 0, "reworded": 0})
    assert found.same == 9


def test_an_inserted_line_is_added_and_moves_nothing() -> None:
    line = "- Garder un distributeur de billets au bourg.\n"
    found = _notes(NOTES, NOTES.replace("- Les jeunes", line + "- Les jeunes"))
    assert _said(found) == [("added", "Garder un distributeur de billets au bourg.")]


def test_a_deleted_line_is_removed_and_moves_nothing() -> None:
    found = _notes(NOTES, NOTES.replace("- La navette ne passe que deux fois par jour.\n", ""))
    assert _said(found) == [("removed", "La navette ne passe que deux fois par jour.")]


def test_a_line_moved_under_another_heading_or_in_its_list_is_moved() -> None:
    line = "- Le dernier commerce a fermé au printemps.\n"
    assert _said(_notes(NOTES, NOTES.replace(line, "") + line)) == [
        ("moved", "Le dernier commerce a fermé au printemps.")
    ]
    last = "- La navette ne passe que deux fois par jour.\n"
    within = NOTES.replace(last, "").replace(line, last + line)
    assert _said(_notes(NOTES, within)) == [("moved", "La navette ne passe que deux fois par jour.")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("une épicerie associative dans l’ancienne poste", "une épicerie associative dans l’ancienne école"),
        ("Demander une navette de plus le samedi matin", "Demander deux navettes de plus le samedi"),
        ("deux fois par jour", "4 fois par jour"),
        ("## Constats", "## Ce que nous voyons"),
    ],
)
def test_a_line_in_other_words_is_reworded_whatever_changed_in_it(before: str, after: str) -> None:
    found = _notes(NOTES, NOTES.replace(before, after))
    assert [what for what, _ in _said(found)] == ["reworded"]


def test_a_line_moved_and_hardly_reworded_is_both() -> None:
    line = "- Prêter la salle des fêtes aux jeunes le vendredi.\n"
    new = NOTES.replace(line, "").replace(
        "## Constats\n\n", f"## Constats\n\n{line.replace('vendredi', 'vendredi soir')}"
    )
    assert _said(_notes(NOTES, new)) == [("moved+reworded", "Prêter la salle des fêtes aux jeunes le vendredi soir.")]


def test_lines_that_are_said_twice_are_paired_in_order() -> None:
    twice = NOTES.replace("## Propositions\n\n", "## Propositions\n\n- Oui.\n") + "- Oui.\n"
    assert _notes(twice, twice).changes == ()
    assert _said(_notes(twice, NOTES + "- Oui.\n")) == [("removed", "Oui.")]


def test_a_node_that_is_renamed_whole_is_known_by_its_id() -> None:
    new = [("Faire les courses|Commerces" if label == "Commerces" else label, level) for label, level in TREE]
    assert _said(_maps(new)) == [("reworded", "Faire les courses")]


def test_a_moved_branch_counts_once() -> None:
    new = [*TREE[:1], *TREE[5:8], *TREE[1:5], *TREE[8:]]
    assert [what for what, _ in _said(_maps(new))] == ["moved"]


def test_a_branch_split_in_two_has_one_new_node_and_the_nodes_that_went_under_it() -> None:
    new = [*TREE[:3], ("Marchés", 1), *TREE[3:]]
    assert _said(_maps(new)) == [("added", "Marchés"), ("moved", "Marché du dimanche"), ("moved", "Dépôt de pain")]


def test_a_branch_taken_out_leaves_its_nodes_in_their_place() -> None:
    new = [*TREE[:1], *((label, 1) for label, _ in TREE[2:5]), *TREE[5:]]
    assert _said(_maps(new)) == [("removed", "Commerces")]


def test_the_same_map_in_another_format_has_no_change() -> None:
    assert _compared(_mm(TREE), _xmind(TREE)).changes == ()


def test_a_map_edited_and_saved_in_another_format_shows_the_edit_alone() -> None:
    new = [*TREE[:4], ("Dépôt de pain et de journaux", 2), *TREE[5:10], ("Vélos en prêt", 2), *TREE[10:]]
    found = _compared(_mm(TREE), _xmind(new))
    assert _said(found) == [("reworded", "Dépôt de pain et de journaux"), ("added", "Vélos en prêt")]


def test_another_document_altogether_is_all_removed_and_all_added() -> None:
    found = _notes(NOTES, "# Recettes\n\n- Éplucher les pommes.\n- Beurrer le moule.\n")
    assert found.same == 0
    assert {what for what, _ in _said(found)} == {"added", "removed"}


def test_a_long_list_that_is_turned_round_is_compared_in_bounded_time() -> None:
    lines = [f"- Point numéro {n} de la liste des demandes du quartier {n % 17}." for n in range(3_000)]
    found = _notes("\n".join(lines), "\n".join(reversed(lines)))
    assert found.counts == {"added": 0, "removed": 0, "moved": 2_999, "reworded": 0}


def test_a_row_of_a_long_table_is_found_by_its_rare_word_though_every_row_holds_the_others() -> None:
    rows = Alike([f"ligne{n} oui non" for n in range(3_000)])
    assert rows.to("ligne2500 oui non") == [(1.0, 2_500)]
