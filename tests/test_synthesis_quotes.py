"""What a synthesis quotes: whole sentences, the surest theme, one number for each line of a document."""

from __future__ import annotations

import pytest
from course_graph import link, node, write

from graph.course.meetings import meetings
from graph.model import Mention, Passage, Thing
from graph.store.base import Store
from graph.synthesis.build import MOST, Scope, synthesis
from graph.synthesis.lines import Line, Mark, from_text, places_told, to_text
from graph.synthesis.quoted import figure_words


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
