# ruff: noqa: E501 - signs stand on the lines they come on
"""Every regular expression of ingest/ that can be found, and texts made out of each to slow it down.

A pattern is tried the way the code asks it (`match`, `search`, `finditer` …), on texts that begin as it wants and then
repeat, without end, what one of its repetitions takes; and on runs of signs that are hard for patterns in general.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]  # the only door to a parsed pattern
from re import _parser  # type: ignore[attr-defined]  # the same
from typing import Any

import ingest
from ingest.extract.said.wording import loose, pattern
from ontology import lexicon

RUNS = (
    "a", "a ", "A", "Aa ", "aA", "a a ", "(", ")", "((", "[", "](", "[a](", "{", "- ", "-", "- - ", "– ", "1", "1.", "1.1", "1 ", "1,", "1/",
    " ", "\t", "\n", " \n", "\u00a0", ".", ". ", "a.", "A.", "A. ", "a. ", ",", "a,", "a, ", ";", "; ", ":", "a: ", "a : ", "/", "\\", "|", "| a ",
    '"', "'", "d'a ", "l’", "«", "« a ", "»", "“", "*", "**a", "* ", "_", "__a", "`", "~", "=", "#", "# ", "<", "<a ", "<a b=", "<!--", ">", "&", "&#1;",
    "@", "a@", "a@a.", "https://", "https://a/", "www.a", "é", "e\u0301", "a-", "a-\n", "a\n", "- a\n", "et ", "a et ", "de la ", "12 % ", "1 000 ", "M. A ",
    "Aa-", "A-", "a/", "·e", "(e)", "?", "a ? ", "…", "\r\n", "\x0c", "\u2028", "$", "%", "\ue000", "2024", "12/03/", "12h", "Mme ",
)  # fmt: skip
TAIL = "\x01"  # what no pattern wants: it goes back over all that it took
_ASKS = frozenset({"match", "fullmatch", "search", "finditer", "findall", "sub", "subn", "split"})
_LONG = 40  # repetitions of fewer are bounded
_LANGUAGES = ("fr", "en")
_ASIDE = ("ingest.__main__", "ingest.cluster", "ingest.up", "ingest.environment")  # no rules; other programs' modules


@dataclass(frozen=True)
class Rule:
    """A pattern, where it stands, and how it is asked."""

    place: str
    pattern: re.Pattern[Any]
    asked: frozenset[str]

    def ask(self, text: str) -> None:
        """Ask the pattern of this text in each of its ways."""
        given: Any = text if isinstance(self.pattern.pattern, str) else text.encode("utf-8")
        if "match" in self.asked:
            self.pattern.match(given)
        if "fullmatch" in self.asked:
            self.pattern.fullmatch(given)
        if "search" in self.asked:
            self.pattern.search(given)
        if self.asked - {"match", "fullmatch", "search"}:
            for _ in self.pattern.finditer(given):
                pass


# --- finding the patterns ---------------------------------------------------------------------------------------------


@cache
def rules() -> tuple[Rule, ...]:
    """Every pattern once, in the order of the modules."""
    modules = list(_modules())
    calls = {module.__name__: list(_calls(module)) for module in modules}
    asked = _asked(call for found in calls.values() for call in found)
    rules: dict[tuple[Any, int], Rule] = {}
    held = ((place, asked.get(name, {"finditer"}), p) for m in modules for place, name, p in _patterns(m))
    written = (found for m in modules for found in _in_line(m.__name__, calls[m.__name__]))
    for place, ways, one in (*held, *written, *_of_lexicons()):
        key = (one.pattern, one.flags)
        before = rules.get(key)
        rules[key] = Rule(place, one, before.asked.union(ways) if before else frozenset(ways))
    return tuple(rules.values())


def _modules() -> Iterator[Any]:
    for module in pkgutil.walk_packages(ingest.__path__, "ingest."):
        if module.name not in _ASIDE:
            yield importlib.import_module(module.name)


def _patterns(module: Any) -> Iterator[tuple[str, str, re.Pattern[Any]]]:
    """Place, last name and pattern, of a module's constants and of its functions of a language."""
    for name, value in vars(module).items():
        yield from ((f"{module.__name__}.{name}", own or name, pattern) for own, pattern in _inside(value, 3))
        for language in _LANGUAGES if _of_language(module, value) else ():
            made = _inside(value(language), 3)
            yield from ((f"{module.__name__}.{name}({language}).{own}", own or name, p) for own, p in made)


def _of_lexicons() -> Iterator[tuple[str, set[str], re.Pattern[Any]]]:
    """Fragments that lexicons hold, as the rules compile them."""
    for language in _LANGUAGES:
        for concern in ("announce", "findings", "makers", "proposals"):
            for name, value in lexicon(language, concern).items():
                if isinstance(value, list) and all(isinstance(one, str) for one in value):
                    yield f"{language}/{concern}.toml {name}", {"finditer"}, pattern(language, concern, name)
                    yield f"{language}/{concern}.toml {name}, loose", {"finditer"}, loose(language, concern, name)


def _of_language(module: Any, value: Any) -> bool:
    """Whether a value is a function of this module that compiles words of one language."""
    made = callable(value) and hasattr(value, "cache_info") and getattr(value, "__module__", "") == module.__name__
    return made and list(inspect.signature(value).parameters) == ["language"]


def _inside(value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The patterns in a value, with the names of the fields that hold them."""
    if isinstance(value, re.Pattern):
        yield "", value
    elif depth and isinstance(value, Mapping):
        for one in value.values():
            yield from _inside(one, depth - 1)
    elif depth and isinstance(value, tuple | list):
        for one in value:
            yield from _inside(one, depth - 1)
    elif depth and dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from ((own or field.name, p) for own, p in _inside(getattr(value, field.name, None), depth - 1))


def _calls(module: Any) -> Iterator[tuple[str, ast.Call]]:
    """The calls `something.search(…)` of a module with the last name of the something."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ASKS:
            yield _last_name(node.func.value), node


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Call):
        return _last_name(node.func)
    if isinstance(node, ast.Subscript):
        return _last_name(node.value)
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _asked(calls: Iterable[tuple[str, ast.Call]]) -> dict[str, set[str]]:
    """How each name is asked anywhere in ingest/: patterns go by the same name where they are imported."""
    found: dict[str, set[str]] = {}
    for name, call in calls:
        assert isinstance(call.func, ast.Attribute)
        given = _last_name(call.args[0]) if name == "re" and call.args else name
        found.setdefault(given, set()).add(call.func.attr)
    return found


def _in_line(module: str, calls: list[tuple[str, ast.Call]]) -> Iterator[tuple[str, set[str], re.Pattern[Any]]]:
    """Patterns written where they are used: `re.search("…", text)`. Those put together at run time are not seen."""
    for name, call in calls:
        if name == "re" and call.args and isinstance(call.args[0], ast.Constant):
            assert isinstance(call.func, ast.Attribute)
            yield f"{module} line {call.lineno}", {call.func.attr}, re.compile(call.args[0].value)


# --- texts made out of a pattern --------------------------------------------------------------------------------------


def attacks(rule: Rule) -> Iterator[tuple[str, Callable[[int], str]]]:
    """What each text is made of, and how to make one of so many characters."""
    seen = set()
    for prefix, unit in _repetitions(_parser.parse(_source(rule.pattern), rule.pattern.flags), ""):
        for head, body in ((prefix, unit), ("", prefix + unit), ("", prefix)):
            if body and (head, body) not in seen:
                seen.add((head, body))
                yield f"{head!r} + {body!r} …", lambda size, head=head, body=body: _text(head, body, size)  # type: ignore[misc]  # mypy infers no default of a lambda


def runs() -> Iterator[tuple[str, Callable[[int], str]]]:
    """The same for signs that are hard for patterns in general."""
    for run in RUNS:
        yield f"{run!r} …", lambda size, run=run: _text("", run, size)  # type: ignore[misc]  # the same


def _text(head: str, body: str, size: int) -> str:
    return head + body * (max(size - len(head), 0) // len(body)) + TAIL


def _source(pattern: re.Pattern[Any]) -> str:
    return pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")


def _repetitions(tokens: Any, before: str) -> Iterator[tuple[str, str]]:
    """Of each long repetition: an example of what stands before it, and of what it repeats."""
    for kind, given in tokens:
        if kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            _, most, inner = given
            if most is op.MAXREPEAT or most > _LONG:
                yield from ((before, unit) for unit in _units(inner))
            yield from _repetitions(inner, before)
        else:
            for inner in _inner(kind, given):
                yield from _repetitions(inner, before)
        before += _example([(kind, given)])


def _inner(kind: Any, given: Any) -> list[Any]:
    if kind is op.BRANCH:
        return list(given[1])
    if kind is op.SUBPATTERN:
        return [given[3]]
    if kind is op.ATOMIC_GROUP:
        return [given]
    return [given[1]] if kind in {op.ASSERT, op.ASSERT_NOT} else []


def _units(inner: Any) -> Iterator[str]:
    """Examples of what is repeated: of a set of characters, of each alternative, some."""
    kind, given = inner[0] if len(inner) == 1 else (None, None)
    if kind is op.IN:
        members = (_member([item]) for item in given[:3] if item[0] is not op.NEGATE)
        yield from dict.fromkeys((_member(given), *members))
    elif kind is op.SUBPATTERN:
        yield from _units(given[3])
    elif kind is op.BRANCH:
        yield from (_example(one) for one in given[1][:3])
    else:
        yield _example(inner)


def _example(tokens: Any) -> str:
    """A short text that these tokens take, as far as that is seen without asking them."""
    out = ""
    for kind, given in tokens:
        if kind is op.LITERAL:
            out += chr(given)
        elif kind is op.NOT_LITERAL:
            out += "b" if given == ord("a") else "a"
        elif kind is op.ANY:
            out += "a"
        elif kind is op.IN:
            out += _member(given)
        elif kind in {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}:
            out += _example(given[2]) * min(given[0], _LONG)
        elif kind in {op.SUBPATTERN, op.BRANCH, op.ATOMIC_GROUP}:
            out += _example(_inner(kind, given)[0])
        elif kind is op.ASSERT and given[0] < 0:
            out += _example(given[1])  # what must stand before
    return out


_OF_CATEGORY = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a", op.CATEGORY_NOT_DIGIT: "a",
    op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _member(items: Any) -> str:
    """A character of a set."""
    if items[0][0] is op.NEGATE:
        return next((c for c in "a1 -.A\n(é" if not any(_takes(item, c) for item in items[1:])), "\x02")
    kind, given = items[0]
    return _OF_CATEGORY[given] if kind is op.CATEGORY else chr(given[0] if kind is op.RANGE else given)


def _takes(item: tuple[Any, Any], character: str) -> bool:
    kind, given = item
    if kind is op.CATEGORY:
        is_one = {"DIGIT": character.isdigit(), "SPACE": character.isspace(), "WORD": character.isalnum()}
        return is_one[str(given).split("_")[-1]] is not ("NOT" in str(given))
    return given[0] <= ord(character) <= given[1] if kind is op.RANGE else bool(given == ord(character))
