"""Bullets and numbers that tell a topic's level, in text where every line has one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_NUMBER = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,4}){0,40})[.)]?(?:[ \t]+[-–—][ \t]+|[ \t\u00a0]+)(?=\S)")
_MARK = re.compile(r"(?P<mark>[^\s\w])[ \t\u00a0]+(?=\S)|(?P<letter>o)[ \t\u00a0]+(?=\S)")
_TASK = re.compile(r"\[[ xX]\]\s")
_CLASSES = frozenset({"So", "Sm", "Pd", "Co"})
_OTHERS = frozenset("*·•‣⁃§¤¶")
_NO_BULLETS = frozenset("=<>|~±×÷¬")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bullet: `family` is its sign, `length` is where its words begin."""

    family: str
    length: int
    task: bool = False


def mark_at(content: str) -> Mark | None:
    """The bullet that a line (without its indentation) begins with: any sign set apart by a space.

    >>> [m and m.family for m in map(mark_at, ("- eau", "➢ lits", "o prêt", "« oui »", "= égal", "mot"))]
    ['-', '➢', 'o', None, None, None]
    """
    found = _MARK.match(content)
    if found is None:
        return None
    sign = found["mark"] or found["letter"]
    bullet = unicodedata.category(sign) in _CLASSES and sign not in _NO_BULLETS
    if not (bullet or sign in _OTHERS or found["letter"]):
        return None
    return Mark(sign, found.end(), bool(_TASK.match(content, found.end())))


def number_at(content: str) -> tuple[tuple[int, ...], int] | None:
    """The number that a line begins with, and where its words begin.

    >>> number_at("1.2) eau"), number_at("eau")
    (((1, 2), 5), None)
    """
    found = _NUMBER.match(content)
    return (tuple(int(part) for part in found["number"].split(".")), found.end()) if found else None


def follows(above: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """1.2 is followed by 1.2.1, by 1.3, or by 2.

    >>> follows((1, 2), (1, 2, 1)), follows((1, 2), (2,)), follows((1, 2), (1, 4))
    (True, True, False)
    """
    if len(number) > len(above):
        return number[:-1] == above and number[-1] <= 1
    return number[:-1] == above[: len(number) - 1] and number[-1] == above[len(number) - 1] + 1
