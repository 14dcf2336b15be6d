"""A graph that comes as two tables in one zip, and tables that only look like one."""

from __future__ import annotations

import pytest

from graph.errors import InputRefused
from ingest.bounds.archive import is_archive
from ingest.document import RawFile
from ingest.registry import choose
from tests.map_reading import archive, carried, left, links, notes, topics
from tests.reading import read

GEPHI = {
    "noeuds.csv": 'Id,Label,Quartier\n1,Halle,centre\n2,"Quai, est",port\n3,,\n',
    "liens.csv": "Source,Target,Type,Label,Weight\n1,2,Directed,nourrit,3\n2,3,Undirected,,\n1,9,Directed,,\n",
}
KUMU = {
    "connexions.csv": "From;To;Label\nHalle;Quai;nourrit\n",
    "éléments.csv": "Label;Type;Description;Tags\nHalle;lieu;ouverte le mardi;port|marché\nQuai;lieu;;\n",
}


def test_tables_of_gephi_are_one_graph() -> None:
    document = read("bourg.zip", archive(GEPHI))
    assert topics(document) == ["Halle", "Quai, est", "3"]
    assert links(document) == [("Halle", "Quai, est", "nourrit", "forward"), ("Quai, est", "3", "", "none")]
    assert carried(document, "Halle")["attributes"] == {"quartier": "centre"}
    assert left(document) == {"data of edges": 1, "relations": 1}
    assert document.ledger.found == {"topics": 3, "relations": 3}


def test_tables_of_kumu_are_tied_by_labels() -> None:
    document = read("bourg.zip", archive(KUMU))
    assert links(document) == [("Halle", "Quai", "nourrit", "forward")]
    assert notes(document) == {"Halle": "ouverte le mardi"}
    assert carried(document, "Halle")["tags"] == ["port", "marché"]


def test_columns_of_one_name_and_cells_without_a_name_are_kept() -> None:
    nodes = "Id,Label,Lieu,Lieu\n1,Halle,centre,port,sud\n2,Quai\n"
    document = read("bourg.zip", archive({"a.csv": nodes, "b.csv": "Source,Target\n1,2\n"}))
    assert carried(document, "Halle")["attributes"] == {"lieu": "centre", "lieu 4": "port", "column 5": "sud"}
    assert links(document) == [("Halle", "Quai", "", "forward")]


@pytest.mark.parametrize(
    "members",
    [
        {"courrier.csv": "From,To,Objet\nune voisine,la mairie,le quai\n", "contacts.csv": "Nom,Rue\nla halle,quai\n"},
        {"a.csv": "Id,Label\n1,Halle\n", "b.csv": "Id,Label\n2,Quai\n"},
        {**GEPHI, "lisez-moi.csv": "x,y\n1,2\n"},
    ],
)
def test_other_tables_in_a_zip_stay_tables(members: dict[str, str]) -> None:
    assert is_archive(RawFile("a.zip", archive(members)))


def test_a_damaged_zip_of_tables_is_left_to_others() -> None:
    data = archive(GEPHI)
    with pytest.raises(InputRefused, match="archive"):
        choose(RawFile("a.zip", data[: len(data) // 2]))
