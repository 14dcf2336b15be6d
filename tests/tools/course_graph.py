"""Three invented meetings of a series, through the store's own verbs: a proposal, what became of it, figures."""

from __future__ import annotations

import hashlib
from typing import Any

from graph.model import Actor, Evidence, Fragment, Node, Passage, Relation, Source, make_id
from graph.store.base import Store

FACILITATOR = Actor("animatrice")
SPRING = """Vélo et cars
Ouvrir une ligne de car vers la gare de Brume, dit Roues Folles.
Parler des horaires du marché à la prochaine réunion.
52 % des trajets du canton font moins de 5 km.
Présente : Odile Brinchemont.
"""
SUMMER = """Vélo et cars, suite
La ligne de car vers la gare de Brume est ouverte depuis mai.
Parler des horaires du marché à la prochaine réunion, demande le Foyer.
47 % des trajets du canton font moins de 5 km.
"""
AUTUMN = """Habitat
Les volets clos du bourg.
"""


def node(text: str, kind: str, said: str, label: str = "", own: str = "", /, **attributes: Any) -> Node:
    at = text.index(said)
    identity = own or f"{kind}{label or said}{hashlib.sha256(text.encode()).hexdigest()}"
    return Node(
        make_id(kind, identity), kind, label or said, (Evidence(at, at + len(said), said, "test.rule@1"),),
        attributes=attributes,
    )  # fmt: skip


def link(text: str, a: Node, type_: str, b: Node, said: str, **attributes: Any) -> Relation:
    at = text.index(said)
    return Relation(a.id, type_, b.id, (Evidence(at, at + len(said), said, "test.rule@1"),), attributes)


def write(store: Store, name: str, text: str, meeting: str, day: str, nodes: list[Node], links: list[Relation]) -> str:
    sha = hashlib.sha256(text.encode()).hexdigest()
    source = Source(
        make_id("source", sha), make_id("document", sha), name, sha, "text", text, text.encode(), title=name,
        meeting=meeting, date=day, place="Brume",
    )  # fmt: skip
    passages, start = [], 0
    for n, line in enumerate(text.splitlines(keepends=True)):
        passages.append(
            Passage(make_id("passage", sha, n), n, "bullet", start, start + len(line.strip()), line.strip())
        )
        start += len(line)
    store.write(Fragment(source, tuple(passages), tuple(nodes), tuple(links)), FACILITATOR)
    return source.id


def spring(store: Store) -> str:
    text = SPRING
    car = node(text, "theme", "cars", "cars", "cars")
    line = node(text, "proposal", "Ouvrir une ligne de car vers la gare de Brume", kind="proposal")
    market = node(
        text, "proposal", "Parler des horaires du marché à la prochaine réunion", kind="topic_for_next_meeting"
    )
    short = node(
        text, "figure", "52 % des trajets du canton font moins de 5 km", value="52 %", unit="%",
        statement="des trajets du canton font moins de 5 km",
    )  # fmt: skip
    wheels = node(text, "organisation", "Roues Folles")
    odile = node(text, "person", "Odile Brinchemont", function="présidente")
    event = node(text, "event", "Vélo et cars", "Atelier du printemps", main="yes")
    links = [
        link(text, line, "about", car, line.label),
        link(text, line, "made_by", wheels, f"{line.label}, dit Roues Folles"),
        link(text, odile, "took_part_in", event, "Odile Brinchemont", status="chair"),
    ]
    nodes = [car, line, market, short, wheels, odile, event]
    return write(store, "printemps.txt", text, "Atelier du printemps", "2026-03-18", nodes, links)


def summer(store: Store) -> str:
    text = SUMMER
    car = node(text, "theme", "cars", "cars", "cars")
    opened = node(text, "action", "La ligne de car vers la gare de Brume est ouverte depuis mai")
    market = node(
        text, "proposal", "Parler des horaires du marché à la prochaine réunion", kind="topic_for_next_meeting"
    )
    short = node(
        text, "figure", "47 % des trajets du canton font moins de 5 km", value="47 %", unit="%",
        statement="des trajets du canton font moins de 5 km",
    )  # fmt: skip
    club = node(text, "organisation", "Foyer")
    links = [
        link(text, opened, "about", car, opened.label),
        link(text, market, "made_by", club, f"{market.label}, demande le Foyer"),
    ]
    return write(store, "ete.txt", text, "Atelier de l’été", "2026-06-20", [car, opened, market, short, club], links)


def autumn(store: Store, day: str = "2026-09-24") -> str:
    nodes = [node(AUTUMN, "theme", "Habitat", "habitat", "habitat")]
    return write(store, "automne.txt", AUTUMN, "Atelier de l’automne", day, nodes, [])


def fill(store: Store) -> None:
    """All three, written out of order."""
    for make in (autumn, spring, summer):
        make(store)
