"""How what a store derives is kept up to date: only what a change can touch is derived again. Pure, for any store."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeAlias

from graph.decided.joining import CHUNK, GroupKey, borne_by, chunks, cluster, corrections
from graph.derived.derive import Rows, bearings, node_rows, thing_rows
from graph.model import JOINING

Bearing: TypeAlias = dict[str, set[str]]  # the nodes on which each correction bears


def refresh(rows: Rows, touched: Collection[str], concerned: Collection[str]) -> set[str]:
    """Bring everything up to date after the claims or mentions of the `touched` nodes changed, and nothing else.

    `concerned` are the corrections that `concerned_by` gave before anything was deleted. Returns the ids of the things
    whose links are to be counted anew: other nodes that were there answer as them, or they come up or go by a decision.
    """
    affected, mates, before = _nodes(rows, touched)
    was, now, joined = _bearings(rows, concerned)
    changed = {node for id_, nodes in now.items() for node in nodes ^ was.get(id_, set())}
    settled, moved = _settle(rows, {*touched, *mates, *joined}, {id_: before.get(id_) for id_ in touched})
    affected |= settled | _canonicals(rows, changed)
    return moved | _things(rows, affected, moved)


def concerned_by(rows: Rows, keys: Collection[str]) -> set[str]:
    """The corrections that may bear on something else once these nodes, sources and documents change."""
    return {id_ for chunk in chunks(keys) for id_ in rows.concerning(chunk)}


def refresh_decided(rows: Rows, decisions: Collection[str]) -> set[str]:
    """The same after these corrections came into the log, or were undone."""
    was, now, joined = _bearings(rows, decisions)
    nodes = {node for borne in (*was.values(), *now.values()) for node in borne}
    settled, moved = _settle(rows, joined, {})
    return moved | _things(rows, settled | _canonicals(rows, nodes), moved)


def _canonicals(rows: Rows, nodes: Collection[str]) -> set[str]:
    return {row.canonical for chunk in chunks(nodes) for row in rows.nodes(chunk)}


def _nodes(rows: Rows, touched: Collection[str]) -> tuple[set[str], set[str], dict[str, str]]:
    """Write the nodes; returns the canonical ids, former or own, the nodes of the same names, what each answered as."""
    affected: set[str] = set()
    was: dict[str, str] = {}
    keys: set[GroupKey] = set()
    for chunk in chunks(touched):
        before, now = rows.nodes(chunk), node_rows(rows, chunk)
        rows.put_nodes(chunk, now)
        was |= {row.id: row.canonical for row in before}
        affected |= {row.canonical for row in before} | {row.id for row in now}
        keys |= {(row.kind, row.merge_key) for row in (*before, *now) if row.merge_key}
    ordered = sorted(keys)
    groups = (rows.groups(ordered[at : at + CHUNK]) for at in range(0, len(ordered), CHUNK))
    return affected, {row.id for found in groups for group in found.values() for row in group}, was


def _settle(rows: Rows, seeds: Collection[str], before: Mapping[str, str | None]) -> tuple[set[str], set[str]]:
    """Write which nodes answer as one; returns the canonical ids, former or present, of all that was looked at,

    and those of what answers as another than before; `before` says it of nodes just written, None for new ones.
    """
    found = cluster(rows, seeds)
    right = found.canonicals(rows)
    changes = {id_: one for id_, one in right.items() if found.known[id_].canonical != one}
    for chunk in chunks(changes):
        rows.set_canonical({id_: changes[id_] for id_ in chunk})
    former = {found.known[id_].canonical for id_ in changes}
    was = {id_: before[id_] if id_ in before else found.known[id_].canonical for id_ in right}
    moved = {id_ for node, one in was.items() if one and one != right[node] for id_ in (one, right[node])}
    return former | set(changes.values()) | {right[id_] for id_ in seeds if id_ in right}, moved


def _bearings(rows: Rows, decisions: Collection[str]) -> tuple[Bearing, Bearing, set[str]]:
    """Write what these decisions bear on; returns what they bore on, bear on now, and what merges and splits name."""
    log, _ = corrections(rows, decisions)
    was, now = borne_by(rows, decisions), bearings(rows, log)
    rows.put_bearing({id_: nodes for id_, nodes in now.items() if nodes != was.get(id_, set())})
    joined = {node for d in log if d.kind in JOINING for node in now[d.id] | was.get(d.id, set())}
    return was, now, joined


def _things(rows: Rows, affected: Collection[str], moved: Collection[str]) -> set[str]:
    """Write the things; returns those that come up or go by a decision. What was `moved` is said under another id."""
    turned: set[str] = set()
    for chunk in chunks(affected):
        stored, now = rows.stored_things(chunk), {row.id: row for row in thing_rows(rows, chunk)}
        turned |= {id_ for id_, row in now.items() if row.rejected != (id_ in stored and stored[id_].rejected)}
        rows.put_things(chunk, list(now.values()))
        # Answers within other sources that speak of them are others, too.
        kept = {id_ for id_, row in now.items() if id_ in stored and stored[id_].face == row.face}
        rows.stamp_members([id_ for id_ in now if id_ in kept and stored[id_].members != now[id_].members])
        rows.stamp([id_ for id_ in now if id_ not in kept])
    for chunk in chunks(moved):
        rows.stamp(chunk)
    return turned
