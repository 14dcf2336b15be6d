"""Hundreds of hostile files of every format: refused on one line or read, in 10 s and 500 MB, reading nothing else."""

from __future__ import annotations

import contextlib
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.errors import InputRefused
from graph.export.jsontext import deep_json
from ingest.document import RawFile
from ingest.maps.outline import outline_json
from ingest.registry import choose, read_document
from tests.fuzzing import watched
from tests.hostile import of_archives, of_damaged, of_growth, of_multiplied, of_text, of_variants, of_xml

SECONDS = 25.0  # of processor time, the other process included: the aim is 10, a busy machine inflates it
MEMORY = 500_000_000
pytestmark = pytest.mark.usefixtures("settled")
_FOLDER = Path(tempfile.mkdtemp())
CANARY_FILE = _FOLDER / "canari.txt"
CANARY_FILE.write_text(of_xml.CANARY, encoding="utf-8")
CASES: dict[str, Callable[[], bytes]] = {
    **of_xml.cases(str(CANARY_FILE)), **of_archives.archives(str(CANARY_FILE)), **of_text.cases(),
    **of_multiplied.cases(), **of_multiplied.odd_values(), **of_variants.cases(),
    **of_damaged.cases(),
}  # fmt: skip


# A second or more each on a busy machine: one of each kind in every run, the others in the long campaigns.
_HEAVY = (
    "100,000 siblings", "100,000 nodes", "100,000 elements", "100,000 groups", "100,000 levels.txt",
    "100,000 levels.org", "label of 5 MB", "5 MB on one line", "headers without end", "boundaries without end",
    "chain without end", "elements without end", "objects without end", "values without end", "namespaces without end",
    "front matter never closed", "ids all equal", "answers in a chain", "ever deeper", "10,000 nested parts",
    "run of '\\n", "run of '\\r", "run of '\\x0c", "run of '\\u2028", "run of 'a-",
)  # fmt: skip
_ALWAYS = {
    "100,000 siblings.vym",
    "label of 5 MB.opml",
    "5 MB on one line.org",
    "run of '\\n> '.txt",
    "ever deeper.txt",
}
_ARCHIVES = of_archives.archives(str(CANARY_FILE))
LONG = {name for name in CASES if name.startswith(_HEAVY)} - _ALWAYS - set(_ARCHIVES)
LONG |= {f"100,000 siblings.{end}" for end in ("mindnode", "xmind")}
LONG |= {f"page of endless {what}.pdf" for what in ("text", "brackets")}
LONG |= set(of_multiplied.cases()) - set(list(of_multiplied.cases())[:: of_multiplied.SHARES])
LONG |= set(of_multiplied.HEAVY)
LONG |= set(of_variants.cases()) - set(list(of_variants.cases())[:: of_variants.SHARES])
LONG |= set(of_damaged.cases()) - set(list(of_damaged.cases())[:: of_damaged.SHARES])
assert set(CASES) > LONG
PARAMS = [pytest.param(name, marks=pytest.mark.soak) if name in LONG else name for name in CASES]


def spent() -> float:
    """Seconds of processor time of this process and of those that it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def peak() -> int:
    """The most memory that this process, or one that it waited for, has held; bytes."""
    unit = 1 if sys.platform == "darwin" else 1_024
    return unit * max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def test_there_are_hundreds() -> None:
    assert len(CASES) > 200


@pytest.mark.parametrize("name", PARAMS)
def test_a_hostile_file_is_refused_on_one_line_or_read(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    raw = RawFile(name, CASES[name]())
    before, began = peak(), spent()
    shown = refused = ""
    with watched() as touched, warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            shown = deep_json(outline_json(read_document(raw)))
            shown.encode()  # half a surrogate pair could be written nowhere
        except InputRefused as error:
            refused = str(error)
    assert spent() - began < SECONDS
    assert peak() - before < MEMORY
    assert [t for t in touched if not t.startswith("subprocess.Popen")] == []
    assert of_xml.CANARY not in shown + refused
    assert capfd.readouterr().err == ""
    if refused:
        assert refused.startswith(f"{name}: ")
        assert len(refused.splitlines()) == 1
        assert len(refused) < 1_000


@pytest.mark.parametrize("name", ["atelier.odt", "atelier.nm5", "atelier.mind", "atelier.xmind"])
@pytest.mark.parametrize("what", ["entries encrypted", "deflate cut"])
def test_an_archive_that_cannot_be_unpacked_says_so_and_is_not_called_unknown(what: str, name: str) -> None:
    with pytest.raises(InputRefused, match="this part of the archive cannot be unpacked"):
        read_document(RawFile(name, CASES[f"{what}, {name}"]()))


@pytest.mark.soak
def test_time_grows_with_what_there_is_more_of() -> None:
    """Each kind of element, object or line of each format, 30,000 and 120,000 bytes more of it."""
    slow = []
    for name, what, grown in of_growth.growing():
        short, long = (_seconds(name, grown(size)) for size in (30_000, 120_000))
        if long > 0.5 and long > 10 * short and _seconds(name, grown(120_000)) > 10 * _seconds(name, grown(30_000)):
            slow.append(f"{name}, {what}: {short:.2f} s, then {long:.2f} s")
    assert slow == []


def _seconds(name: str, data: bytes) -> float:
    raw = RawFile(name, data)
    began = time.process_time()
    with contextlib.suppress(InputRefused):
        outline_json(choose(raw).read(raw))
    return time.process_time() - began
