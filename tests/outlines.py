"""Maps for the tests of writers: made by Hypothesis, compared after a round trip by what the rows say was lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from hypothesis import strategies as st

from graph.export.fit import SIDES, coordinates
from graph.export.registry import Writer, Written
from graph.outline import Boundary, CrossLink, LeftOut, Outline, Topic
from ingest.document import RawFile
from ingest.maps.outline import outline_of
from ingest.registry import NoReader, Reader, choose

INVISIBLE = "\u2060\u200b\u200c\u200d\ufeff\u00ad"
# Labels that mean something to one format or another.
MARKS = (
    "= 1+1", "=SOMME(A1)", "+33", "-12", "@nom", "# titre", "- liste", "1. un", "* a *", "**gras**",
    "_a_ et `b`", "[a](b)",
    "[[lien]]", "![x](y)", "<b>gras</b>", "<html>x</html>", "<script>alert(1)</script>", "a < b & c > d", "&lt;b&gt;",
    "&amp;", "@endmindmap", "!include x", "%date() $x", ":multi;", "TODO faire", "a :tag:", "[#A] x",
    "*étoile", "fin \\",
    "\\n", '"guillemets"', "a \"b\" 'c'", "]]>", "{{x}} }}", "((x))", "%%{init}%%", "---", "===", "| a | b |",
    "a;b,c",
    "id::icon(x)", "~~x~~", "==x==", "> cité", "www.exemple.org", "a@exemple.org", "x #", "\N{GRINNING FACE}",
    "œuvre à Noël",
    "عربي", "中文", "e\u0301", "«\u00a0a\u00a0»",
    # directives, macros, LaTeX, embedded diagrams, calls of programs
    "@startuml", "@startmindmap", "!includeurl http://x/y", "!procedure $p()", "!$x = 1", "%getenv(HOME)", "{{",
    "{{uml", "{{ditaa",
    "<math>x</math>", "<latex>x</latex>", "<&warning>", "<U+0041>", "skinparam x", "title x", "left side",
    "%%{init: {'x': 1}}%%", "%% note %%",
    "click n1 call x()", 'n1["x"]', ":::urgent", "root((x", "#35;lt;", "```mermaid", "~~~", "$x^2$", "$$x^2$$",
    "\\(x\\)", "\\[x\\]",
    "\\latex x^2", "\\unparsedlatex x", "\\input{x}", "`= this.x`", "`$= dv.x`", "<% tp.x %>", "{% include x %}",
    "[[x|y]]", "![[x]]", "[^1]", "[^1]: x",
    "[x]: y", "#mot", "^bloc", "cle:: valeur", "collapsed:: true", "- [ ] faire", "[ ] faire", "<!-- x -->",
    "<!-- markmap: fold -->",
    "#+INCLUDE: x", "#+begin_src sh", ":PROPERTIES:", "{{{x(1)}}}", "src_sh{x}", "call_x()", "<<cible>>",
    "@@html:x@@", "<%%(x)>", "SCHEDULED: <2031-01-01>",
    "&x;", "&#0;", "&amp;lt;", "<?php x ?>", "<!ENTITY x 'y'>", "]]><x/>", '" onload="x', "javascript:alert(1)",
    '=HYPERLINK("x")', "\t=1", "1;2", "a,b;c\"",
)  # fmt: skip
_CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"],
    exclude_characters="".join(map(chr, range(0x2500, 0x2580))),
)  # fmt: skip
_LINES = st.text(_CHARACTERS, max_size=24) | st.sampled_from(MARKS)
_WORD = st.text("abcdefgéàœ漢", min_size=1, max_size=8)
_LINKS = st.sampled_from(
    [
        "https://exemple.org/",
        "http://exemple.org/a?b=c&d=é",
        "mailto:a@exemple.org",
        "notes/fichier.pdf",
        "#t2",
        "x y z",
    ]
)
_DAYS = st.datetimes().map(lambda d: d.replace(year=2000 + d.year % 60, microsecond=0).isoformat() + "+00:00")


def one_line(text: str) -> str:
    """A label as every reader gives it."""
    return " ".join(re.sub(f"[{INVISIBLE}]", "", text).split())


def many_lines(text: str) -> str:
    """A note as every reader gives it: lines without blanks around them, none empty."""
    return "\n".join(line for line in map(one_line, text.split("\n")) if line)


@st.composite
def topics(draw: st.DrawFn, number: int) -> Topic:
    """One topic, with a little of everything."""
    topic = Topic(f"t{number}", one_line(draw(_LINES)))
    if draw(st.booleans()):
        return topic
    topic.note = many_lines("\n".join(draw(st.lists(_LINES, max_size=3))))
    topic.details = many_lines(draw(st.just("") | _LINES))
    topic.links = draw(st.lists(_LINKS, max_size=2, unique=True))
    topic.icons = draw(st.lists(st.sampled_from(["help", "button_ok", "fa fa-book", "priority-1"]), max_size=2))
    topic.tags = draw(st.lists(_WORD | st.sampled_from(["deux mots", "a,b"]), max_size=2, unique=True))
    topic.attributes = draw(st.dictionaries(_WORD | st.just("cle"), _WORD | st.just("=1"), max_size=2))
    topic.kind = draw(st.sampled_from(["topic"] * 5 + ["floating", "summary", "callout"]))
    topic.folded = draw(st.booleans())
    places = st.fixed_dictionaries({"x": st.integers(-900, 900), "y": st.integers(-900, 900)})
    topic.position = draw(st.none() | st.sampled_from(["left", "right"]) | places)
    topic.dates = draw(st.dictionaries(st.sampled_from(["created", "modified", "due"]), _DAYS, max_size=2))
    topic.style = draw(st.dictionaries(st.sampled_from(["background", "text", "edge"]), st.just("#a0b1c2"), max_size=2))
    topic.author = draw(st.sampled_from(["", "Ana Perle"]))
    topic.confidence = draw(st.sampled_from([1.0, 0.5]))
    return topic


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """A map of one to twelve topics, in any shape."""
    made = [draw(topics(n)) for n in range(draw(st.integers(1, 12)))]
    roots: list[Topic] = []
    for n, topic in enumerate(made):
        above = draw(st.none() | st.integers(0, n - 1)) if n else None
        (roots if above is None else made[above].children).append(topic)
    for root in roots:
        root.sheet = draw(st.sampled_from(["", "Feuille 1"]))
    ends = st.sampled_from([topic.id for topic in made])
    directions = st.sampled_from(["none", "forward", "backward", "both"])
    links = st.builds(CrossLink, ends, ends, _LINES.map(one_line), directions)
    frames = st.builds(Boundary, st.lists(ends, min_size=1, max_size=2, unique=True).map(tuple), _LINES.map(one_line))
    return Outline(roots, draw(st.lists(links, max_size=3)), draw(st.lists(frames, max_size=1)), one_line(draw(_LINES)))


# Formats whose words are our own: all that is written comes back, whatever else their readers take.
_OURS = frozenset({"csv", "json-tree"})


def reads(reader: Reader, writer: Writer) -> set[str]:
    """What comes back of what is written, as the reader says."""
    return {*reader.carries, *(writer.carries if writer.name in _OURS else ())} - {"confidence of parents"}


def reader_of(writer: Writer, written: Written) -> tuple[Reader, RawFile] | None:
    """The reader that takes what was written, None where the format has none of its own."""
    raw = RawFile(f"carte{writer.extensions[0]}", written.data)
    try:
        reader = choose(raw)
    except NoReader:
        return None
    return (reader, raw) if reader.name == writer.name else None


# What a reader may call the parts of a map, in what it says it carries.
_WORDS = {
    "icons": {"icons", "markers"}, "tags": {"tags", "labels"}, "summaries": {"summaries"}, "callouts": {"callouts"},
    "sheets": {"titles of sheets"}, "confidence of parents": {"confidence of parents"},
}  # fmt: skip
KINDS = ("summary", "callout")
_LISTS = {"links": "links", "icons": "icons", "tags": "tags"}
_MAPS = {"attributes": "attributes", "dates": "dates", "colours": "style"}


class RoundTrip:
    """One map before and after a format, with what the format's rows and its reader's words allow to differ."""

    def __init__(self, before: Outline, writer: Writer, written: Written, reader: Reader, raw: RawFile) -> None:
        self.rows = written.left_out
        self.lost = Counter[str]()
        for row in self.rows:
            self.lost[row.what] += row.count
        self.reads = reads(reader, writer)
        self.before = self._expected(before)
        self.after = outline_of(reader.read(raw))
        self.old = list(self.before.walk())
        self.new = list(self.after.walk())

    def row(self, what: str, why: str) -> LeftOut | None:
        """The row for this loss whose reason holds these words."""
        return next((row for row in self.rows if row.what == what and why in row.why), None)

    def read_back(self, part: str) -> bool:
        """Whether the reader says that it gives this part."""
        return bool(self.reads & _WORDS.get(part, {part}))

    def _expected(self, before: Outline) -> Outline:
        """The tree that the rows announce."""
        roots = before.roots
        if self.row("roots", "a topic that was added"):
            roots = [Topic("added", before.title or "Carte mentale", children=roots)]
        elif self.row("roots", "hang under it"):
            first = roots[0]
            first.children += roots[1:]
            roots = [first]
        return Outline(roots, before.cross_links, before.boundaries, before.title, before.kind)

    # --- what must be the same --------------------------------------------------------------------------------------

    def check(self) -> None:
        """Every assertion about one round trip."""
        self.check_tree()
        self.check_kinds()
        self.check_texts()
        for part, field in _LISTS.items():
            self.check_values(
                part, [list(getattr(t, field)) for t in self.pair(0)], [getattr(t, field) for t in self.pair(1)]
            )
        for part, field in _MAPS.items():
            self.check_values(part, *([self._pairs(getattr(t, field)) for t in self.pair(side)] for side in (0, 1)))
        self.check_flags()
        self.check_places()
        self.check_relations()

    def pair(self, side: int) -> list[Topic]:
        """The topics of the map as it was (0) or came back (1), in order."""
        return [topic for topic, _, _ in (self.new if side else self.old)]

    def labels(self) -> list[tuple[int, str]]:
        """The levels and labels that must come back."""
        flat = "tree" in self.lost or bool(self.row("tree", ""))
        out = []
        for topic, _, level in self.old:
            label = one_line(topic.label)
            if not label and "empty labels" in self.lost:
                label = "…"
            if self.row("notes", "below its label") or self.row("details", "below") or self.row("links", "below"):
                label = one_line("\n".join((label, topic.details, topic.note, *topic.links)))
            out.append((1 if flat else level, label))
        return out

    def check_tree(self) -> None:
        if "order" in self.lost:
            for topic, _, _ in self.old:
                topic.children.sort(
                    key=lambda child: ["summary", "callout"].index(child.kind) if child.kind in KINDS else -1
                )
            self.old = list(self.before.walk())
        assert [(level, one_line(topic.label)) for topic, _, level in self.new] == self.labels()

    def check_kinds(self) -> None:
        named = {"floating": "floating topics", "summary": "summaries", "callout": "callouts"}
        for old, new in zip(self.pair(0), self.pair(1), strict=True):
            allowed = {old.kind}
            if old.kind in named and (named[old.kind] in self.lost or not self.read_back(named[old.kind])):
                allowed.add("topic")
            if self.row("roots", "every root but the first floats"):
                allowed.add("floating")
            assert new.kind in allowed, (old.label, old.kind, new.kind)

    def check_texts(self) -> None:
        for old, new in zip(self.pair(0), self.pair(1), strict=True):
            note = f"{old.details}\n{old.note}" if self.row("details", "begin the note") else old.note
            if self.read_back("notes") and "notes" not in self.lost:
                assert many_lines(new.note) == many_lines(note)
            if self.read_back("details") and "details" not in self.lost:
                assert many_lines(new.details) == many_lines(old.details)

    def check_values(self, part: str, old: Sequence[Iterable[object]], new: Sequence[Iterable[object]]) -> None:
        """No value is made up, and exactly as many are gone as the rows say."""
        if not self.read_back(part):
            return
        moved = part == "attributes" and any("attribute" in row.why for row in self.rows)
        gone = 0
        for topic, a, b in zip(self.pair(0), old, new, strict=True):
            before, after = Counter(map(_plain, a)), Counter(map(_plain, b))
            made_up = [value for value in after - before if not self.accounted(part, value, topic)]
            assert moved or not made_up, (part, made_up)
            gone += (before - after).total()
        assert moved or gone == self.lost[part], (part, gone, self.rows)

    @staticmethod
    def accounted(part: str, value: str, topic: Topic) -> bool:
        """Some readers find addresses in words."""
        return part == "links" and value in unquote(one_line("\n".join((topic.label, topic.details, topic.note))))

    @staticmethod
    def _pairs(values: dict[str, str]) -> list[str]:
        return [f"{key}={_instant(value).lower()}" for key, value in values.items()]

    def check_flags(self) -> None:
        for old, new in zip(self.pair(0), self.pair(1), strict=True):
            if self.read_back("folded state") and "folded state" not in self.lost:
                assert new.folded == old.folded
            if self.read_back("authors") and "authors" not in self.lost:
                assert new.author == old.author
            if self.read_back("confidence of parents") and "confidence of parents" not in self.lost:
                assert new.confidence == old.confidence
            if self.read_back("sheets") and "sheets" not in self.lost:
                assert new.sheet == old.sheet

    def check_places(self) -> None:
        """The side, or the place to a pixel."""
        for old, new in zip(self.pair(0), self.pair(1), strict=True):
            place = coordinates(old.position)
            if isinstance(old.position, str) and old.position in SIDES:
                assert "sides" in self.lost or not self.read_back("sides") or new.position == old.position
            elif place and self.read_back("positions") and "positions" not in self.lost:
                found = coordinates(new.position)
                assert found is not None
                assert all(abs(found[axis] - place[axis]) <= 0.5 for axis in "xy")

    def check_relations(self) -> None:
        """Every relation between the same two topics, with its label and direction, in order."""
        if not self.read_back("relations"):
            return
        kept = [self._relation(x, self.old) for x in self.before.cross_links]
        back = [self._relation(x, self.new) for x in self.after.cross_links]
        if "tree" in self.lost or self.row("tree", ""):
            kept = [(p, c, "", "") for p, c in self._edges()] + kept
            back = [
                (a, b, label, "" if n < len(kept) - len(self.before.cross_links) else d)
                for n, (a, b, label, d) in enumerate(back)
            ]
        assert len(kept) - len(back) == self.lost["relations"]
        assert not Counter(x[:2] for x in back) - Counter(x[:2] for x in kept) or "relation directions" in self.lost
        if not self.lost["relations"]:
            width = 2 if "relation labels" in self.lost else 3
            assert Counter(x[:width] for x in back) == Counter(x[:width] for x in kept)
            if "relation directions" not in self.lost and self.read_back("relation directions"):
                assert Counter((*x[:2], x[3]) for x in back) == Counter((*x[:2], x[3]) for x in kept)

    def _edges(self) -> list[tuple[int, int]]:
        at = {id(topic): n for n, (topic, _, _) in enumerate(self.old)}
        return [(at[id(parent)], n) for n, (_, parent, _) in enumerate(self.old) if parent is not None]

    @staticmethod
    def _relation(link: CrossLink, walked: Sequence[tuple[Topic, Topic | None, int]]) -> tuple[int, int, str, str]:
        at = {topic.id: n for n, (topic, _, _) in reversed(list(enumerate(walked)))}
        ends = at[link.from_id], at[link.to_id]
        if link.direction == "backward":
            return ends[1], ends[0], one_line(link.label), "forward"
        return *ends, one_line(link.label), link.direction


def _plain(value: object) -> str:
    """A value without what guards it; addresses of topics by their form alone."""
    return re.sub(r"^(?:xmind:)?#.*", "#", unquote(one_line(str(value))))


def _instant(value: str) -> str:
    """A date and time without a zone is one of UTC."""
    return re.sub(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|\.000Z)?$", r"\1+00:00", value)
