"""Transcripts and subtitles (.vtt, .srt, .sbv): who says what, and when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import pairwise

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
_TIMING = re.compile(rf"[ \t]*(?P<start>{_TIME})[ \t]*(?:-->|,)[ \t]*(?P<end>{_TIME})(?P<settings>.*)")
_SRT = re.compile(rf"\s*\d{{1,7}}[ \t]*\r?\n[ \t]*{_TIME}[ \t]*-->".encode())
_SBV = re.compile(rf"\s*{_TIME},{_TIME}[ \t]*\r?\n".encode())
_ARROWS = re.compile(rf"-->|(?m:^{_TIME},{_TIME}\s*$)".encode())
_INNER = re.compile(rf"<{_TIME}>")  # when a word is said: captions that roll, each with the line before
_ASIDES = (("NOTE", "comments"), ("STYLE", "styles"), ("REGION", "regions"))
_ASIDE = re.compile(r"(?P<what>NOTE|STYLE|REGION)(?:[ \t]|$)")
_VOICE = re.compile(r"<v(?:\.[\w.-]++)?[ \t]+(?P<name>[^<>\n]{1,100})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_SPEAKER = re.compile(
    r"(?:>>[ \t]*|-[ \t]*)?(?P<name>[A-ZÀ-ÖØ-Þ][\w’'.-]{0,30}(?:[ ][\w’'.()-]{1,30}){0,3})[ ]?:[ ]+(?=\S)"
)
_TURN = re.compile(r"(?:>>+|[-–])[ \t]*(?=\S)")
_DASH = re.compile(r"^[ \t]*[-–—][ \t]+(?=\S)")  # another one speaks
_ENDS = re.compile(r"[.!?…][»”\")\]]*$")
_ROLLED = 8  # lines of a caption that the next may say again
_LONG = 700  # characters of one paragraph, at the next end of a sentence
_LONGEST = 3_000


@dataclass(frozen=True)
class TranscriptReader:
    name: str = "transcript"
    label: str = "Transcription, sous-titres (.vtt, .srt, .sbv)"
    extensions: tuple[str, ...] = (".vtt", ".srt", ".sbv")
    carries: tuple[str, ...] = ("speakers", "times", "paragraphs", "sentences")
    loses: tuple[str, ...] = ("positions on the picture", "styles", "comments")
    rank: Rank = Rank.MARKED

    def accepts(self, raw: RawFile) -> bool:
        head = raw.data[:2_000].removeprefix(b"\xef\xbb\xbf")
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            head = head[2:].replace(b"\x00", b"")
        if looks_binary(raw.data):
            return False
        return re.match(rb"\s*WEBVTT(?:[ \t\r\n-]|\Z)", head) is not None or any(m.match(head) for m in (_SRT, _SBV))

    def read(self, raw: RawFile) -> Document:
        decoded = decode(raw)
        lines = [line.text for line in split_lines(decoded.text)]
        cues = list(_cues(lines))
        spoken = list(_spoken(cues, _names(lines)))
        if not spoken:
            raise InputRefused(raw.name, "nothing is said in this transcript")
        if not any(turn.cue for turn in spoken):
            raise InputRefused(raw.name, "nothing in this transcript stands at a time")
        rendering = Rendering()
        turns = list(_turns(spoken))
        for turn in turns:
            rendering.place = turn.start
            rendering.paragraph(f"{turn.speaker} : {turn.text}" if turn.speaker else turn.text)
        text, blocks = rendering.finish()
        check_nodes(raw.name, len(blocks) // 4)
        ledger = Ledger(
            raw_counts(decoded.text.encode(), (("cues", _ARROWS.pattern),)),
            {"cues": len({turn.cue for turn in spoken if turn.cue}), "turns": len(turns)},
        )
        ledger.left_out = [*decoded.losses, *_left(cues)]
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


@dataclass(slots=True)
class _Cue:
    """Lines up to the next time or empty line. `aside`: a comment or style; `told`: whether they stand under a time."""

    start: str
    lines: list[str]
    number: int = 0
    told: bool = True
    aside: str = ""
    repeated: bool = False


def _cues(lines: list[str]) -> Iterator[_Cue]:
    """Every cue, comment and style, and lines that no time or a broken one stands above, at the time before them."""
    cues = list(_numbered(_blocks(lines)))
    rolling = any(_INNER.search(line) for line in lines) or _rolls(cues)
    before: list[str] = []
    for cue in cues:
        if rolling and not cue.aside:
            shown = [(line, text) for line in cue.lines if (text := _plain(line))]
            plain = [text for _, text in shown]
            again = next((n for n in range(min(len(plain), _ROLLED), 0, -1) if before[-n:] == plain[:n]), 0)
            cue.repeated = 0 < len(plain) == again
            cue.lines, before = [line for line, _ in shown[again:]], plain
        yield cue


def _rolls(cues: list[_Cue]) -> bool:
    """Whether most cues begin with the last line of the one before: captions that roll, without their inner times."""
    said = [lines for cue in cues if not cue.aside and (lines := [x for line in cue.lines if (x := _plain(line))])]
    again = sum(now[0] == before[-1] for before, now in pairwise(said))
    return again > 1 and 2 * again > len(said) - 1


def _numbered(blocks: Iterator[tuple[str, list[str]]]) -> Iterator[_Cue]:
    number, start = 0, "00:00:00"
    for told, words in blocks:
        aside = _ASIDE.match(words[0]) if words and not told else None
        said = [line for line in words if told or not ("-->" in line or line.strip().isdigit())]
        timed = bool(told) or any("-->" in line for line in words)
        number += timed and not aside
        start = _clock(told) if told else start
        if told or aside or any(line.strip() for line in said):
            yield _Cue(start, said, number if timed else 0, bool(told), aside["what"] if aside else "")


def _blocks(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The lines under each time, "" where none stands above them; without what names the next cue."""
    told, words = "", list[str]()
    for line in _body(lines):
        timing = _TIMING.match(line)
        if timing is None and line:
            words.append(line)
            continue
        if timing and words and (not told or _names_next(words)):
            words.pop()
        if told or words:
            yield told, words
        told, words = timing["start"] if timing else "", []
    if told or words:
        yield told, words


def _names_next(words: list[str]) -> bool:
    """Whether the last line names the next cue: a number, or what stands below a blank that is no empty line."""
    return words[-1].strip().isdigit() or (len(words) > 1 and not words[-2].strip())


def _body(lines: list[str]) -> list[str]:
    """The lines below the head of a WebVTT file, which ends at an empty line or at a time."""
    if not lines or not lines[0].lstrip("\ufeff").startswith("WEBVTT"):
        return lines
    return lines[next((n for n, line in enumerate(lines) if not line or _TIMING.match(line)), len(lines)) :]


def _spoken(cues: list[_Cue], names: set[str]) -> Iterator[_Turn]:
    """What is said; a cue in which several speak is several."""
    for cue in cues:
        if not cue.aside:
            voices = _voices("\n".join(cue.lines), names)
            yield from (_Turn(cue.start, name, text, cue.number) for name, text in voices if text)


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
            said.append(_DASH.sub("", line))
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


def _left(cues: list[_Cue]) -> Iterator[LeftOut]:
    said = [cue for cue in cues if not cue.aside]
    for what, why, count in (
        *((what, "not part of what is said", sum(cue.aside == mark for cue in cues)) for mark, what in _ASIDES),
        ("cues", "say again what the cue before said", sum(cue.repeated for cue in said)),
        ("cues", "without words", sum(not any(map(_plain, cue.lines)) and not cue.repeated for cue in said)),
        ("times", "missing or broken: the words are kept at the time before", sum(not cue.told for cue in said)),
    ):
        if count:
            yield LeftOut(what, "transcript", count, why)


READER = TranscriptReader()
