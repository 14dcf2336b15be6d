"""Every rule on texts made to be slow: CPU grows with the text. Other languages are not misread."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable, Iterator

import pytest

from graph.derived.prepare import prepare
from ingest.document import MAX_READ_BLOCKS, RawFile
from ingest.extract import RULES, extract, rules
from ingest.extract.reading import Reading
from ingest.fragment import ImportMeta, to_fragment
from ingest.memory import forget
from ingest.pipeline import read_and_extract
from ingest.registry import read_document

GROWTH = 4  # how much longer the second text is
MARGIN = 2.5  # linear would be 1, a square 4; a busy machine adds to what is measured
LEAST = 0.08  # seconds of CPU below which nothing is compared: noise

ONE_LINE = {
    "quotations": "« ( ",
    "dashes": "a - ",
    "ellipses": "… a",
    "quotation marks": 'a""',
    "digits": "1234567890",
    "spaced digits": "12 345 ",
    "one word": "a",
    "capitals": "aB",
    "capitalised words": "Abc ",
    "initials": "A. ",
    "titles": "M. ",
    "inclusive": "élu·e·s ",
    "addresses": "https://a.fr/x_(y ",
    "dotted": "a.",
    "at signs": "1@a",
    "markup": "[a](*b",
    "questions": "qui ? ",
    "semicolons": "a ; ",
    "combining": "e\u0301",
    "links of words": "de la ",
    "fractions": "un sur ",
}
_HERE = {"type": "Point", "coordinates": [0.5, 45.5]}
LINES: dict[str, Callable[[int], str]] = {
    "attendees": lambda n: "# Présents\n\n" + "".join(f"- {_name(i)}\n- Claire {_name(i)} (CAF)\n" for i in range(n)),
    "rows of people": lambda n: (
        "| Nom | Fonction |\n|---|---|\n" + "".join(f"| {_name(i)} | élue |\n" for i in range(n))
    ),
    "rows of places": lambda n: (
        "| Nom | Type | Commune | Structure |\n|---|---|---|---|\n"
        + "".join(f"| Lieu {i} | atelier | {_name(i)} | Association {_name(i)} |\n" for i in range(n))
    ),
    "one paragraph": lambda n: "Il faut un lieu à Saint-Loup, dit la mairie de Valmont. " * n,
    "bodies": lambda n: "".join(f"L’association Les Amis de {_name(i)} agit.\n\n" for i in range(n)),
    "questions": lambda n: "".join(f"- Comment ouvrir le lieu {i} ?\n- Ouvrir le lieu {i}\n" for i in range(n)),
    "headings": lambda n: "".join(f"# Titre {i}\n\nSource : Insee\n\n{i} habitants concernés\n\n" for i in range(n)),
}


def _name(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "Dup" + "".join(letters[number // 26**k % 26] for k in range(3))


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """The collector of cycles walks all that the worker holds, of other tests too: its pauses are no rule's."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def cpu_of_rules(text: str) -> dict[str, float]:
    """Seconds of CPU of each rule over a text, and of making its fragment ready to be written."""
    reading = Reading(read_document(RawFile("texte.md", text.encode())))
    spent: dict[str, float] = {}
    for name, rule in zip(RULES, rules(), strict=True):
        began = time.process_time()
        rule.run(reading)
        spent[name] = time.process_time() - began
    forget()
    began = time.process_time()
    prepare(to_fragment(reading, ImportMeta()))
    spent["fragment"] = time.process_time() - began
    return spent


def too_slow(short: str, long: str) -> dict[str, tuple[float, float]]:
    """The rules whose CPU grew faster than the text, with both times; measured again before they are accused."""
    cpu_of_rules(short)
    before, after = cpu_of_rules(short), cpu_of_rules(long)
    allowed = GROWTH * MARGIN
    if all(spent <= max(LEAST, allowed * before[name]) for name, spent in after.items()):
        return {}
    again_before, again = cpu_of_rules(short), cpu_of_rules(long)
    before = {name: max(spent, again_before[name]) for name, spent in before.items()}
    after = {name: min(spent, again[name]) for name, spent in after.items()}
    return {n: (before[n], spent) for n, spent in after.items() if spent > max(LEAST, allowed * before[n])}


@pytest.mark.parametrize("piece", ONE_LINE.values(), ids=ONE_LINE.keys())
def test_no_rule_is_slow_on_one_long_line(piece: str) -> None:
    short, long = ("Texte " + piece * (size // len(piece)) for size in (4_700, 18_800))
    assert too_slow(short, long) == {}


@pytest.mark.parametrize("made", LINES.values(), ids=LINES.keys())
def test_no_rule_is_slow_on_many_lines(made: Callable[[int], str]) -> None:
    assert too_slow(made(150), made(600)) == {}


def test_a_paragraph_of_a_million_characters_is_kept_and_told() -> None:
    began = time.process_time()
    reading = read_and_extract(RawFile("a.txt", ("mot " * 250_000).encode()))
    assert time.process_time() - began < 30
    assert any("kept but not read" in why for why in reading.degraded)


def test_a_map_of_more_topics_than_are_read_is_kept_whole_and_read_as_far_as_told() -> None:
    more = 500
    topics = "".join(f'<node TEXT="idée {n}"/>' for n in range(MAX_READ_BLOCKS + more - 2))
    late = '<node TEXT="Présents : Claire Dupont, Paul Martin, Anne Leroy"/>'
    many = read_document(RawFile("a.mm", f'<map><node TEXT="carte">{topics}{late}</node></map>'.encode()))
    few = read_document(RawFile("a.mm", f'<map><node TEXT="carte">{late}</node></map>'.encode()))
    assert len(many.blocks) == MAX_READ_BLOCKS + more
    assert (len(many.as_far_as_read()), many.unread()) == (MAX_READ_BLOCKS, more)
    assert (len(few.as_far_as_read()), few.unread()) == (2, 0)
    assert [len(extract(document).attendees) for document in (few, many)] == [3, 0]


@pytest.mark.parametrize("says", ["Association", "Il faut créer un atelier"])
def test_arrows_between_thousands_of_things_do_not_look_through_all_of_them(says: str) -> None:
    many = 2_000
    topics = (f'n{n} [label="{says} {_pronounced(n)}"]' for n in range(many))
    arrows = (f"n{n} -> n{(7 * n + 1) % many}" for n in range(many))
    reading = extract(read_document(RawFile("a.dot", f"digraph {{{';'.join((*topics, *arrows))}}}".encode())))
    assert len(reading.stakeholders) + len(reading.statements) >= many
    began = time.process_time()
    fragment = to_fragment(reading, ImportMeta(), {})
    assert time.process_time() - began < 5  # ten times that, where each arrow looked through all
    assert sum(r.type == "related" for r in fragment.relations) == many


def test_a_place_that_stands_thousands_of_times_is_joined_at_once() -> None:
    place = {"type": "Feature", "properties": {"nom": "Le Fournil", "type": "atelier"}, "geometry": _HERE}
    data = json.dumps({"type": "FeatureCollection", "features": [place] * 20_000}).encode()
    reading = extract(read_document(RawFile("a.geojson", data)))
    assert len(reading.initiatives) == 20_000
    began = time.process_time()
    fragment = to_fragment(reading, ImportMeta(), {})
    assert (
        time.process_time() - began < 5
    )  # over two minutes for 60,000, where each joined the evidence of all before it
    (joined,) = (node for node in fragment.nodes if node.kind == "initiative")
    assert len(joined.evidence) == 20_000


def _pronounced(number: int) -> str:
    return "".join("bdfglmnprt"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:04}").capitalize()


OTHER_LANGUAGES = {
    "de": "Die Gemeinde und der Verein möchten eine Werkstatt eröffnen. Wir brauchen auch Platz für das Lager.",
    "es": "Los vecinos quieren abrir un taller para las bicicletas. El ayuntamiento propone una sala con luz.",
    "it": "Gli abitanti della frazione vogliono aprire una biblioteca. Le associazioni sono nel centro, anche di sera.",
    "und": "يريد السكان إنشاء ورشة للدراجات في القرية. تقترح البلدية قاعة.",
}


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_another_language_is_said_and_not_misread(language: str) -> None:
    reading = read_and_extract(RawFile("a.md", f"# X\n\n{OTHER_LANGUAGES[language]}\n".encode()))
    assert reading.document.language == language
    assert reading.degraded
    assert [*reading.stakeholders, *reading.statements, *reading.themes] == []
    assert [s.title for s in reading.sections] == ["X"]


def test_nothing_of_a_document_stays_in_memory() -> None:
    from ingest import memory

    extract(read_document(RawFile("a.txt", "La mairie de Valmont propose un lieu à créer.".encode())))
    assert not any(memory._kept)
