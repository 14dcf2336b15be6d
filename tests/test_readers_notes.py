"""Text and Markdown notes: headings, lists, tables, wrapped paragraphs, furniture, encodings."""

from __future__ import annotations

import textwrap

import pytest

from ingest.document import BlockKind
from ingest.extract import sections
from ingest.extract.reading import Reading
from tests.layouts import of_dense_text, of_lists_and_prose, of_minutes, of_reports, of_workshops
from tests.reading import headings, labels, parent_label, read

LAYOUTS = {
    name: layout
    for module in (of_minutes, of_reports, of_workshops, of_dense_text, of_lists_and_prose)
    for name, layout in module.LAYOUTS.items()
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_headings_of_a_layout_are_those_a_person_sees(name: str) -> None:
    text, expected = LAYOUTS[name]
    assert headings(read(name, text)) == list(expected)


def test_sections_are_the_headings_with_their_spans() -> None:
    document = read("notes.md", "# Bilan\n\nOn a marché.\n\n## 2) Suites\n\nOn marchera.\n")
    reading = Reading(document)
    sections.run(reading)
    assert [(s.title, s.level, document.text[s.start : s.end]) for s in reading.sections] == [
        ("Bilan", 1, "Bilan"),
        ("2) Suites", 2, "2) Suites"),
    ]


def test_bullets_nest_by_indentation_and_hang_under_what_announces_them() -> None:
    text = "Trois demandes :\n- un banc\n  - à l'ombre\n- une fontaine\n\nFin de la liste.\n"
    document = read("notes.txt", text)
    assert parent_label(document, "un banc") == "Trois demandes :"
    assert parent_label(document, "à l'ombre") == "un banc"
    assert parent_label(document, "une fontaine") == "Trois demandes :"
    assert parent_label(document, "Fin de la liste.") is None


@pytest.mark.parametrize("mark", ["-", "*", "•", "✓", "–", "→", "▪", "1.", "a)", "- ✓"])
def test_every_usual_mark_makes_a_bullet(mark: str) -> None:
    second = {"1.": "2.", "a)": "b)"}.get(mark, mark)
    text = f"On propose :\n\n{mark} ouvrir le soir, en semaine\n{second} fermer la rue, le dimanche\n"
    found = labels(read("notes.txt", text), BlockKind.BULLET)
    assert found == ["ouvrir le soir, en semaine", "fermer la rue, le dimanche"]


def test_a_figure_with_a_plus_sign_is_no_bullet() -> None:
    document = read("notes.txt", "Constats chiffrés.\n\n+ 12 % de demandes\n\n+ 40 logements\n")
    assert labels(document, BlockKind.BULLET) == []


LONG_SENTENCE = (
    "La commune va demander aux habitants comment ils se servent de la place du marché avant les travaux prévus "
    "pour le printemps prochain avec les commerçants et les associations du bourg qui voudraient depuis longtemps un "
    "lieu plus calme pour leurs rencontres du samedi matin."
)


@pytest.mark.parametrize(
    "beside",
    [
        f"Lien : https://exemple.fr/{'a' * 95}",
        "\nLa réunion aura lieu dans la grande salle du foyer rural, chacun peut venir avec ses idées et un repas"
        "\nsuivra pour tous ceux qui souhaitent rester le soir autour de la table que le comité des fêtes a bien",
    ],
    ids=["an address", "a few longer lines"],
)
def test_wrapped_prose_beside_longer_lines_is_still_one_paragraph(beside: str) -> None:
    document = read("notes.txt", f"{textwrap.fill(LONG_SENTENCE, 60)}\n{beside}\n")
    assert labels(document, BlockKind.PARAGRAPH)[0] == LONG_SENTENCE
    assert headings(document) == []


def test_a_word_that_goes_on_after_its_hyphen_is_no_item() -> None:
    text = "Combien de temps reste\n-t-il ?\nPeut\n-on attendre ?\n\n- ouvrir\n"
    assert labels(read("notes.txt", text), BlockKind.BULLET) == ["ouvrir"]


def test_lines_behind_a_dash_without_a_space_are_items() -> None:
    assert labels(read("notes.txt", "On manque de :\n-eau\n-pain\n"), BlockKind.BULLET) == ["eau", "pain"]


def test_lines_of_a_hard_wrapped_paragraph_are_one_paragraph() -> None:
    text = (
        "Le marché du jeudi attire des habitants de toute la vallée, et le\n"
        "parking déborde dès neuf heures. Les commerçants demandent que la\n"
        "place soit fermée aux voitures ce jour-là.\n"
        "Une autre idée a été de déplacer le marché au dimanche, mais les\n"
        "producteurs ne sont pas libres.\n"
    )
    document = read("notes.txt", text)
    paragraphs = labels(document, BlockKind.PARAGRAPH)
    assert len(paragraphs) == 2
    assert paragraphs[0].endswith("ce jour-là.")
    assert paragraphs[1].startswith("Une autre idée")


def test_a_sentence_cut_by_a_page_is_joined_around_the_furniture() -> None:
    text = (
        "Les bénévoles se retrouvent chaque mardi et ils aimeraient que la salle\n\nPage 2 sur 9\n\n"
        "reste ouverte plus tard en hiver.\n"
    )
    document = read("notes.txt", text)
    assert labels(document, BlockKind.PARAGRAPH) == [
        "Les bénévoles se retrouvent chaque mardi et ils aimeraient que la salle reste ouverte plus tard en hiver."
    ]
    assert labels(document, BlockKind.FURNITURE) == ["Page 2 sur 9"]


@pytest.mark.parametrize(
    "table",
    [
        "NOM\tPRENOM\tFONCTION\nRuchet\tAline\tmaire\nOlmo\tTiago\tagent\n",
        "| Nom | Prénom | Fonction |\n|---|---|---|\n| Ruchet | Aline | maire |\n| Olmo | Tiago | agent |\n",
        "Nom       Prénom    Fonction\nRuchet    Aline     maire\nOlmo      Tiago     agent\n",
    ],
)
def test_tables_give_cells_by_column_whatever_draws_them(table: str) -> None:
    document = read("notes.txt", f"Bonjour à toutes et à tous, voici les présents.\n\n{table}\nVoilà.\n")
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    assert rows[0].attributes["header"] is True
    cells = {name.casefold(): document.text[a:b] for name, a, b in rows[1].attributes["cells"]}
    assert list(cells.values()) == ["Ruchet", "Aline", "maire"]
    assert "fonction" in cells


def test_fields_at_the_top_are_no_table() -> None:
    document = read("notes.txt", "Date:    lundi\nLieu:    mairie\nAuteur:  Zoé\n\nOn commence à l'heure dite.\n")
    assert labels(document, BlockKind.ROW) == []


def test_a_box_is_read_without_its_frame() -> None:
    text = "┌──────────┐\n│ 12 min   │\n│ à pied   │\n└──────────┘\n\nC'est la distance moyenne.\n"
    document = read("notes.txt", text)
    assert "12 min à pied" in labels(document, BlockKind.PARAGRAPH)


def test_quotations_lose_their_marks() -> None:
    document = read("n.md", "> « On manque de bancs », dit\n> une voisine.\n\nEt après ?\n")
    quote = next(b for b in document.blocks if b.attributes.get("quote"))
    assert quote.label == "« On manque de bancs », dit une voisine."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    text = "Réunion d'été\r\n\r\nL’école a été rénovée : très bien, même à Noël.\r\n"
    document = read("notes.txt", text.encode(encoding))
    assert document.text == text


def test_broken_bytes_are_counted_in_the_ledger() -> None:
    good = ("é" * 200 + "\n").encode()
    document = read("notes.txt", good + b"ab\xffcd\n")
    assert [(x.what, x.count) for x in document.ledger.left_out] == [("bytes", 1)]


def test_images_and_code_are_reported_and_not_read() -> None:
    document = read("n.md", "# Visite\n\n![plan](plan.png)\n\n```\nx = 1\n```\n\nBelle visite.\n")
    assert {x.what for x in document.ledger.left_out} == {"images", "code"}
    assert labels(document, BlockKind.PARAGRAPH) == ["Belle visite."]


def test_language_is_told_by_function_words() -> None:
    assert read("a.txt", "The council will meet with the tenants on Monday.").language == "en"
    assert read("b.txt", "Le conseil rencontrera les locataires lundi.").language == "fr"


def test_the_text_is_the_file_even_with_windows_line_ends() -> None:
    content = "Titre\r\n=====\r\n\r\nUn para-\r\ngraphe.\r\n"
    document = read("n.md", content)
    assert document.text == content
    assert document.text_is_file
    assert labels(document, BlockKind.PARAGRAPH) == ["Un paragraphe."]
