"""Every regular expression of ingest/ on texts made to slow it down: its time grows as they do, and no faster."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import chain

import pytest

from ingest.document import RawFile
from ingest.extract import extract
from ingest.extract.said.unlisted import doer
from ingest.extract.who.announcing import announced_status
from ingest.extract.who.words import left_of, right_of
from ingest.registry import read_document
from tests.hostile.of_patterns import Rule, attacks, rules, runs

FIRST = (20, 200)  # characters: time that doubles with each, or grows with their cube, is seen here and hangs nothing
ENOUGH = 0.2  # seconds of CPU over so few
SHORT, LONG = 4_000, 16_000
QUICK = 0.004  # seconds of CPU over SHORT characters, a thousand nanoseconds each: nothing to see
GROWTH = 10  # of the time from SHORT to LONG: four where it grows with the text, sixteen where with its square
# Squares that stay small: what is asked is short by then, as the reason says.
BOUNDED = {
    "ingest.labels._LAST_WORD": "the 40 characters before a hyphen",
    "ingest.extract.facts.number_sense.sense(fr).streets": "a window of some 100 characters around a number",
    "ingest.extract.facts.number_sense.sense(en).streets": "a window of some 100 characters around a number",
}


def spent(rule: Rule, text: str) -> float:
    """The seconds of processor that a pattern takes over a text: the shorter of two."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        rule.ask(text)
        taken.append(time.process_time() - began)
        if taken[0] < QUICK:
            break
    return min(taken)


def hangs(rule: Rule, make: Callable[[int], str]) -> str:
    """What a pattern took over a few characters, where that is much."""
    return next((f"{s:.1f} s over {n} characters" for n in FIRST if (s := spent(rule, make(n))) > ENOUGH), "")


def grows(rule: Rule, make: Callable[[int], str]) -> str:
    """What a pattern took where it grew faster than the text; empty where it did not. Measured again before."""
    for _ in range(2):
        short = spent(rule, make(SHORT))
        if short < QUICK or (long := spent(rule, make(LONG))) < GROWTH * short:
            return ""
    return f"{short * 1000:.0f} ms over {SHORT:,} characters, {long * 1000:.0f} ms over {LONG:,}"


def texts(rule: Rule) -> Iterator[tuple[str, Callable[[int], str]]]:
    return chain(attacks(rule), runs())


@pytest.mark.parametrize("word", ["a" * 110, "a-" * 55, "a'" * 55])
def test_a_subject_of_one_endless_word_is_weighed_at_once(word: str) -> None:
    began = time.process_time()
    doer(f"Le maire {word} demande un lieu", "fr", acting=True)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("sign", [")", " ", ".", "7"])
def test_a_line_of_one_endless_sign_announces_nobody_at_once(sign: str) -> None:
    began = time.process_time()
    assert not announced_status(f"a{sign * 100_000}b", "fr")
    assert time.process_time() - began < 1  # it took half a minute


SHORT_BOMBS = {
    "deeds": "Les demandes " + "a" * 150,
    "works": "Les travaux " + "a" * 60,
    "a title before names": "- Un titre de rapport, " + "A" * 3_000 + "! https://a.fr/b",
    "a title of spaces": "- Lire « " + "\t " * 4_000 + "https://a.fr/b",
    "distances": "Les gens vont manger tous les a " + "a-" * 400,
    "attendees": "participants" + "e" * 60 + "(",
}


@pytest.mark.parametrize("text", SHORT_BOMBS.values(), ids=SHORT_BOMBS.keys())
def test_a_short_line_made_for_one_pattern_is_read_at_once(text: str) -> None:
    extract(read_document(RawFile("a.md", b"# Titre\n\nUn lieu.\n")))  # every pattern is compiled
    began = time.process_time()
    extract(read_document(RawFile("a.md", f"# Titre\n\n{text}\n".encode())))
    assert time.process_time() - began < 20  # some took minutes, some years


@pytest.mark.parametrize("white", ["", " ", "\n\t \u00a0"])
def test_no_more_is_looked_at_beside_a_word_than_tells_what_stands_there(white: str) -> None:
    label = "a" * 10_000 + " et" + white + "Anne" + white + "and " + "b" * 10_000
    begin = label.index("Anne")
    assert left_of(label, begin).endswith(" et")
    assert right_of(label, begin + 4).startswith("and ")
    assert max(len(left_of(label, begin)), len(right_of(label, begin + 4))) < 20
    assert (left_of(white + "Anne", len(white)), right_of("Anne" + white, 4)) == ("", "")


@pytest.mark.parametrize("author", ["INSEE", "McDonald", "Anne Dupont", "A.-B. Martin", "Jean-Luc De La Tour"])
def test_who_wrote_a_work_stands_behind_its_title(author: str) -> None:
    reading = extract(read_document(RawFile("a.md", f"- Un titre de rapport, {author} https://a.fr/b\n".encode())))
    assert [resource.author for resource in reading.resources] == [author]


@pytest.mark.soak
def test_the_patterns_are_found() -> None:
    assert len(rules()) > 700
    assert sum(1 for rule in rules() for _ in attacks(rule)) > 4_000


@pytest.mark.soak
def test_no_pattern_hangs_on_a_text_made_for_it() -> None:
    told = (
        f"{rule.place} on {what}: {said}"
        for rule in rules()
        for what, make in attacks(rule)
        if (said := hangs(rule, make))
    )
    assert list(told) == []


@pytest.mark.soak
def test_the_time_of_no_pattern_grows_faster_than_the_text() -> None:
    slow = []
    for rule in rules():
        tried = ((what, hangs(rule, make) or grows(rule, make)) for what, make in texts(rule))
        slow += [f"{rule.place} on {what}: {said}" for what, said in tried if said and rule.place not in BOUNDED][:1]
    assert slow == []


@pytest.mark.soak
def test_those_that_are_left_out_are_there() -> None:
    assert BOUNDED.keys() <= {rule.place for rule in rules()}
