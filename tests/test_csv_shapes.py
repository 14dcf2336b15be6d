"""Tables as people save them: titles above the header, a told separator, forms, empty rows; exports too."""

from __future__ import annotations

import pytest

from ingest.document import BlockKind
from ingest.maps.outline import outline_of
from tests.map_reading import left
from tests.outline_shapes import shape
from tests.reading import labels, read

TITLES = (
    "Budget participatif, commune de Vauzelle\nExport du 3 mars\n\nN°;Intitulé du projet;Porteur\n"
    "1;Un kiosque;Ysée\n2;Des bancs;Malo\n;;\n"
)
FORM = (
    "Horodateur,Votre commune,Quelle est votre idée pour le bourg ?,Voulez-vous participer ?\n"
    '2025/03/04,Brenon,"Un marché, le soir",Oui\n2025/03/05,Orval,Une navette,Non\n'
)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_titles_above_a_table_are_its_titles_and_its_rows_are_read_by_column(encoding: str) -> None:
    document = read("a.csv", TITLES.encode(encoding))
    assert labels(document, BlockKind.PARAGRAPH) == ["Budget participatif, commune de Vauzelle", "Export du 3 mars"]
    assert shape(document)[2:] == ["Un kiosque", "Des bancs"]
    assert document.options["columns"] == {"N°": "", "Intitulé du projet": "label", "Porteur": "maker"}
    assert left(document) == {"empty rows": 1}


@pytest.mark.parametrize(
    ("text", "roots"),
    [
        (FORM, ["Un marché, le soir", "Une navette"]),
        ("sep=;\nid;title;body\n1;Un banc;À l'ombre\n", ["Un banc"]),
        ("Titre de la contribution\tAuteur\nUn banc\tYsée\n", ["Un banc"]),
        ("Quartier|Proposition|Soutiens\nBourg|Un banc|3\n", ["Un banc"]),
        ("Idea title,Submitted by,Category\nA bench,Ann,Parks\n", ["A bench"]),
        ("idée\nUn banc, un arbre\nUne haie, un puits\n", ["Un banc, un arbre", "Une haie, un puits"]),
        ('"Nom\ndu lieu";Objet\nCafé;"Un ""bon"" café; ouvert"\n', ['Un "bon" café; ouvert']),
        ("Titre libre\nobjet;commune\nUn banc;Brenon\n", ["Titre libre", "Un banc"]),
        ("id,body\n1,a\n2,b;c\n3,d;e\n", ["a", "b;c", "d;e"]),
        ("Lieux\nobjet,commune\nUn banc,Brenon\n", ["Lieux", "Un banc"]),
    ],
)
def test_a_table_of_any_shape_is_read_by_its_columns(text: str, roots: list[str]) -> None:
    assert shape(read("a.csv", text)) == roots


def test_a_row_without_a_value_is_a_record_of_an_export_and_nothing_elsewhere() -> None:
    export = read("a.csv", "id,title/fr,body/fr\n1,Un banc,<p>Ici</p>\n,,\n\n2,Un puits,\n")
    assert shape(export) == ["Un banc", "", "Un puits"]
    assert left(export) == {}
    other = read("a.csv", "titre,auteur\nUn banc,Malo\n,\n,\n")
    assert shape(other) == ["Un banc"]
    assert left(other) == {"empty rows": 2}


def test_the_answers_of_a_form_keep_their_questions() -> None:
    (first, _) = outline_of(read("a.csv", FORM)).roots
    assert first.attributes == {"Votre commune": "Brenon", "Voulez-vous participer ?": "Oui"}
    assert first.dates == {"Horodateur": "2025/03/04"}
