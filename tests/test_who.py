"""Who is named: attendees, persons, bodies, places, groups, on sentences of our own."""

from __future__ import annotations

import time

import pytest

from ingest import nlp
from ingest.document import RawFile
from ingest.extract import groups, people, stakeholders
from ingest.extract.reading import Reading
from ingest.extract.who import actors, bodies, column_roles, entries, places_named, words
from ingest.extract.who.group_nouns import group_nouns
from ingest.registry import read_document


def read(text: str, name: str = "notes.md") -> Reading:
    reading = Reading(read_document(RawFile(name, text.encode())))
    for rule in (people, stakeholders, groups):
        rule.run(reading)
    return reading


def test_inclusive_writing_is_one_word_with_its_plain_form() -> None:
    found = words.words_of("Les acteur·rice·s, élu(e)s et citoyen-ne-s")
    assert [w.folded for w in found if w.inclusive] == ["acteurs", "elus", "citoyens"]


@pytest.mark.parametrize(
    ("entry", "name", "function", "organisation"),
    [
        ("Mme Odile CASSAGNOL, présidente de la MJC du Moulin", "Odile Cassagnol", "présidente", "MJC du Moulin"),
        ("LE BIHAN Anne (Ville de Galène)", "Anne Le Bihan", None, "Ville de Galène"),
        ("Rachid Tissandier – chargé de mission, CCAS", "Rachid Tissandier", "chargé de mission", "CCAS"),
        ("Yvon, habitant du bourg", "Yvon", "habitant du bourg", None),
        ("DDT 45 Agnès MANGEOT Cheffe du bureau", "Agnès Mangeot", "Cheffe du bureau", "DDT 45"),
        ("Paul Petit, président de Cap Nature", "Paul Petit", "président", "Cap Nature"),
        ("Mme Avril BESSON, le mardi 3 juin à 18 h", "Avril Besson", None, None),
        ("la capitaine Leïla Foucard (SDIS)", "Leïla Foucard", "capitaine", "SDIS"),
    ],
)
def test_an_entry_is_parted_into_name_function_and_body(
    entry: str, name: str, function: str | None, organisation: str | None
) -> None:
    found = entries.entries_of(entry, "fr")[0]
    assert found.name.display == name
    assert (found.function.text if found.function else None) == function
    assert (found.organisation.text if found.organisation else None) == organisation


def test_first_names_parted_by_commas_share_the_body_after_the_last() -> None:
    found = entries.entries_of("Sonia, Malo et Inès, association Les Deux Rives", "fr")
    assert [e.organisation.text for e in found if e.organisation] == ["Les Deux Rives"] * 3


def test_a_body_after_a_titled_name_is_no_second_person() -> None:
    found = entries.entries_of("Mme GUYARD Michelle – Emeraude ID", "fr")
    assert [(e.name.display, e.organisation and e.organisation.text) for e in found] == [
        ("Michelle Guyard", "Emeraude ID"),
    ]


def test_short_lines_of_an_attendance_are_notes_and_no_flat_map() -> None:
    names = "".join(f"Mme PETIT{n} Claire\n" for n in range(24))
    assert not read_document(RawFile("pv.txt", f"Étaient présents :\n{names}".encode())).is_map


def test_columns_are_known_by_many_names_in_any_order() -> None:
    text = "| Organisme | Qualité | Nom Prénom |\n|---|---|---|\n| CAF | Directrice | VIDAL Lucie |\n"
    text += "| MSA | | PONS Jean |\n"
    rows = read(text).attendees
    assert [(p.name, p.function, p.organisation) for p in rows] == [
        ("Lucie Vidal", "Directrice", "CAF"),
        ("Jean Pons", None, "MSA"),
    ]
    assert column_roles.column_role("Échéance", "fr") == "other"


def test_present_excused_and_chair_are_told_apart() -> None:
    text = "Présents : Claire Vidal (CAF), Paul Pons.\nExcusée : Mme Inès Roux.\n\nPrésidente de séance : Jeanne Brun\n"
    assert {p.name: p.status for p in read(text, "notes.txt").attendees} == {
        "Claire Vidal": "present", "Paul Pons": "present", "Inès Roux": "excused", "Jeanne Brun": "chair",
    }  # fmt: skip


def test_a_topic_after_an_announcing_word_is_no_person() -> None:
    assert not read("Animation : proposer des temps complets aux équipes.\n\nNotes : voir le Plan Climat.\n").attendees
    assert people.RULE.startswith("people.")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La Chambre d’agriculture de la Drôme répond.", ["Chambre d’agriculture de la Drôme"]),
        ("Avec l’association « Mains Libres ».", ["association « Mains Libres »"]),
        ("Un centre de Guéret, une mairie, des conseils.", []),
        ("Avec la coopérative Fil & Co.", ["coopérative Fil & Co"]),
        ("La DDT de la Drôme Florence LAUBERT présente.", ["DDT de la Drôme"]),
    ],
)
def test_bodies_are_known_by_their_head_and_name(sentence: str, expected: list[str]) -> None:
    assert [b.name for b in bodies.bodies_in(sentence, "fr")] == expected


def test_a_defined_acronym_is_the_same_body() -> None:
    found = read("L’Université Paris Nord (UPN) accueille. L’UPN prête ses salles.\n").stakeholders
    assert [(s.name, len(s.mentions)) for s in found if s.kind == "organisation"] == [("Université Paris Nord", 3)]


def test_streets_and_schools_give_no_person() -> None:
    label = "La rue Jean Macé et le collège Marie Curie sont loin de la salle Paul Bert."
    assert actors.persons_in(label, "fr", []) == []


def test_places_are_taken_after_their_words_and_not_as_common_words() -> None:
    label = "Une réunion à Limoges, une autre en Creuse ; la Place du marché ferme."
    assert [p.name for p in places_named.territories_in(label, "fr", [])] == ["Limoges", "Creuse"]


def test_initials_and_surnames_are_mentions_of_the_full_name() -> None:
    text = "Présents : Claire Vidal (CAF), Paul Ponsard.\n\nC. Vidal rappelle le budget. M. Ponsard est d’accord.\n"
    counts = {s.name: len(s.mentions) for s in read(text, "notes.txt").stakeholders if s.kind == "person"}
    assert counts == {"Claire Vidal": 2, "Paul Ponsard": 2}


def test_attendees_work_for_their_body_in_their_role() -> None:
    reading = read("Présents : Claire Vidal (directrice, CAF), Paul Ponsard (MSA).\n", "notes.txt")
    names = {s.id: s.name for s in reading.stakeholders}
    links = {(names[r.source], names[r.target], r.attributes) for r in reading.relations if r.type == "works_for"}
    assert links == {("Claire Vidal", "CAF", (("role", "directrice"),)), ("Paul Ponsard", "MSA", ())}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Les personnes âgées et les porteurs de projet viennent.", ["personnes âgées", "porteurs de projet"]),
        ("Les services publics et les moyens humains manquent.", []),
        ("Des soudeurs réparent les moteurs.", ["soudeurs"]),
    ],
)
def test_groups_are_plural_nouns_for_people(sentence: str, expected: list[str]) -> None:
    assert [sentence[g.first : g.last] for g in group_nouns(sentence, "fr")] == expected


@pytest.mark.model
@pytest.mark.parametrize(
    "sentence", ["Les pratiques artistiques, sportives et familiales.", "Des aides, professionnelles."]
)
def test_adjectives_in_the_feminine_are_no_groups(sentence: str) -> None:
    document = read_document(RawFile("notes.txt", sentence.encode()))
    assert group_nouns(sentence, "fr", next(iter(nlp.analyse(document).values()))) == []


def test_spans_hold_and_every_stakeholder_has_one() -> None:
    reading = read("Les élu·e·s de Galène\nécoutent Claire Vidal (CAF).\n")
    assert reading.stakeholders
    for found in reading.stakeholders:
        assert found.mentions
        assert all(reading.slice(m.start, m.end).strip() for m in found.mentions)
    assert stakeholders.RULE.format("body") == "stakeholders.body@1"


def test_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(times: int) -> float:
        names = "".join(
            f"Présents : Claire Vidal{n} (CAF{n}), Paul Pons.\n\nLes élus de Limoges disent oui.\n\n"
            for n in range(times)
        )
        document = read_document(RawFile("long.txt", names.encode()))
        reading, began = Reading(document), time.process_time()
        people.run(reading)
        stakeholders.run(reading)
        return time.process_time() - began

    seconds(5)
    assert seconds(400) < 40 * max(seconds(40), 0.01)


def test_pathological_punctuation_ends_soon() -> None:
    began = time.process_time()
    for label in ("(" * 3000, "A. " * 2000, "Mairie de " * 1500, "élu.e.s" * 1500, "« " * 3000, "présents : " * 800):
        entries.entries_of(label, "fr")
        bodies.bodies_in(label, "fr")
        group_nouns(label, "fr")
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("On a vu la police au parc.", "police"),
        ("La municipalité a soumis neuf idées.", "municipalité"),
        ("Le CA a voté hier.", "CA"),
        ("Le conseil d'administration se réunit en mai.", "conseil d'administration"),
    ],
)
def test_bodies_that_go_by_their_article_are_named(text: str, body: str) -> None:
    assert body in [s.name for s in read(text + "\n").stakeholders]
