"""Text and Markdown notes: headings, lists, tables, wrapped paragraphs, furniture, encodings."""

from __future__ import annotations

import textwrap
from collections import Counter
from typing import Any

import pytest

from ingest.document import BlockKind
from ingest.extract import sections
from ingest.extract.reading import Reading
from ingest.notes.lines import Line, split_lines
from ingest.notes.tables import table_at
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
        "Nom      Prénom  Fonction\n------  -------  --------\nRuchet   Aline   maire\nOlmo     Tiago   agent\n",
        "======  =======  ========\nNom     Prénom   Fonction\n======  =======  ========\n"
        "Ruchet  Aline    maire\nOlmo    Tiago    agent\n======  =======  ========\n",
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


BELOW = "La navette passe trop rarement le soir, et les jeunes du hameau le regrettent beaucoup."


@pytest.mark.parametrize(
    "title",
    [
        "Une gare absente",
        "Vivre au présent",
        "L’hôpital absent",
        "Poste n° 2",
        "Poste 5 : la buvette",
        "Poste de garde 2024",
    ],
)
def test_a_title_that_ends_or_begins_as_other_lines_do_is_a_title(title: str) -> None:
    assert headings(read("n.txt", f"Rencontre du hameau\n\n{title}\n\n{BELOW}\n\nLes navettes\n\n{BELOW}\n")) == [
        "Rencontre du hameau",
        title,
        "Les navettes",
    ]


@pytest.mark.parametrize(
    ("question", "below", "heads"),
    [
        ("Comment venir au marché ?", "A – Prêter des vélos\n\nB – Louer un car\n\nC – Ouvrir un quai", True),
        ("Que faire du puits ?", "R1 – Poser une margelle\nR2 – Curer le fond", True),
        ("Q1 – Pourquoi un puits ?", "R1 – Il servait au lavoir.", False),
        ("Pourquoi un puits ?", "R – Il servait au lavoir.", False),
    ],
)
def test_a_question_heads_lettered_items_and_not_its_answer(question: str, below: str, *, heads: bool) -> None:
    found = headings(read("n.txt", f"Atelier du hameau\n\nContexte\n\n{BELOW}\n\n{question}\n\n{below}\n"))
    assert (question in found) is heads


@pytest.mark.parametrize(
    ("line", "heads"),
    [
        ("**1. Il faut curer le puits en mars.**", False),
        ("**2. Nous demandons un quai, parce que le car s’y arrête.**", False),
        ("**3. Curer le puits.**", False),
        ("**11 - 14 voisines sont venues.**", False),
        ("**4. Le budget.**", True),
    ],
)
def test_a_numbered_bold_line_is_a_title_where_it_is_no_sentence(line: str, *, heads: bool) -> None:
    found = headings(read("n.md", f"Réunion du hameau\n\n{line}\n\n{BELOW}\n"))
    assert (line.strip("*") in found) is heads


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("SUITES ET CALENDRIER DE LA PROCHAINE", "ASSEMBLÉE DU HAMEAU"),
        ("CERCLE DU PUITS : DEUXIÈME", "SÉANCE DE TRAVAIL"),
    ],
)
def test_capitals_that_wait_for_their_noun_go_on_in_the_next_line(above: str, below: str) -> None:
    assert headings(read("n.txt", f"{above}\n{below}\n\n{BELOW}\n")) == [f"{above} {below}"]


@pytest.mark.parametrize(
    ("key", "values"),
    [("Nombre de voisines", (14, 17, 29)), ("Voix pour le puits", (6, 11)), ("Voix pour le puits", (6, 7, 8))],
)
def test_figures_of_workshops_behind_a_wide_gap_are_no_page_numbers(key: str, values: tuple[int, ...]) -> None:
    line = "Le hameau a son lavoir.\n\n"
    text = "Bilan\n\n" + "".join(f"Atelier {n}\n\n{line * 5}{key}      {v}\n\n" for n, v in enumerate(values))
    assert not labels(read("n.txt", text), BlockKind.FURNITURE)


def test_a_line_that_counts_the_pages_behind_a_wide_gap_is_furniture_and_votes_are_not() -> None:
    foot = "Pays de Lauzère – Atelier du 3 mai 2023         {}/3"
    said = "On a parlé du marché, des bancs et de la fontaine de la place.\n\n" * 5
    document = read("notes.txt", "\n".join(f"{said}\n{foot.format(n)}\n" for n in (1, 2, 3)))
    assert labels(document, BlockKind.FURNITURE) == [" ".join(foot.format(n).split()) for n in (1, 2, 3)]
    votes = "\n\n".join(f"{said}\nFavorable à ce projet      {n}/40\n" for n in (12, 31))
    assert not labels(read("notes.txt", votes), BlockKind.FURNITURE)


def test_centred_lines_stand_apart_and_a_list_of_links_has_its_heading() -> None:
    text = (
        "            Pays de Lauzère\n      Rencontre sur l'eau – compte rendu\n         Saugeac, 6 juin 2023\n\n"
        "On a parlé des puits et des sources de la vallée.\n\n"
        "Pour aller plus loin\nGuide des mares, 2021\nwww.mares.example/guide\n"
    )
    document = read("notes.txt", text)
    assert labels(document, BlockKind.PARAGRAPH)[0] == "Saugeac, 6 juin 2023"
    assert labels(document, BlockKind.HEADING)[-1] == "Pour aller plus loin"


def test_the_head_of_pages_behind_a_wide_gap_is_furniture() -> None:
    pages = (
        f"{'Le hameau a son lavoir, que les voisines gardent.' + chr(10)}" * 12 + f"\nPlan du hameau       {n}\n\n"
        for n in range(1, 5)
    )
    assert len(labels(read("n.txt", "Bilan\n\n" + "".join(pages)), BlockKind.FURNITURE)) == 4


class Watched(list[Line]):
    """Lines that count how often each was asked for."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(lines)
        self.asked = Counter[int]()

    def __getitem__(self, at: Any) -> Any:
        self.asked[at] += 1
        return super().__getitem__(at)


@pytest.mark.parametrize("line", ["1.     Inviter le bailleur", "- Curer le puits     (9 voix)", "Jour :   mardi"])
def test_a_line_of_a_long_list_with_wide_gaps_is_looked_at_as_often_as_in_a_short_one(line: str) -> None:
    lines = Watched(split_lines(f"{line}\n" * 400))
    text = f"{line}\n" * 400
    assert not any(table_at(text, lines, n) for n in range(len(lines)))
    assert max(lines.asked.values()) < 100
