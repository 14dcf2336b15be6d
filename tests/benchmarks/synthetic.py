"""A graph that looks like one of workshops, of any size: heavy-tailed themes and names, evidence for everything.

Invented words, the same for the same seed. About one node in a hundred is a theme, and themes, bodies and places are
drawn by a power law, so that a few are in a large share of the sentences. Three relations per node.
"""

from __future__ import annotations

import hashlib
import itertools
import random
from collections.abc import Iterator, Sequence
from functools import cached_property

from graph.model import Evidence, Fragment, Node, Passage, Relation, Source, Visibility, make_id
from graph.text import key

SENTENCES = 1_000  # of an ordinary source
LARGE = 10_000  # of the one that is removed
NODES_PER_SOURCE = 1_122  # statements, and the bodies and places that a source of 1,000 sentences names; measured
_STATEMENTS = ("proposal", "finding", "question", "action")
_STRESSED = ("ba", "ce", "di", "fo", "gu", "la", "mé", "ni", "po", "ru", "sa", "té", "vi", "cho", "brin", "ral", "tour")
_RULE = "benchmark.synthetic@1"


class Territory:
    """Where the words come from: themes, bodies and places of a graph of about `nodes` nodes."""

    def __init__(self, nodes: int, seed: int = 7) -> None:
        self.nodes, self.seed = nodes, seed
        rng = random.Random(seed)
        self.words = _distinct(rng, 6_000, 1)
        self.themes = _distinct(rng, max(20, nodes // 100), 2)
        self.bodies = _distinct(rng, 120, 2)
        self.places = _distinct(rng, 60, 1)

    @property
    def sources(self) -> int:
        return max(1, round((self.nodes - len(self.themes)) / NODES_PER_SOURCE))

    @cached_property
    def _weights(self) -> dict[str, list[float]]:
        pools = {"words": self.words, "themes": self.themes, "bodies": self.bodies, "places": self.places}
        return {
            name: list(itertools.accumulate(1 / (r + 2) ** 0.9 for r in range(len(p)))) for name, p in pools.items()
        }

    def draw(self, rng: random.Random, pool: str, count: int) -> list[str]:
        return rng.choices(getattr(self, pool), cum_weights=self._weights[pool], k=count)

    def fragments(self) -> Iterator[Fragment]:
        """Every ordinary source, made one at a time."""
        for n in range(self.sources):
            yield _Source(self, f"source-{n:05}.txt", SENTENCES, random.Random(f"{self.seed} {n}")).fragment()

    def one(self, name: str) -> Fragment:
        """A document more, under this name."""
        return _Source(self, name, SENTENCES, random.Random(f"{self.seed} {name}")).fragment()

    def large(self, sentences: int = LARGE) -> Fragment:
        """A source of 10,000 passages, or of so many."""
        return _Source(self, "large.txt", sentences, random.Random(f"{self.seed} large")).fragment()

    def queries(self, count: int) -> list[str]:
        """What people type: words frequent and rare, two words, beginnings, labels."""
        rng = random.Random(self.seed + 1)
        makes = (
            lambda: self.draw(rng, "words", 1)[0],
            lambda: " ".join(self.draw(rng, "words", 2)),
            lambda: self.draw(rng, "words", 1)[0][:4],
            lambda: self.draw(rng, "themes", 1)[0],
            lambda: rng.choice(self.words),
        )
        return [makes[n % len(makes)]() for n in range(count)]

    def theme_ids(self, count: int, *, hubs: bool) -> list[str]:
        """Ids of themes, hubs first or drawn evenly."""
        labels = self.themes[:count] if hubs else random.Random(self.seed + 2).choices(self.themes, k=count)
        return [make_id("theme", "theme", key(label)) for label in labels]


def _distinct(rng: random.Random, count: int, words: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(" ".join("".join(rng.choices(_STRESSED, k=rng.randint(2, 4))) for _ in range(words)))
    return list(found)


class _Source:
    """One source: a sentence per passage, each a statement about two themes, made by a body, sometimes for a place."""

    def __init__(self, territory: Territory, name: str, sentences: int, rng: random.Random) -> None:
        self.territory, self.name, self.rng = territory, name, rng
        self.document = make_id("document", name)
        self.lines: list[str] = []
        self.at = 0
        self.passages: list[Passage] = []
        self.attributes: dict[str, dict[str, str]] = {}
        self.said: dict[str, tuple[str, str, list[Evidence]]] = {}
        self.relations: list[Relation] = []
        for _ in range(sentences):
            self._sentence()

    def _sentence(self) -> None:
        draw = self.territory.draw
        plain = draw(self.rng, "words", 9)
        named = [("theme", label) for label in dict.fromkeys(draw(self.rng, "themes", 2))]
        named += [("organisation", draw(self.rng, "bodies", 1)[0])]
        named += [("territory", draw(self.rng, "places", 1)[0])] if self.rng.random() < 0.55 else []
        pieces: list[str] = []
        ends: list[tuple[str, str]] = []
        length = 0
        for n, word in enumerate([*plain[:3], *(label for _, label in named), *plain[3:]]):
            if 3 <= n < 3 + len(named):
                kind, label = named[n - 3]
                ends.append((kind, self._say(kind, label, self.at + length)))
            pieces.append(word)
            length += len(word) + 1
        self._statement(" ".join(pieces), ends)

    def _say(self, kind: str, label: str, start: int) -> str:
        own = make_id(kind, kind, key(label), *([] if kind == "theme" else [self.document]))
        evidence = Evidence(start, start + len(label), label, _RULE, 0.9)
        self.said.setdefault(own, (kind, label, []))[2].append(evidence)
        return own

    def _statement(self, line: str, ends: Sequence[tuple[str, str]]) -> None:
        start, end = self.at, self.at + len(line)
        kind = self.rng.choice(_STATEMENTS)
        evidence = Evidence(start, end, line, _RULE, 0.8)
        own = make_id(kind, self.name, start)
        self.said[own] = (kind, line, [evidence])
        types = {"theme": "about", "organisation": "made_by", "territory": "concerns"}
        self.relations += [Relation(own, types[other], id_, (evidence,)) for other, id_ in ends]
        self._passage(line)

    def _passage(self, line: str) -> None:
        start, end = self.at, self.at + len(line)
        order = len(self.passages)
        self.passages.append(Passage(make_id("passage", self.name, order), order, "sentence", start, end, line))
        self.lines.append(line)
        self.at = end + 1

    def fragment(self) -> Fragment:
        text = "\n".join(self.lines) + "\n"
        data = text.encode()
        digest = hashlib.sha256(data).hexdigest()
        month = self.rng.randint(1, 12)
        nodes = tuple(
            Node(
                id_, kind, label, tuple(evidence), attributes=self.attributes.get(id_, {}),
                merge_key=key(label) if kind == "territory" else "",
            )
            for id_, (kind, label, evidence) in self.said.items()
        )  # fmt: skip
        source = Source(
            make_id("source", digest), self.document, self.name, digest, "txt", text, data,
            meeting=f"Atelier {month}", date=f"2031-{month:02}-14", visibility=Visibility.PUBLISHED,
        )  # fmt: skip
        return Fragment(source, tuple(self.passages), nodes, tuple(self.relations))


# --- what workshops keep beside their sentences ----------------------------------------------------------------------

_SHARES = {"person": 0.01, "figure": 0.03, "resource": 0.02, "initiative": 0.02, "topic": 0.001}  # of all nodes


def marked(nodes: int, seed: int = 11) -> Iterator[Fragment]:
    """People, figures, resources, initiatives and topics for the next meeting, a line each, about the same themes."""
    territory, rng = Territory(nodes), random.Random(seed)
    kinds = [kind for kind, share in _SHARES.items() for _ in range(max(5, round(nodes * share)))]
    rng.shuffle(kinds)
    for part, first in enumerate(range(0, len(kinds), SENTENCES)):
        yield _Kept(territory, f"kept-{part:04}.txt", kinds[first : first + SENTENCES], rng).fragment()


class _Kept(_Source):
    """A source of lines that each keep one thing of the given kinds, and name a theme."""

    def __init__(self, territory: Territory, name: str, kinds: Sequence[str], rng: random.Random) -> None:
        super().__init__(territory, name, 0, rng)
        for kind in kinds:
            self._line(kind)

    def _line(self, kind: str) -> None:
        words, theme = self.territory.draw(self.rng, "words", 6), self.territory.draw(self.rng, "themes", 1)[0]
        said = " ".join(words)
        number = str(self.rng.randint(2, 9_000))
        place = self.territory.draw(self.rng, "places", 1)[0]
        label, attributes = {
            "person": (" ".join(word.title() for word in words[:2]), {"function": words[2]}),
            "figure": (f"{number} {said}", {"value": number, "statement": said, "year": f"203{number[0]}"}),
            "resource": (said, {"url": f"https://{words[0]}.example/{number}", "author": words[1].title()}),
            "initiative": (
                said,
                {"address": f"{number} rue {words[1]}, {place}", "by": words[2], "type": "Formations"},
            ),
            "topic": (said, {"kind": "topic_for_next_meeting"}),
        }[kind]
        line = f"{label} : {theme}"
        evidence = Evidence(self.at, self.at + len(label), label, _RULE, 0.8)
        real = "proposal" if kind == "topic" else kind
        own = make_id(real, self.name, self.at)
        self.said[own] = (real, label, [evidence])
        self.attributes[own] = attributes
        about = self._say("theme", theme, self.at + len(label) + 3)
        if kind == "topic":
            self.relations.append(Relation(own, "about", about, (evidence,)))
        self._passage(line)
