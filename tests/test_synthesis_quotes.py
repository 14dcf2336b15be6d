"""What a synthesis quotes: whole sentences, the surest theme, one number for each line of a document."""

from __future__ import annotations

import pytest
from course_graph import link, node, write

from graph.course.meetings import meetings
from graph.model import Mention, Passage, Thing
from graph.store.base import Store
from graph.synthesis.build import MOST, Scope, _Said, _widest, synthesis
from graph.synthesis.lines import Line, Mark, from_text, is_reference, numbered, places_told, to_text
from graph.synthesis.quoted import figure_words, words_of


def say(key: str, /, **values: object) -> str:
    """Words of no language: the key, and what it is given."""
    return f"« {values['text']} »" if key == "quoted" else f"{key} {' '.join(map(str, values.values()))}".strip()


LONG = f"Une navette, deux euros le trajet, {'des horaires affichés partout, ' * 10}et un guide."
TEXT = f"""✓ Prévoir 300 000 € pour les petits logements vides du bourg
**2 340 appels**
reçus au numéro unique.
{LONG}
Il y a 38 % de volets clos (source : Cadastre, 2025).
"""


@pytest.mark.parametrize(
    ("number", "statement", "quoted"),
    [
        ("300 000 €", "pour les petits logements", "Prévoir 300 000 € pour les petits logements vides du bourg"),
        ("2 340 appels", "appels reçus au numéro unique", "2 340 appels reçus au numéro unique"),
        ("deux euros le trajet", "le trajet", "[…] deux euros le trajet […]"),
        ("38 %", "de volets clos", "Il y a 38 % de volets clos (source : Cadastre, 2025)."),
    ],
)
def test_a_figure_is_quoted_with_its_sentence_and_a_long_one_says_what_it_leaves_out(
    number: str, statement: str, quoted: str
) -> None:
    at = TEXT.index(number)
    said = Mention("f", "s", "p", at, at + len(number), number, "rule@1", 1.0)
    start = TEXT.rindex("\n", 0, at) + 1 if "\n" in TEXT[:at] else 0
    line = TEXT[start : TEXT.index("\n", at)]
    block = Passage("p", 0, "bullet", start, start + len(line), line)
    thing = Thing("f", "figure", number, attributes={"value": number, "statement": statement})
    assert figure_words(TEXT, said, thing, ("s", block)) == quoted


def _lines(store: Store) -> list[Line]:
    meeting = meetings(store.sources())[0]
    return synthesis(store, Scope(meeting.name, meeting=meeting), say)


def test_a_line_has_one_number_its_origin_is_not_said_twice_and_its_place_is_known(fresh_store: Store) -> None:
    line = TEXT.splitlines()[-1]
    share = node(TEXT, "figure", "38 %", value="38 %", statement="de volets clos", source="Cadastre", year="2025")
    book = node(TEXT, "resource", "Cadastre, 2025", title="Cadastre, 2025", date="2025", author="Cadastre")
    write(fresh_store, "a.txt", TEXT, "Atelier", "2026-01-01", [share, book, node(TEXT, "finding", line)], [])
    lines = _lines(fresh_store)
    quotes = [x.text for x in lines if x.mark in {Mark.QUOTE, Mark.ITEM}]
    assert quotes == [f"« {line} » [1]", f"« {line} » [1]", "Cadastre, 2025 [1]"]
    assert [source for source, _ in places_told(from_text(to_text(lines)), lines).values()] == [
        fresh_store.sources()[0].id
    ]


def test_a_doubtful_theme_is_no_title_and_more_proposals_than_other_things_are_quoted(fresh_store: Store) -> None:
    said = [f"Planter l’arbre numéro {n} du mail." for n in range(MOST + 5)]
    text = "\n".join(["Les arbres", *said, ""])
    theme = node(text, "theme", "Les arbres", "arbres", "arbres")
    nodes = [node(text, "proposal", words, kind="proposal") for words in said]
    doubtful = [link(text, n, "about", theme, n.label) for n in nodes]
    for relation in doubtful:
        object.__setattr__(relation.evidence[0], "confidence", 0.35)
    write(fresh_store, "a.txt", text, "Atelier", "2026-01-01", [theme, *nodes], doubtful)
    lines = _lines(fresh_store)
    assert [x.text for x in lines if x.mark == Mark.PART] == ["other_themes"]
    assert sum(x.mark == Mark.QUOTE for x in lines) == MOST + 5


def _quoted(text: str, number: str) -> str:
    at = text.index(number)
    said = Mention("f", "s", "p", at, at + len(number), number, "rule@1", 1.0)
    thing = Thing("f", "figure", number, attributes={"value": number})
    return figure_words(text, said, thing, ("s", Passage("p", 0, "bullet", 0, len(text), text)))


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Une salle de 12*8 m accueille 90 personnes.", "90"),
        ("Les usager_e_s sont 340 à venir, voir https://ex.example/_mon_rapport_/final pour la liste.", "340"),
        ("Note sur 5 * : 40 % des votants.", "40 %"),
        ("Un hôtel 3* de 40 chambres, et 12 gîtes ****.", "40"),
        ("Nom du lieu :______ pour 40 personnes", "40"),
        ("> 40 % des ménages du bourg vivent seuls", "40 %"),
        ("- 12 % de fréquentation en un an", "12 %"),
        ("- de 25 ans : 40 % des votants", "40 %"),
    ],
)
def test_a_sign_within_a_word_or_before_a_number_is_no_mark_of_the_file(sentence: str, number: str) -> None:
    assert _quoted(sentence, number) == sentence


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("✓ **Attention !** il y a _près de_ 40 *lits*.", "Attention ! il y a près de 40 lits."),
        ("**« 40 lits »** et **_tous_ pris**, dit l’`hôpital`", "« 40 lits » et tous pris, dit l’hôpital"),
        ("Voir **https://ex.example/un_lien_court** : 40 lits", "Voir https://ex.example/un_lien_court : 40 lits"),
        ("**40 lits\n\net le reste", "40 lits et le reste"),
    ],
)
def test_marks_of_emphasis_are_no_words_of_the_sentence(sentence: str, quoted: str) -> None:
    assert _quoted(sentence, "40") == quoted


def test_what_begins_within_emphasis_is_quoted_without_its_other_half() -> None:
    text = "*2 340 appels*\n\nreçus au numéro unique.\n"
    said = Mention("f", "s", "p", 1, 13, "2 340 appels", "rule@1", 1.0)
    thing = Thing("f", "figure", "2 340 appels", attributes={"statement": "appels reçus au numéro unique"})
    assert figure_words(text, said, thing, None) == "2 340 appels reçus au numéro unique"


def test_a_quotation_loses_one_half_of_emphasis_and_keeps_the_signs_of_its_words() -> None:
    said = Mention("n", "s", "p", 0, 29, "**La page mon_site est lente", "rule@1", 1.0)
    assert words_of(said, Thing("n", "finding", "La page")) == "La page mon_site est lente"


def test_two_documents_of_one_title_open_each_at_its_own_place_and_none_where_words_cannot_tell() -> None:
    made = [
        Line(Mark.TEXT, "[1] Atelier du 12 mars, ligne 5", at=("a", 10)),
        Line(Mark.TEXT, "[2] Atelier du 12 mars, ligne 5", at=("b", 20)),
        Line(Mark.TEXT, "[3] Atelier du 12 mars, ligne 9", at=("b", 60)),
    ]
    assert places_told(made, made) == {"1": ("a", 10), "2": ("b", 20), "3": ("b", 60)}
    assert places_told(from_text(to_text(made)), made) == {"3": ("b", 60)}


def test_a_line_by_hand_ends_with_its_numbers_and_a_title_has_none() -> None:
    by_hand = Line(Mark.TEXT, "Les habitants insistent. [1] [2]", by_hand=True)
    assert (numbered(by_hand), is_reference(by_hand)) == (("Les habitants insistent.", ["1", "2"]), False)
    assert is_reference(Line(Mark.TEXT, "[1] Notes, ligne 5"))
    for mark in (Mark.TITLE, Mark.SECTION, Mark.PART):
        assert numbered(Line(mark, "Bilan [2]")) == ("Bilan [2]", [])


def test_who_makes_a_proposal_is_named_however_many_it_concerns(fresh_store: Store) -> None:
    names = ["aînés", "bénévoles", "commerçants", "élus", "familles", "jeunes", "zouaves"]
    text = f"Ouvrir la halle : {', '.join(names)}\n"
    opened = node(text, "proposal", "Ouvrir la halle", kind="proposal")
    groups = sorted((node(text, "group", name) for name in names), key=lambda group: group.id)
    types = ["concerns"] * (len(names) - 1) + ["made_by"]
    links = [link(text, opened, type_, one, "Ouvrir la halle") for type_, one in zip(types, groups, strict=True)]
    write(fresh_store, "a.txt", text, "Atelier", "2026-01-01", [opened, *groups], links)
    assert [x.text for x in _lines(fresh_store) if x.mark == Mark.QUOTE] == [
        f"« Ouvrir la halle » — {groups[-1].label} [1]"
    ]


def test_a_figure_within_the_words_of_another_is_no_line_of_its_own() -> None:
    both = [_Said(Mark.QUOTE, "« 8,7 %, soit 612 logements. »", 1, "8,7 %, soit 612 logements.")]
    both.append(_Said(Mark.QUOTE, "« soit 612 logements »", 2, "soit 612 logements"))
    assert [(one.text, one.reference) for one in _widest(both)] == [(both[0].text, 1), (both[0].text, 2)]
