"""The corpus as IRaMuTeQ reads it: texts after lines of starred variables (**** *source_x *meeting_y *date_2026).

A source is a text; where it tells who speaks (« X : … »), each turn is one, with its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph.model import Passage, SourceInfo
from graph.store.base import Store
from graph.study.speakers import Speakers
from graph.text import words

LONGEST = 40  # characters of a modality
_STARS = re.compile(r"[*$]+")  # they begin variables and end texts
_SPACES = re.compile(r"\s+")


def write(store: Store, path: Path) -> None:
    """Write the corpus; a source without a word is left out."""
    speakers = Speakers(store)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for info in sorted(store.sources(), key=lambda i: (i.date, i.id)):
            for speaker, said in _turns(store, info, speakers):
                file.write(f"{_variables(info, speaker)}\n{said}\n\n")


def _turns(store: Store, info: SourceInfo, speakers: Speakers) -> Iterator[tuple[str, str]]:
    """Each speaker with what follows in a row; one turn without a speaker where nobody is named."""
    now, lines = "", list[str]()
    for passage in _leaves(store.passages(info.id)):
        speaker = speakers.turn(info.id, passage.end - 1)
        if lines and speaker != now:
            yield now, "\n".join(lines)
            lines = []
        now = speaker
        lines.append(_SPACES.sub(" ", _STARS.sub(" ", passage.label)).strip(" -"))
    if any(lines):
        yield now, "\n".join(line for line in lines if line)


def _leaves(passages: list[Passage]) -> Iterator[Passage]:
    """The passages that say something: the sentences of a paragraph rather than the paragraph; no page furniture."""
    parted = {p.parent for p in passages if p.kind == "sentence"}
    return (p for p in passages if p.id not in parted and p.kind != "furniture" and p.label.strip())


def _variables(info: SourceInfo, speaker: str) -> str:
    given = {
        "source": info.name.rpartition(".")[0] or info.name,
        "meeting": info.meeting,
        "date": info.date,
        "year": info.date[:4],
        "place": info.place,
        "speaker": speaker,
    }
    return "**** " + " ".join(f"*{name}_{modality(value)}" for name, value in given.items() if modality(value))


def modality(value: str) -> str:
    """The value of a variable: letters and digits only.

    >>> modality("Atelier n° 2 – Été")
    'ateliern2ete'
    """
    return "".join(words(value))[:LONGEST]
