"""Reports of Talk to the City (JSON): topics, subtopics, claims with what was said for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.errors import InputRefused
from graph.outline import Topic
from ingest.bounds.limits import check_size
from ingest.document import Document, RawFile
from ingest.jsontree import count_keys, dict_in, dicts_in, list_in, text_in
from ingest.maps.maptree import map_document
from ingest.maps.treemap import TreeReading
from ingest.registry import Rank

_BELOW = ("themes", "topics", "subtopics", "claims", "similarClaims", "duplicates")
_LABELS = ("title", "claim", "subtopicName", "topicName", "name")  # a claim names its topic too
_NOTES = ("description", "topicShortDescription", "subtopicShortDescription", "context")
_IDS = ("id", "topicId", "subtopicId", "claimId")
_MARKS = frozenset({"subtopics", "claims", "topicName", "subtopicName"})
_TREES = ("tree", "taxonomy")
_WRAPPERS = ("data", "report", "reportData", "tree", "taxonomy")


@dataclass(frozen=True)
class TalkToTheCityReader:
    name: str = "talk-to-the-city"
    label: str = "Talk to the City (.json)"
    extensions: tuple[str, ...] = (".json",)
    carries: tuple[str, ...] = ("topics", "tree", "notes", "attributes", "authors")
    loses: tuple[str, ...] = ("recordings and their times", "cruxes", "sources not cited")
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        tops = _tops(raw.json)
        return bool(tops) and any(_MARKS & top.keys() or _MARKS & _first(top).keys() for top in tops[:20])

    def read(self, raw: RawFile) -> Document:
        check_size(raw)
        tops = _tops(raw.json)
        if not tops:
            raise InputRefused(raw.name, "no topic in this report")
        report, reading = _report(raw.json), TreeReading(raw.name, "report")
        roots = reading.grow(((top, "topic") for top in tops), _maker(reading, _speakers(report)), _below)
        found = count_keys(raw.json, dict.fromkeys((*_BELOW, *_TREES), "topics"), {"quote": "quotes"})
        _leave(report, count_keys(raw.json, {"sources": "sources"}, {}).get("sources", 0), reading)
        content = reading.content(roots, found, text_in(report.get("title")))
        return map_document(raw, "talk-to-the-city", "talk-to-the-city@1", content)


def _leave(report: dict[str, Any], sources: int, reading: TreeReading) -> None:
    sources = sources or len(dicts_in(report.get("data")))
    reading.leave("sources", "what was said is kept with each claim, the whole interviews are not", sources)
    reading.leave("claims", "no topic holds them in the report", len(dicts_in(report.get("unmatchedClaims"))))
    for key in ("question", "description"):
        reading.leave(f"{key} of the report", "no topic holds it", int(bool(text_in(report.get(key)).strip())))
    instructions = sum(key.endswith("Instructions") and bool(value) for key, value in report.items())
    reading.leave("instructions", "they were given to the model that made the report", instructions)


def _speakers(report: dict[str, Any]) -> dict[str, str]:
    """Who said each of the comments that the report was made from."""
    return {text_in(row.get("id")): text_in(row.get("interview")) for row in dicts_in(report.get("data"))}


def _report(data: Any) -> dict[str, Any]:
    """The object that holds the topics: the file, or what stands in its wrappers (a version and a report in a list)."""
    for _ in range(5):
        if isinstance(data, list):
            if any(_MARKS & x.keys() for x in dicts_in(data[:5])):
                return {"topics": data}
            data = next((x for x in data[:3] if isinstance(x, dict)), None)
        if not isinstance(data, dict) or dicts_in(data.get("topics")) or dicts_in(data.get("themes")):
            return dict_in(data)
        if tree := next(
            (data[key] for key in _TREES if any(_MARKS & x.keys() for x in dicts_in(data.get(key))[:5])), None
        ):
            return {**data, "topics": tree}  # beside the rows it was made from
        data = next((data[key] for key in _WRAPPERS if isinstance(data.get(key), dict | list)), None)
    return {}


def _tops(data: Any) -> list[dict[str, Any]]:
    report = _report(data)
    return dicts_in(report.get("themes")) or dicts_in(report.get("topics"))


def _first(top: dict[str, Any]) -> dict[str, Any]:
    return next((x for key in _BELOW for x in dicts_in(top.get(key))), {})


def _below(node: dict[str, Any]) -> list[tuple[dict[str, Any], str]]:
    return [(child, "topic") for key in _BELOW for child in dicts_in(node.get(key))]


def _maker(reading: TreeReading, interviewed: dict[str, str]) -> Any:
    def make(node: dict[str, Any], kind: str) -> Topic:
        topic = reading.topic(_first_text(node, _IDS), _first_text(node, _LABELS), kind)
        quotes = [q for q in _quotes(node) if q.strip()]
        topic.note = "\n".join([*filter(None, [_first_text(node, _NOTES)]), *quotes])
        speakers = [text_in(dict_in(q.get("reference")).get("interview")) for q in dicts_in(node.get("quotes"))]
        said = [text_in(node.get("speaker")), *speakers, interviewed.get(text_in(node.get("commentId")), "")]
        topic.author = ", ".join(dict.fromkeys(x for x in said if x))
        topic.attributes = {k: v for k in ("claimsCount", "commentId", "number") if (v := text_in(node.get(k)))}
        return topic

    return make


def _quotes(node: dict[str, Any]) -> list[str]:
    found = [text_in(q.get("text") or q.get("quote")) for q in dicts_in(node.get("quotes"))]
    return [*found, text_in(node.get("quote")), *[text_in(q) for q in list_in(node.get("quotes"))]]


def _first_text(node: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((text for key in keys if (text := text_in(node.get(key)).strip())), "")


READER = TalkToTheCityReader()
