"""Tables of people as the text of a laid-out page leaves them."""

from __future__ import annotations

from ingest.document import BlockKind, RawFile
from ingest.extract import people, stakeholders
from ingest.extract.reading import Reading
from ingest.registry import read_document

TABLE = """Comité de la halle – 3 mars 2025

    Prénom, Nom                 Structure représentée              Courriel
 Louise Garnot           2e adjointe en charge de la vie
                         locale
 Marc Tissier            Directeur des services            m.tissier@exemple.fr
 Anne-Marie              Conseil citoyen Les Prés Bas      am@exemple.fr
 Bordenave               La Tuilerie
 Excusés
 Jeanne Lorrain          Jardiniers du Monde               jeanne@exemple.fr
 Yvon Carle              Amicale du bourg                  yvon@exemple.fr

Ordre du jour

On parle de la halle et de ses heures d'ouverture.
"""


def reading_of(text: str) -> Reading:
    reading = Reading(read_document(RawFile("notes.txt", text.encode())))
    people.run(reading)
    return reading


def test_a_centred_head_wrapped_cells_and_a_status_between_rows_are_read() -> None:
    found = [(a.name, a.function, a.organisation, a.status) for a in reading_of(TABLE).attendees]
    assert found == [
        ("Louise Garnot", "2e adjointe en charge de la vie locale", None, "present"),
        ("Marc Tissier", "Directeur des services", None, "present"),
        ("Anne-Marie Bordenave", None, "Conseil citoyen Les Prés Bas La Tuilerie", "present"),
        ("Jeanne Lorrain", None, "Jardiniers du Monde", "excused"),
        ("Yvon Carle", None, "Amicale du bourg", "excused"),
    ]


def test_what_stands_below_the_table_is_no_row_of_it() -> None:
    document = read_document(RawFile("notes.txt", TABLE.encode()))
    assert [b.label for b in document.blocks if b.kind is BlockKind.HEADING][-1] == "Ordre du jour"
    assert sum(b.kind is BlockKind.ROW for b in document.blocks) == 9


def test_prose_in_columns_below_words_that_name_columns_is_no_table() -> None:
    text = "Nom      Structure\nLa halle ferme tôt le soir et le marché\nse tient le mardi dans la cour du bourg.\n"
    document = read_document(RawFile("notes.txt", text.encode()))
    assert not any(b.kind is BlockKind.ROW for b in document.blocks)


def test_cells_that_hold_line_breaks_stay_in_the_row_that_a_pipe_closes() -> None:
    text = "| Lieu | Ce qui\nmanque |\n| --- | --- |\n| Halle | un auvent\net des bancs |\n| Four | du bois |\n\nFin.\n"
    document = read_document(RawFile("notes.md", text.encode()))
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    cells = [[" ".join(document.text[a:b].split()) for _, a, b in row.attributes["cells"]] for row in rows]
    assert cells == [["Lieu", "Ce qui manque"], ["Halle", "un auvent et des bancs"], ["Four", "du bois"]]
    assert [name for name, _, _ in rows[1].attributes["cells"]] == ["Lieu", "Ce qui manque"]


def test_rows_without_a_closing_pipe_stay_one_line_each() -> None:
    text = "| Lieu | Manque\n| --- | ---\n| Halle | auvent\n| Four | bois\n"
    document = read_document(RawFile("notes.md", text.encode()))
    assert sum(b.kind is BlockKind.ROW for b in document.blocks) == 3


def test_the_body_right_beside_a_function_is_parted_from_it() -> None:
    rows = "| Luc Perrin | Directrice CCAS |\n| Anne Roy | Chef de projet PLU |\n"
    text = f"Présents\n\n| Nom | Fonction |\n| --- | --- |\n{rows}"
    assert [(a.function, a.organisation) for a in reading_of(text).attendees] == [
        ("Directrice", "CCAS"),
        ("Chef de projet PLU", None),
    ]


def test_english_functions_stand_on_either_side_of_initials() -> None:
    text = "Present:\n\nBrian Holt Chairman VRA\n\nRay Marsh Vice-Chairman VRA\n\nApologies: Tim Read (VRA Treasurer)\n"
    text += "\nThe meeting was told that the hall is cold in winter and the roof of the mill should be mended.\n"
    found = [(a.name, a.function, a.organisation) for a in reading_of(text).attendees]
    assert found == [
        ("Brian Holt", "Chairman", "VRA"), ("Ray Marsh", "Vice-Chairman", "VRA"), ("Tim Read", "Treasurer", "VRA")
    ]  # fmt: skip


def test_what_wraps_onto_the_row_below_is_a_mention_too_and_nothing_of_its_own() -> None:
    reading = reading_of(TABLE)
    stakeholders.run(reading)
    said = {s.name: [reading.slice(m.start, m.end) for m in s.mentions] for s in reading.stakeholders}
    assert said["Anne-Marie Bordenave"] == ["Anne-Marie", "Bordenave"]
    assert said["Conseil citoyen Les Prés Bas La Tuilerie"] == ["Conseil citoyen Les Prés Bas", "La Tuilerie"]
    assert not {"Bordenave", "La Tuilerie", "Tuilerie"} & set(said)


def test_members_of_a_body_whose_name_holds_and_are_nobody_by_name() -> None:
    text = "Apologies: Tim Read (treasurer), members of the Borough Council of King's Lynn and West Norfolk\n\n"
    text += "The meeting was told that the hall is cold in winter and the roof of the mill should be mended.\n"
    assert [a.name for a in reading_of(text).attendees] == ["Tim Read"]
