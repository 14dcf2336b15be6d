"""XMind maps: 2020 and later (content.json) and up to 8 (content.xml), told apart by the entries of the archive."""

from __future__ import annotations

from dataclasses import dataclass

from graph.errors import InputRefused
from ingest.document import Document, LeftOut, RawFile
from ingest.jsontree import parse_json
from ingest.limits import open_zip, read_member, zip_names
from ingest.maptree import map_document
from ingest.readers.xmind_json import read_sheets
from ingest.readers.xmind_xml import read_workbook
from ingest.registry import Rank


@dataclass(frozen=True)
class XMindReader:
    name: str = "xmind"
    label: str = "XMind (.xmind, 2020+ and 8)"
    extensions: tuple[str, ...] = (".xmind",)
    carries: tuple[str, ...] = (
        "topics", "tree", "sheets", "floating topics", "callouts", "summaries", "notes", "links", "relations",
        "markers", "labels", "folded state", "positions",
    )  # fmt: skip
    loses: tuple[str, ...] = (
        "images",
        "attachments",
        "boundaries",
        "styles",
        "revisions",
        "comments",
        "encrypted files",
    )
    rank: Rank = Rank.EXACT

    def accepts(self, raw: RawFile) -> bool:
        names = set(zip_names(raw))
        if "content.json" in names:
            return True
        if "content.xml" not in names:
            return False
        try:
            with open_zip(raw) as archive:
                return b"urn:xmind:xmap" in read_member(raw, archive, "content.xml")[:4_096]
        except InputRefused:
            return raw.extension == ".xmind"

    def read(self, raw: RawFile) -> Document:
        with open_zip(raw) as archive:
            names = archive.namelist()
            if "content.json" in names:
                content = read_sheets(
                    raw.name, parse_json(raw.name, read_member(raw, archive, "content.json"), "content.json")
                )
            else:
                content = read_workbook(raw.name, read_member(raw, archive, "content.xml"))
        for what, prefixes in (("attached files", ("attachments/", "resources/")), ("revisions", ("Revisions/",))):
            count = sum(n.startswith(prefixes) and not n.endswith("/") for n in names)
            if count:
                content.ledger.left_out.append(LeftOut(what, prefixes[0], count, "kept in the file, not read"))
        return map_document(raw, "xmind", "xmind@1", content)


READER = XMindReader()
