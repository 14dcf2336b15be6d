"""What office files share: parts of an archive parsed on demand, relations between them, and what is never read."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zipfile import ZipFile

from lxml import etree

from graph.errors import InputRefused
from ingest.bounds.limits import open_zip, parse_xml, read_member, zip_head, zip_names
from ingest.document import Block, BlockKind, LeftOut, RawFile, Shape

REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/([\w/]+)")
_FOLDERS = {b"drawingml": b"drawingml/2006", b"wordprocessingml": b"wordprocessingml/2006",
            b"spreadsheetml": b"spreadsheetml/2006", b"presentationml": b"presentationml/2006",
            b"officeDocument": b"officeDocument/2006"}  # fmt: skip
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_MAIN = re.compile(rb"/officeDocument[\"']")
_TARGET = re.compile(rb"\sTarget=[\"']/?([^\"']{1,300})")
_NEVER_READ = (
    ("macros", re.compile(r"(?i)vbaProject\.bin$|^(?:Basic|Scripts)/.+\.(?:xml|py|bsh|js)$"), "programs are never run"),
    ("images", re.compile(r"(?i)(?:^|/)(?:media|Pictures)/[^/]+$"), "pictures are not read"),
    ("embedded objects", re.compile(r"(?i)(?:^|/)(?:embeddings|activeX)/[^/]+\.(?:bin|xlsx|docx|pptx|ole)$"),
     "files inside the file are not opened"),
    ("charts", re.compile(r"(?i)(?:^|/)charts/chart\d*\.xml$"), "charts are not read"),
)  # fmt: skip


def main_part(raw: RawFile, usual: str, kind: str) -> str:
    """The part with the document of an Office archive: the usual one, else what its relations name. Never raises.

    `kind` is in the namespace of its root, e.g. "wordprocessingml"; "" where there is no such part.
    """
    names = zip_names(raw)
    if usual in names or "_rels/.rels" not in names:
        return usual if usual in names else ""
    for relation in _RELATION.findall(zip_head(raw, "_rels/.rels")):
        target = _TARGET.search(relation) if _MAIN.search(relation) else None
        name = posixpath.normpath(target[1].decode("utf-8", "replace")) if target else ""
        if name in names and kind.encode() in zip_head(raw, name, 4_096):
            return name
    return ""


@dataclass(frozen=True, slots=True)
class Relation:
    """Where a part leads: the kind of link (last word of its type), the target, whether it lies outside the file."""

    kind: str
    target: str
    outside: bool


class Package:
    """An office archive being read. Nothing is unpacked to disk, nothing outside the file is followed."""

    def __init__(self, raw: RawFile, archive: ZipFile) -> None:
        self.raw = raw
        self.names = frozenset(archive.namelist())
        self._archive = archive
        self.outside: Counter[str] = Counter()

    def data(self, name: str) -> bytes:
        """The bytes of a part. Raises InputRefused where it is missing."""
        return _STRICT.sub(_transitional, read_member(self.raw, self._archive, name))

    def part(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where the archive has none of that name. Raises InputRefused."""
        return parse_xml(self.raw.name, self.data(name), name) if name in self.names else None

    def needed(self, name: str) -> etree._Element:
        """The root of a part without which there is nothing to read. Raises InputRefused."""
        return parse_xml(self.raw.name, self.data(name), name)

    def relations(self, name: str) -> dict[str, Relation]:
        """What a part is linked to, by relation id; targets are names of the archive, or addresses outside it."""
        folder, base = posixpath.split(name)
        root = self.part(f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels")
        found = {}
        for element in root if root is not None else ():
            kind = str(element.get("Type", "")).rsplit("/", 1)[-1]
            target, outside = str(element.get("Target", "")), element.get("TargetMode") == "External"
            if outside and kind != "hyperlink":
                self.outside[kind] += 1
            elif not outside:
                target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
            found[str(element.get("Id", ""))] = Relation(kind, target, outside)
        return found

    def left_out(self) -> list[LeftOut]:
        """Macros, pictures, objects and links to other files: named, never opened."""
        left = []
        for what, pattern, why in _NEVER_READ:
            if count := sum(bool(pattern.search(name)) for name in self.names):
                left.append(LeftOut(what, "archive", count, why))
        for kind, count in self.outside.items():
            left.append(LeftOut("external links", kind[:60], count, "never followed"))
        return left


def _transitional(found: re.Match[bytes]) -> bytes:
    """The usual namespace for one of "strict" Open XML."""
    return b"http://schemas.openxmlformats.org/" + _FOLDERS.get(found[1], found[1]) + b"/" + found[2]


@contextmanager
def opened(raw: RawFile) -> Iterator[Package]:
    """The archive for as long as it is read. Raises InputRefused for a damaged, hostile or protected one."""
    with open_zip(raw) as archive:
        if any(entry.flag_bits & 1 for entry in archive.infolist()):
            raise InputRefused(raw.name, "protected by a password: save it without one, then import it again")
        yield Package(raw, archive)


def shape_of(blocks: list[Block]) -> Shape:
    """Headings and items make an outline where they are as many as the paragraphs; notes otherwise."""
    outlined = sum(b.kind in {BlockKind.HEADING, BlockKind.BULLET} for b in blocks)
    return Shape.ITEMS if outlined >= sum(b.kind is BlockKind.PARAGRAPH for b in blocks) else Shape.NOTES
