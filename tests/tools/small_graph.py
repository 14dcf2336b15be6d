"""A small real graph for the tests of pages: two invented documents written through the store's own verbs."""

from __future__ import annotations

import hashlib

from graph.model import Actor, Evidence, Fragment, Node, Passage, Relation, Source, make_id
from graph.store.base import Store

ATTACK = '<img src=x onerror=alert(1)> **gras** $x^2$ [lien](http://x.example) <a href="javascript:alert(2)">x</a>'
NOTES = """Se déplacer sans voiture

Constat : les aînés manquent des rendez-vous faute de conducteur.
Ouvrir une ligne de covoiturage vers la gare, propose l’association Roues Folles.
Il faudrait peut-être revoir l’éclairage du chemin des Lavoirs.
Qui tient le standard de la navette ?
52 % des trajets font moins de 5 km (enquête ménages, 2024).
Présents : Odile Brinchemont, Roues Folles ; les lycéens du soir.
La mobilité de demain, c’est aussi du covoiturage entre voisins.
"""
SEQUEL = f"""Suite de l’atelier

Le covoiturage vers la gare a commencé avec Roues Folles.
Le vélo manque d’abris {ATTACK} dit un habitant.
"""


def fill(store: Store) -> dict[str, str]:
    """Write both documents; give the ids of the things by a short name."""
    ids: dict[str, str] = {}
    _write(store, "atelier-mars.txt", NOTES, "Se déplacer sans voiture", "Atelier de mars", "2026-03-18", _first, ids)
    _write(store, "atelier-mai.txt", SEQUEL, "Suite de l’atelier", "Atelier de mai", "2026-05-20", _second, ids)
    return ids


def _write(store, name, text, title, meeting, date, build, ids) -> None:
    sha = hashlib.sha256(text.encode()).hexdigest()
    source = Source(
        id=make_id("source", sha), document=make_id("document", sha), name=name, sha256=sha, format="text", text=text,
        data=text.encode(), title=title, meeting=meeting, date=date, place="Vaumerle",
        ledger={"found": {"lines": 9, "images": 1}, "kept": {"lines": 9, "images": 0},
                "left_out": [{"what": "images", "where": "line 3", "count": 1, "why": "les images ne sont pas lues"}]},
    )  # fmt: skip
    nodes, relations = build(text, sha, ids)
    ids[name] = source.id
    store.write(Fragment(source, tuple(_passages(text, sha)), tuple(nodes), tuple(relations)), Actor())


def _passages(text: str, sha: str) -> list[Passage]:
    out, start, heading = [], 0, None
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped)
            kind = "bullet" if out else "heading"
            doubt = 0.52 if "éclairage" in stripped else 1.0
            made = Passage(
                make_id("passage", sha, at), len(out), kind, at, at + len(stripped), stripped,
                level=1, parent=heading, parent_confidence=doubt,
            )  # fmt: skip
            heading = heading or made.id
            out.append(made)
        start += len(line)
    return out


def _node(text, ids, short, kind, label, *said, confidence=0.9, **attributes) -> Node:
    node_id = ids.setdefault(short, make_id(kind, short))
    places = [(text.index(words), words) for words in said]
    evidence = tuple(Evidence(at, at + len(words), words, "test.rule@1", confidence) for at, words in places)
    return Node(node_id, kind, label, evidence, attributes=attributes)


def _relation(text, ids, a, kind, b, said, confidence=0.9) -> Relation:
    start = text.index(said)
    return Relation(ids[a], kind, ids[b], (Evidence(start, start + len(said), said, "test.rule@1", confidence),))


def _first(text, sha, ids):
    line, missed = "Ouvrir une ligne de covoiturage vers la gare", "les aînés manquent des rendez-vous"
    nodes = [
        _node(text, ids, "mobility", "theme", "Mobilité", "déplacer", "mobilité de demain"),
        _node(text, ids, "carpool", "theme", "Covoiturage", "covoiturage", "covoiturage entre voisins"),
        _node(text, ids, "missed", "finding", missed.capitalize(), missed),
        _node(text, ids, "elders", "group", "Aînés", "aînés"),
        _node(text, ids, "line", "proposal", line, line, strength="explicit"),
        _node(text, ids, "light", "proposal", "Revoir l’éclairage", "revoir l’éclairage", confidence=0.45),
        _node(text, ids, "who", "question", "Qui tient le standard ?", "Qui tient le standard de la navette ?"),
        _node(text, ids, "short", "figure", "52 % des trajets", "52 % des trajets font moins de 5 km", value="52 %",
              statement="des trajets font moins de 5 km", source="enquête ménages", year="2024"),
        _node(text, ids, "wheels", "organisation", "Roues Folles", "Roues Folles"),
        _node(text, ids, "odile", "person", "Odile Brinchemont", "Odile Brinchemont", function="présidente"),
    ]  # fmt: skip
    whole = "Ouvrir une ligne de covoiturage vers la gare, propose l’association Roues Folles."
    relations = [
        _relation(text, ids, "line", "about", "carpool", line),
        _relation(text, ids, "line", "made_by", "wheels", whole),
        _relation(text, ids, "missed", "about", "mobility", "Constat : les aînés manquent des rendez-vous"),
        _relation(text, ids, "missed", "concerns", "elders", "les aînés manquent des rendez-vous"),
        _relation(text, ids, "line", "responds_to", "missed", line, 0.5),
        _relation(text, ids, "odile", "works_for", "wheels", "Odile Brinchemont, Roues Folles"),
        _relation(text, ids, "who", "about", "mobility", "Qui tient le standard de la navette ?"),
        _relation(text, ids, "short", "about", "mobility", "52 % des trajets"),
        _relation(text, ids, "light", "about", "mobility", "revoir l’éclairage"),
    ]
    return nodes, relations


def _second(text, sha, ids):
    nodes = [
        _node(text, ids, "carpool", "theme", "Covoiturage", "covoiturage"),
        _node(text, ids, "wheels", "organisation", "Roues Folles", "Roues Folles"),
        _node(text, ids, "started", "action", "Le covoiturage a commencé", "Le covoiturage vers la gare a commencé"),
        _node(text, ids, "attack", "theme", ATTACK, ATTACK),
        _node(text, ids, "attacker", "organisation", ATTACK, ATTACK),
        _node(text, ids, "bikes", "finding", f"Le vélo manque d’abris {ATTACK}", f"Le vélo manque d’abris {ATTACK}"),
    ]
    relations = [
        _relation(text, ids, "started", "about", "carpool", "Le covoiturage vers la gare a commencé"),
        _relation(text, ids, "bikes", "about", "attack", "Le vélo manque d’abris"),
    ]
    return nodes, relations
