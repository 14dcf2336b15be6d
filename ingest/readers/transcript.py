"""Transcripts and subtitles (.vtt, .srt): who says what, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from graph.errors import InputRefused
from ingest.bounds.limits import check_nodes
from ingest.decoding import decode, looks_binary
from ingest.document import Document, Ledger, LeftOut, RawFile
from ingest.html.markup import clean
from ingest.language import detect
from ingest.notes.lines import split_lines
from ingest.rawcount import raw_counts
from ingest.registry import Rank
from ingest.rendering import Rendering

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*-->[ \t]*(?P<end>{_TIME})(?P<settings>.*)")
_SRT = re.compile(rf"\s*\d{{1,7}}[ \t]*\r?\n[ \t]*{_TIME}[ \t]*-->".encode())
_VOICE = re.compile(r"<v(?:\.[\w.-]++)?[ \t]+(?P<name>[^<>\n]{1,100})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_SPEAKER = re.compile(
    r"(?:>>[ \t]*|-[ \t]*)?(?P<name>[A-ZÀ-ÖØ-Þ][\w’'.-]{0,30}(?:[ ][\w’'.()-]{1,30}){0,3})[ ]?:[ ]+(?=\S)"
)
_TURN = re.compile(r"(?:>>+|[-–])[ \t]*(?=\S)")
_ENDS = re.compile(r"[.!?…][»”\")\]]*$")
_LONG = 700  # characters of one paragraph, at the next end of a sentence
_LONGEST = 3_000


@dataclass(frozen=True)
class TranscriptReader:
    name: str = "transcript"
    label: str = "Transcription, sous-titres (.vtt, .srt)"
    extensions: tuple[str, ...] = (".vtt", ".srt")
    carries: tuple[str, ...] = ("speakers", "times", "paragraphs", "sentences")
    loses: tuple[str, ...] = ("positions on the picture", "styles", "comments")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        head = raw.data[:2_000].removeprefix(b"\xef\xbb\xbf")
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            head = head[2:].replace(b"\x00", b"")
        if looks_binary(raw.data):
            return False
        return re.match(rb"\s*WEBVTT(?:[ \t\r\n-]|\Z)", head) is not None or _SRT.match(head) is not None

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        lines = [line.text for line in split_lines(decoded.text)]
        spoken = list(_spoken(lines))
        if not spoken:
            raise InputRefused(raw.name, "nothing is said in this transcript")
        rendering = Rendering()
        turns = list(_turns(spoken))
        for turn in turns:
            rendering.place = turn.start
            rendering.paragraph(f"{turn.speaker} : {turn.text}" if turn.speaker else turn.text)
        text, blocks = rendering.finish()
        check_nodes(raw.name, len(blocks) // 4)
        ledger = Ledger(
            raw_counts(decoded.text.encode(), (("cues", rb"-->"),)),
            {"cues": len({turn.cue for turn in spoken}), "turns": len(turns)},
        )
        ledger.left_out = [*decoded.losses, *_left(lines)]
        return Document(
            raw, "transcript", "transcript@1", text, blocks, title=raw.name.rsplit("/", 1)[-1], language=detect(text),
            text_is_file=False, ledger=ledger,
        )  # fmt: skip


@dataclass(slots=True)
class _Turn:
    """What one speaker says from a time on."""

    start: str
    speaker: str
    text: str
    cue: int = 0


def _spoken(lines: list[str]) -> Iterator[_Turn]:
    """Every cue; one in which several speak is several."""
    names = _names(lines)
    at = count = 0
    while at < len(lines):
        timing = _TIMING.match(lines[at])
        at += 1
        if not timing:
            continue
        words: list[str] = []
        while at < len(lines) and lines[at].strip() and not _TIMING.match(lines[at]):
            words.append(lines[at])
            at += 1
        if at < len(lines) and _TIMING.match(lines[at]) and words and words[-1].strip().isdigit():
            words.pop()  # the number of the next cue, without a blank line before it
        start = _clock(timing["start"])
        count += 1
        yield from (_Turn(start, name, text, count) for name, text in _voices("\n".join(words), names) if text)


def _names(lines: list[str]) -> set[str]:
    """What stands before a colon and is a speaker: it comes back, or is a name of several words with capitals."""
    plain = (_TAG.sub("", line).strip() for line in lines)
    counts = Counter(clean(found["name"]) for line in plain if (found := _SPEAKER.match(line)))
    return {name for name, n in counts.items() if n > 1 or (" " in name and name.istitle())}


def _voices(text: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """Speaker and words, by voice tags, else by a name and a colon at the start of a line."""
    tags = list(_VOICE.finditer(text))
    if tags:
        yield "", _plain(text[: tags[0].start()])
        for tag, following in zip(tags, [*tags[1:], None], strict=True):
            yield _plain(tag["name"]), _plain(text[tag.end() : following.start() if following else len(text)])
        return
    name, said = "", list[str]()
    for line in _TAG.sub("", text).split("\n"):
        found = _SPEAKER.match(line.strip())
        if found and clean(found["name"]) in names:
            yield name, _plain(" ".join(said))
            name, said = clean(found["name"]), [line.strip()[found.end() :]]
        else:
            said.append(line)
    yield name, _plain(" ".join(said))


def _plain(text: str) -> str:
    text = clean(unescape(_TAG.sub("", text)))
    return _TURN.sub("", text, count=1) if _TURN.match(text) else text


def _turns(spoken: list[_Turn]) -> Iterator[_Turn]:
    """Cues of one speaker joined, since a sentence goes over several; parted again where it grows long."""
    current: _Turn | None = None
    for cue in spoken:
        if current is not None and _goes_on(current, cue):
            current.text = f"{current.text} {cue.text}"
            continue
        if current is not None:
            yield current
        current = _Turn(cue.start, cue.speaker, cue.text)
    if current is not None:
        yield current


def _goes_on(current: _Turn, cue: _Turn) -> bool:
    if cue.speaker != current.speaker and cue.speaker:
        return False
    ended = _ENDS.search(current.text[-20:]) is not None
    return len(current.text) < _LONG or (not ended and len(current.text) < _LONGEST)


def _clock(time: str) -> str:
    """Hours, minutes and seconds: « 00:01:02 »."""
    parts = re.split(r"[.,]", time)[0].split(":")
    return ":".join(part.zfill(2) for part in ["0", *parts][-3:])


def _left(lines: list[str]) -> Iterator[LeftOut]:
    for mark, what in (("NOTE", "comments"), ("STYLE", "styles"), ("REGION", "regions")):
        count = sum(re.match(rf"{mark}(?:[ \t]|$)", line) is not None for line in lines)
        if count:
            yield LeftOut(what, "transcript", count, "not part of what is said")


READER = TranscriptReader()
