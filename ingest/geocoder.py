"""A geocoding service, where one is configured: off by default, and never needed.

MAILLAGE_GEOCODER holds the address of its search, to which ``?q=…&limit=1`` is added; it answers in GeoJSON, as the
French national base of addresses and every server of addok do. What is looked for leaves the machine: it is only asked
what a person types in the search of the map or in the form of an initiative.
"""

from __future__ import annotations

import json
import logging
import os
from http.client import HTTPException
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from graph.initiatives.coordinates import placed
from ingest.jsontree import dict_in, dicts_in, list_in, text_in

log = logging.getLogger(__name__)
VARIABLE = "MAILLAGE_GEOCODER"
SECONDS = 4.0
MOST_BYTES = 200_000
LEAST_SCORE = 0.4  # the service's own measure of likeness, under which it guesses
Point = tuple[float, float]


def configured() -> str:
    """The address of the service, empty where there is none."""
    address = os.environ.get(VARIABLE, "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket that is not closed
        return ""
    return address if parts.scheme in {"http", "https"} and parts.hostname else ""


def service() -> str:
    """The name of the machine that is asked, to be told to who types an address; empty where there is none."""
    return urlsplit(configured()).hostname or ""


def ask(text: str) -> tuple[Point, str] | None:
    """Latitude and longitude of an address and its name, or None where the service is off, silent or does not know."""
    if not configured() or not text.strip():
        return None
    request = Request(f"{configured()}?{urlencode({'q': text[:200], 'limit': 1})}", headers={"User-Agent": "Maillage"})  # noqa: S310  http(s) only
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return _first(json.loads(answer.read(MOST_BYTES)))
    except (HTTPException, OSError, ValueError, ArithmeticError, RecursionError) as error:  # whatever it answers
        log.warning("the geocoding service does not answer: %s", type(error).__name__)
        return None


def _first(answer: object) -> tuple[Point, str] | None:
    first = next(iter(dicts_in(dict_in(answer).get("features"))), {})
    about, numbers = dict_in(first.get("properties")), list_in(dict_in(first.get("geometry")).get("coordinates"))[:2]
    sure = about.get("score", 1.0)
    if len(numbers) < 2 or not all(isinstance(n, int | float) for n in (*numbers, sure)) or sure < LEAST_SCORE:
        return None
    point = placed(float(numbers[1]), float(numbers[0])).point
    return (point, text_in(about.get("label"))[:200]) if point else None
