"""Trello boards (JSON export): the board, its lists, their cards and check items as a tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.outline import Topic
from ingest.bounds.limits import check_nodes, check_size
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.jsontree import dict_in
from ingest.maps.maptree import MapContent, UniqueIds, map_document
from ingest.registry import Rank

Values = dict[str, Any]


@dataclass
class _Board:
    """One board being read: what hangs under what, by native id."""

    name: str
    ids: UniqueIds = field(default_factory=UniqueIds)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    count: int = 0

    def topic(self, value: Values) -> Topic:
        check_nodes(self.name, self.count)
        self.count += 1
        topic = Topic(id=self.ids.take(_text(value.get("id"))), label=clean(_text(value.get("name"))))
        topic.note = _text(value.get("desc"))
        if value.get("closed") is True:
            topic.attributes["closed"] = "true"
        return topic

    def leave_people(self, data: Values) -> None:
        """Who belongs to the board, and what they said in its history."""
        said = sum(1 for x in _objects(data, "actions") if x.get("type") == "commentCard")
        self.left["comments", "said by members in the history of the board; not read"] += said
        self.left["members", "personal data, not kept"] += sum(1 for _ in _objects(data, "members"))


@dataclass(frozen=True)
class TrelloReader:
    name: str = "trello"
    label: str = "Trello (.json)"
    extensions: tuple[str, ...] = (".json",)
    carries: tuple[str, ...] = ("topics", "tree", "notes", "links", "tags", "attributes", "dates")
    loses: tuple[str, ...] = ("comments", "members", "attached files", "votes", "history", "custom fields", "relations")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        data = raw.json
        if not isinstance(data, dict):
            return False
        if _is_card(data):
            return True
        lists, cards = data.get("lists"), data.get("cards")
        if not isinstance(lists, list) or not isinstance(cards, list):
            return False
        return any(isinstance(x, dict) and x.keys() & {"idList", "idBoard"} for x in [*cards[:50], *lists[:50]])

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        board = _Board(raw.name)
        data = dict_in(raw.json)
        root = _card(data, {}, {}, board) if _is_card(data) else _tree(data, board)
        board.leave_people(data)
        content = MapContent([root], title=_text(data.get("name")), ledger=_ledger(raw, board))
        return map_document(raw, "trello", "trello@1", content)


def _is_card(data: Values) -> bool:
    """One card saved by itself."""
    return {"idList", "idBoard", "name"} <= data.keys() and "cards" not in data


def _tree(data: Values, board: _Board) -> Topic:
    root = board.topic(data)
    if data.get("shortUrl") or data.get("url"):
        root.attributes["url"] = _text(data.get("shortUrl") or data.get("url"))
    cards = _by(data, "cards", "idList")
    checklists = _by(data, "checklists", "idCard")
    colours = {_text(x.get("id")): _text(x.get("name") or x.get("color")) for x in _objects(data, "labels")}
    seen = set()
    for column in sorted(_objects(data, "lists"), key=_position):
        topic = board.topic(column)
        root.children.append(topic)
        native = _text(column.get("id"))
        if native not in seen:  # a repeated list holds its cards once
            _cards(cards.get(native, []), topic, checklists, colours, board)
        seen.add(native)
    lost = [card for native, group in cards.items() if native not in seen for card in group]
    _cards(lost, root, checklists, colours, board)
    return root


def _cards(
    cards: list[Values], column: Topic, checklists: dict[str, list[Values]], colours: dict[str, str], board: _Board
) -> None:
    column.children += [_card(card, checklists, colours, board) for card in sorted(cards, key=_position)]


def _card(card: Values, checklists: dict[str, list[Values]], colours: dict[str, str], board: _Board) -> Topic:
    topic = board.topic(card)
    topic.tags = _tags(card, colours)
    topic.links = [_text(x.get("url")) for x in _objects(card, "attachments") if x.get("url")]
    topic.dates = {k: _text(card[k]) for k in ("start", "due", "dateLastActivity") if card.get(k)}
    for checklist in checklists.pop(_text(card.get("id")), []) or list(_objects(card, "checklists")):
        _items(checklist, topic, board)
    board.left["fields", "fields of the board's own making are not read"] += len(_list(card, "customFieldItems"))
    return topic


def _tags(card: Values, colours: dict[str, str]) -> list[str]:
    """The labels of a card, by its own list where the board has no such label, as boards before 2015 have none."""
    own = [(_text(x.get("id")), _text(x.get("name") or x.get("color"))) for x in _objects(card, "labels")]
    named = [colours.get(native) or dict(own).get(native, "") for native in map(_text, _list(card, "idLabels"))]
    return [x for x in named if x] or [name for _, name in own if name]


def _items(checklist: Values, card: Topic, board: _Board) -> None:
    for item in _objects(checklist, "checkItems"):
        topic = board.topic(item)
        topic.attributes["checklist"] = _text(checklist.get("name"))
        topic.attributes["state"] = _text(item.get("state"))
        card.children.append(topic)


def _objects(value: Values, key: str) -> Iterator[Values]:
    return (x for x in _list(value, key) if isinstance(x, dict))


def _list(value: Values, key: str) -> list[Any]:
    found = value.get(key)
    return found if isinstance(found, list) else []


def _by(data: Values, key: str, parent: str) -> dict[str, list[Values]]:
    found: dict[str, list[Values]] = {}
    for value in _objects(data, key):
        found.setdefault(_text(value.get(parent)), []).append(value)
    return found


def _position(value: Values) -> float:
    found = value.get("pos")
    return float(found) if isinstance(found, int | float) and abs(found) < 1e300 else 0.0


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def _ledger(raw: RawFile, board: _Board) -> Ledger:
    """Counted on the flat arrays of the file, whatever the tree made of them."""
    data = raw.json
    items = [x for checklist in _objects(data, "checklists") for x in _objects(checklist, "checkItems")]
    flat = [data, *_objects(data, "lists"), *_objects(data, "cards"), *items]
    found = {"topics": len(flat), "notes": sum(bool(_text(x.get("desc")).strip()) for x in flat)}
    found["links"] = sum(bool(y.get("url")) for x in flat for y in _objects(x, "attachments"))
    left = [LeftOut(what, "board", n, why) for (what, why), n in board.left.items() if n]
    return Ledger({what: n for what, n in found.items() if n}, left_out=left)


READER = TrelloReader()
