# ruff: noqa: E501 - samples stand on the lines they come on
"""Mind maps: FreeMind and its family, XMind old and new, outlines, and maps flattened to text."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from graph.errors import InputRefused
from ingest.document import BlockKind
from tests.reading import labels, read, tree

MM = """<map version="freeplane 1.11.5">
<node TEXT="Vivre au &#xe9;chelle du bourg" ID="ID_1" CREATED="1700000000000"><hook NAME="MapStyle"><map_styles>
<stylenode LOCALIZED_TEXT="styles.root"/></map_styles></hook>
<node TEXT="Se soigner" ID="ID_2" POSITION="right" FOLDED="true" TAGS="sant&#xe9;&#10;aîn&#xe9;s" LINK="https://a.example">
<icon BUILTIN="idea"/><attribute NAME="porteur" VALUE="CCAS"/>
<richcontent TYPE="NOTE"><html><head/><body><p>Une note.</p><p>Deux lignes.</p></body></html></richcontent>
<richcontent TYPE="DETAILS"><html><body><p>Un détail</p></body></html></richcontent>
<arrowlink DESTINATION="ID_3" MIDDLE_LABEL="a besoin de" STARTARROW="NONE" ENDARROW="DEFAULT"/></node>
<node ID="ID_3"><richcontent TYPE="NODE"><html><body><p>Se <b>déplacer</b></p></body></html></richcontent>
<node TEXT="" ID="ID_4"/><node TEXT="&lt;img src=x onerror=alert(1)&gt;" ID="ID_5"/></node>
<node TEXT="secret" ID="ID_6" ENCRYPTED_CONTENT="abc"/>
</node></map>"""


def archive(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_a_freeplane_map_keeps_tree_notes_links_and_relations() -> None:
    document = read("carte.mm", MM)
    assert tree(document) == [
        (0, "Vivre au échelle du bourg"),
        (1, "Se soigner"),
        (1, "Se déplacer"),
        (2, ""),
        (2, "<img src=x onerror=alert(1)>"),
        (1, "secret"),
    ]
    health = document.blocks[1]
    assert health.place == "ID_2"
    assert health.attributes["tags"] == ["santé", "aînés"]
    assert health.attributes["links"] == ["https://a.example"]
    assert health.attributes["attributes"] == {"porteur": "CCAS"}
    assert health.attributes["folded"] is True
    notes = {b.attributes["role"]: b.label for b in document.blocks if b.kind is BlockKind.NOTE}
    assert notes == {"note": "Une note. Deux lignes.", "details": "Un détail"}
    link = document.cross_links[0]
    assert (link.from_id, link.to_id, link.label, link.direction) == ("ID_2", "ID_3", "a besoin de", "forward")


def test_the_ledger_of_a_map_counts_the_file_apart_and_names_what_is_left() -> None:
    ledger = read("carte.mm", MM).ledger
    assert ledger.found["topics"] == ledger.kept["topics"] == 6
    assert ledger.found["relations"] == ledger.kept["relations"] == 1
    assert "encrypted topics" in {x.what for x in ledger.left_out}


def test_signs_of_a_label_stay_as_the_map_has_them() -> None:
    label = "👩‍🌾 Maraîchage ── 2 ║ 3 co\u00adopérative"
    document = read("signes.mm", f'<map version="1.0.1"><node TEXT="{label}"/></map>')
    assert [block.label for block in document.blocks] == [label]


def test_elements_that_are_not_known_are_told_once_wherever_they_stand() -> None:
    inside = '<node TEXT="a"><plan><node TEXT="x"/></plan><edge><plan/></edge><richcontent TYPE="NOTE"><p>b</p></richcontent></node>'
    for whole, count in ((f"<map version='1.0.1'><plan/>{inside}</map>", 3), (inside, 2)):
        document = read("a.mm", whole)
        told = [(row.what, row.count) for row in document.ledger.left_out]
        assert told == [("unknown elements", count)]
        assert document.ledger.kept == {"topics": 1, "notes": 1}


def test_a_relation_without_its_end_is_reported() -> None:
    text = '<map version="1.0.1"><node TEXT="a" ID="1"><arrowlink DESTINATION="gone"/></node></map>'
    document = read("x.mm", text)
    assert document.cross_links == []
    assert [x.what for x in document.ledger.left_out] == ["relations"]


def test_undeclared_entities_and_foreign_bytes_are_repaired_and_told() -> None:
    data = b'<map version="0.9.0"><node TEXT="caf&eacute; ' + b"cr\xe8me" + b'"/></map>'
    document = read("old.mm", data)
    assert tree(document) == [(0, "café crème")]
    assert {x.what for x in document.ledger.left_out} == {"bytes", "entities"}


SHEETS = [
    {
        "id": "s1",
        "class": "sheet",
        "rootTopic": {
            "id": "r",
            "title": "Centre",
            "children": {
                "attached": [
                    {"id": "a", "title": "Écoles", "markers": [{"markerId": "priority-1"}], "labels": ["enfance"],
                     "notes": {"plain": {"content": "à revoir"}}, "href": "https://b.example"},
                    {"id": "b", "title": "Cantine"},
                ],
                "detached": [{"id": "f", "title": "Idée volante"}],
                "callout": [{"id": "c", "title": "Attention"}],
            },
        },
        "relationships": [
            {"id": "l", "end1Id": "a", "end2Id": "b", "title": "nourrit"},
            {"id": "m", "end1Id": "a", "end2Id": "zzz"},
        ],
    },
    {"id": "s2", "rootTopic": {"id": "r2", "title": "Seconde feuille", "image": {"src": "xap:resources/i.png"}}},
]  # fmt: skip


def test_an_xmind_map_keeps_sheets_floating_topics_and_relations() -> None:
    data = archive(content__json=json.dumps(SHEETS), content__xml="<xmap-content>Warning</xmap-content>")
    document = read("carte.xmind", data)
    assert tree(document) == [
        (0, "Centre"), (1, "Écoles"), (1, "Cantine"), (1, "Attention"), (0, "Idée volante"), (0, "Seconde feuille"),
    ]  # fmt: skip
    kinds = {b.label: b.attributes.get("kind") for b in document.blocks}
    assert kinds["Idée volante"] == "floating"
    assert kinds["Attention"] == "callout"
    assert [(x.from_id, x.to_id, x.label) for x in document.cross_links] == [("a", "b", "nourrit")]
    assert {x.what for x in document.ledger.left_out} >= {"images", "relations"}
    assert document.ledger.found["topics"] == document.ledger.kept["topics"] == 6


def test_an_old_xmind_map_gives_the_same_tree() -> None:
    xml = """<?xml version="1.0"?><xmap-content xmlns="urn:xmind:xmap:xmlns:content:2.0" xmlns:xlink="http://www.w3.org/1999/xlink">
    <sheet id="s"><topic id="r"><title>Centre</title><children><topics type="attached">
    <topic id="a" xlink:href="https://b.example"><title>Écoles</title><notes><plain>à revoir</plain></notes>
    <labels><label>enfance</label></labels><marker-refs><marker-ref marker-id="priority-1"/></marker-refs></topic>
    <topic id="b"><title>Cantine</title></topic></topics><topics type="detached"><topic id="f"><title>Idée volante</title>
    </topic></topics></children></topic>
    <relationships><relationship end1="a" end2="b"><title>nourrit</title></relationship></relationships></sheet></xmap-content>"""
    document = read("vieux.xmind", archive(content__xml=xml))
    assert tree(document) == [(0, "Centre"), (1, "Écoles"), (1, "Cantine"), (0, "Idée volante")]
    assert labels(document, BlockKind.NOTE) == ["à revoir"]
    assert document.cross_links[0].label == "nourrit"
    school = next(b for b in document.blocks if b.label == "Écoles")
    assert (school.attributes["icons"], school.attributes["tags"]) == (["priority-1"], ["enfance"])


FLAT = (
    "Contexte\n\nUne population qui \n\nvieillit, des trajets plus \n\nlongs\n\nUn bourg vacant\n\n"
    "Enjeux\n\nSe soigner\n\nTélé-\n\nconsultation en pharmacie\n\nMaison de santé \n\ncommune\n\n"
    "Des questions \n\nà trancher\n\nQui porte le projet ?\n\nOù l'installer ?\n\nRessources\n\nLe diagnostic \n\nde 2019\n\n"
)


def test_a_flat_map_joins_lines_that_go_on_and_guesses_parents() -> None:
    document = read("plat.txt", FLAT)
    assert document.is_map
    assert [b.label for b in document.blocks][:3] == [
        "Contexte",
        "Une population qui vieillit, des trajets plus longs",
        "Un bourg vacant",
    ]
    assert "Télé-consultation en pharmacie" in labels(document, BlockKind.TOPIC)
    roots = [b.label for b in document.blocks if b.parent is None]
    assert roots == ["Contexte", "Enjeux", "Ressources"]
    questions = [document.blocks[b.parent or 0].label for b in document.blocks if b.label.endswith("?")]
    assert questions == ["Des questions à trancher"] * 2
    assert all(b.parent_confidence < 1 for b in document.blocks)


@pytest.mark.parametrize("step", ["\t", "  ", "    "])
def test_an_indented_outline_is_a_map_with_certain_parents(step: str) -> None:
    lines = [(0, "Fête du quai"), (1, "Musique"), (2, "Fanfare des Ormes"), (2, "Chorale"), (1, "Repas"), (2, "Soupe")]
    document = read("fete.txt", "\n".join(step * depth + text for depth, text in lines) + "\n")
    assert tree(document) == lines
    assert all(b.parent_confidence == 1 for b in document.blocks)


def test_minutes_with_bullets_are_no_map() -> None:
    text = "# Bilan\n\n- un point\n  - un détail\n\nOn se revoit en mai. Le groupe a bien avancé cette année.\n"
    assert not read("n.md", text).is_map


def test_a_format_without_a_reader_is_refused_by_its_name_with_what_to_do() -> None:
    with pytest.raises(InputRefused, match=r"rich text.*save it as \.docx"):
        read("a.rtf", "{\\rtf1 bonjour}")
