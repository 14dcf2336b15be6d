"""The tables of the embedded store, migration by migration; once released, one never changes."""

from __future__ import annotations

from graph.store.sqlite.exceptions import INDEXES

_FIRST = """
CREATE TABLE source (
  id TEXT PRIMARY KEY, document TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE, format TEXT NOT NULL,
  title TEXT NOT NULL, language TEXT NOT NULL, reader TEXT NOT NULL, options TEXT NOT NULL, meeting TEXT NOT NULL,
  date TEXT NOT NULL, place TEXT NOT NULL, visibility TEXT NOT NULL, ledger TEXT NOT NULL, digest TEXT NOT NULL,
  chars INTEGER NOT NULL, text_hash TEXT NOT NULL, imported_by TEXT NOT NULL, imported_at TEXT NOT NULL,
  text TEXT NOT NULL, data BLOB NOT NULL
) STRICT;
CREATE INDEX source_document ON source(document);

CREATE TABLE passage (
  id TEXT PRIMARY KEY, source TEXT NOT NULL REFERENCES source(id), position INTEGER NOT NULL, kind TEXT NOT NULL,
  start INTEGER NOT NULL, end INTEGER NOT NULL, label TEXT NOT NULL, level INTEGER NOT NULL,
  parent TEXT REFERENCES passage(id) DEFERRABLE INITIALLY DEFERRED, place TEXT NOT NULL,
  parent_confidence REAL NOT NULL, attributes TEXT NOT NULL
) STRICT;
CREATE INDEX passage_source ON passage(source, position);
CREATE INDEX passage_parent ON passage(parent) WHERE parent IS NOT NULL;

-- What one source says of one node; everything in `node` and `thing` is computed from these rows and the decisions.
CREATE TABLE claim (
  node TEXT NOT NULL, source TEXT NOT NULL REFERENCES source(id), kind TEXT NOT NULL, label TEXT NOT NULL,
  aliases TEXT NOT NULL, attributes TEXT NOT NULL, merge_key TEXT NOT NULL, weight INTEGER NOT NULL,
  PRIMARY KEY (node, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_source ON claim(source);

CREATE TABLE mention (
  node TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  passage TEXT NOT NULL REFERENCES passage(id), confidence REAL NOT NULL, rule TEXT NOT NULL, quote TEXT NOT NULL,
  PRIMARY KEY (node, source, start, end),
  FOREIGN KEY (node, source) REFERENCES claim(node, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_passage ON mention(passage, node, confidence);
CREATE INDEX mention_source ON mention(source);

CREATE TABLE relation (
  from_id TEXT NOT NULL, type TEXT NOT NULL, to_id TEXT NOT NULL, source TEXT NOT NULL REFERENCES source(id),
  label TEXT NOT NULL, attributes TEXT NOT NULL,
  PRIMARY KEY (from_id, type, to_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_to ON relation(to_id);
CREATE INDEX relation_source ON relation(source);

CREATE TABLE relation_span (
  from_id TEXT NOT NULL, type TEXT NOT NULL, to_id TEXT NOT NULL, source TEXT NOT NULL, start INTEGER NOT NULL,
  end INTEGER NOT NULL, passage TEXT NOT NULL REFERENCES passage(id), confidence REAL NOT NULL, rule TEXT NOT NULL,
  quote TEXT NOT NULL,
  PRIMARY KEY (from_id, type, to_id, source, start, end),
  FOREIGN KEY (from_id, type, to_id, source) REFERENCES relation(from_id, type, to_id, source)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_span_source ON relation_span(source);
CREATE INDEX relation_span_passage ON relation_span(passage);

CREATE TABLE node (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, merge_key TEXT NOT NULL, canonical TEXT NOT NULL, attributes TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX node_canonical ON node(canonical);
CREATE INDEX node_merge ON node(kind, merge_key) WHERE merge_key <> '';

CREATE TABLE thing (
  id TEXT PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL, folded TEXT NOT NULL, aliases TEXT NOT NULL,
  attributes TEXT NOT NULL, members TEXT NOT NULL, rejected INTEGER NOT NULL, evidence INTEGER NOT NULL,
  sources INTEGER NOT NULL, confidence REAL NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE INDEX thing_kind ON thing(kind, rejected, sources DESC, evidence DESC, folded, id);

-- One row per thing and per passage that can be searched; `stems` and `forms` are what graph.text makes of it.
CREATE TABLE entry (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, source TEXT, label TEXT NOT NULL,
  folded TEXT NOT NULL, evidence INTEGER NOT NULL, stems TEXT NOT NULL, forms TEXT NOT NULL
) STRICT;
CREATE INDEX entry_source ON entry(source) WHERE source IS NOT NULL;
CREATE INDEX entry_folded ON entry(folded);
CREATE VIRTUAL TABLE fts USING fts5(
  stems, forms, content='entry', content_rowid='number', tokenize='ascii', prefix='2 3'
);
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
  INSERT INTO fts(rowid, stems, forms) VALUES (new.number, new.stems, new.forms);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
  INSERT INTO fts(fts, rowid, stems, forms) VALUES ('delete', old.number, old.stems, old.forms);
END;

-- The log of corrections, append-only, and what each bears on at present (computed).
CREATE TABLE decision (
  number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, target TEXT NOT NULL,
  value TEXT NOT NULL, anchor TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TABLE bearing (
  decision TEXT NOT NULL REFERENCES decision(id), node TEXT NOT NULL, PRIMARY KEY (decision, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX bearing_node ON bearing(node);

-- Who wrote what and when: ids only, never content.
CREATE TABLE act (
  number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, actor TEXT NOT NULL, verb TEXT NOT NULL,
  object TEXT NOT NULL
) STRICT;

CREATE TABLE job (
  id TEXT PRIMARY KEY, state TEXT NOT NULL, files TEXT NOT NULL, options TEXT NOT NULL, actor TEXT NOT NULL,
  created TEXT NOT NULL, updated TEXT NOT NULL, pid INTEGER NOT NULL
) STRICT;
CREATE INDEX job_created ON job(created);
"""

# So that a thing said ten thousand times is summed up from its claims alone.
_CONFIDENCE = """
ALTER TABLE claim ADD COLUMN confidence REAL NOT NULL DEFAULT 1.0;
UPDATE claim SET confidence = (
  SELECT max(m.confidence) FROM mention m WHERE m.node = claim.node AND m.source = claim.source
);
"""

# What was confirmed; and what each correction names (things, sources, documents), so that a change finds it at once.
_CONFIRMED = """
ALTER TABLE thing ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
CREATE TABLE naming (
  decision TEXT NOT NULL REFERENCES decision(id), key TEXT NOT NULL, PRIMARY KEY (decision, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX naming_key ON naming(key);
CREATE INDEX decision_undone ON decision(target) WHERE kind = 'undo';
INSERT INTO naming
SELECT id, target FROM decision WHERE kind <> 'undo'
UNION SELECT d.id, j.value FROM decision d, json_each(d.anchor, '$.members') j WHERE d.kind <> 'undo'
UNION SELECT id, json_extract(anchor, '$.source') FROM decision WHERE json_extract(anchor, '$.source') <> ''
UNION SELECT id, json_extract(anchor, '$.document') FROM decision WHERE json_extract(anchor, '$.document') <> '';
"""

# Keyed digests of names that are masked in whatever is imported.
_FORGOTTEN = """
CREATE TABLE forgotten (digest TEXT PRIMARY KEY, key TEXT NOT NULL, letters INTEGER NOT NULL) STRICT;
"""

# Numbered by standing: the index answers in the order in which matches are ranked, and can stop early.
_STANDING = """
DROP TRIGGER entry_added;
DROP TRIGGER entry_removed;
DROP TABLE fts;
ALTER TABLE entry RENAME TO former;
DROP INDEX entry_source;
DROP INDEX entry_folded;
CREATE TABLE entry (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, source TEXT, label TEXT NOT NULL,
  folded TEXT NOT NULL, evidence INTEGER NOT NULL, stems TEXT NOT NULL, forms TEXT NOT NULL, standing INTEGER NOT NULL
) STRICT;
INSERT INTO entry
SELECT place + max(standing - place) OVER (ORDER BY place), id, kind, source, label, folded, evidence, stems, forms,
  standing
FROM (SELECT row_number() OVER (ORDER BY standing, id) AS place, * FROM (
  SELECT f.id, f.kind, f.source, f.label, f.folded, f.evidence, f.stems, entry_forms(f.label, t.aliases) AS forms,
    entry_standing(f.label, t.aliases, f.evidence, f.id) AS standing
  FROM former f LEFT JOIN thing t ON t.id = f.id AND f.source IS NULL));
DROP TABLE former;
CREATE INDEX entry_source ON entry(source) WHERE source IS NOT NULL;
CREATE VIRTUAL TABLE fts USING fts5(
  stems, forms, kind, content='entry', content_rowid='number', tokenize="ascii tokenchars '^_'", prefix='2 3',
  detail=column, columnsize=0
);
INSERT INTO fts(fts) VALUES ('rebuild');
CREATE TRIGGER entry_added AFTER INSERT ON entry BEGIN
  INSERT INTO fts(rowid, stems, forms, kind) VALUES (new.number, new.stems, new.forms, new.kind);
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry BEGIN
  INSERT INTO fts(fts, rowid, stems, forms, kind) VALUES ('delete', old.number, old.stems, old.forms, old.kind);
END;
"""

# Why any two things are linked, tallied (questions.ties), `a` the smaller id; `linked` numbers things and counts links.
_LINKS = """
CREATE TABLE linked (number INTEGER PRIMARY KEY, thing TEXT NOT NULL UNIQUE, degree INTEGER NOT NULL) STRICT;
CREATE TABLE link (
  a INTEGER NOT NULL, b INTEGER NOT NULL, passages INTEGER NOT NULL, tally TEXT NOT NULL, PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_from ON link(a, passages DESC);
CREATE INDEX link_to ON link(b, passages DESC);
"""

# What nobody confirmed and what was guessed, by how unsure it is; what was confirmed, which is little.
_UNSURE = """
CREATE INDEX thing_unsure ON thing(confidence) WHERE rejected = 0 AND confirmed = 0;
CREATE INDEX thing_confirmed ON thing(kind, evidence) WHERE confirmed = 1 AND rejected = 0;
CREATE INDEX passage_unsure ON passage(parent_confidence, id) WHERE parent_confidence < 1.0;
"""

# For each row that a trigger indexes, the index ends what it has begun and begins anew: who writes rows indexes them.
# The column is there so that what an older process still writes is refused: its rows would not be indexed.
_INDEXED = """
DROP TRIGGER entry_added;
ALTER TABLE entry ADD COLUMN indexed INTEGER NOT NULL DEFAULT 1;
INSERT INTO fts(fts) VALUES ('rebuild');
"""

# Out of order, the index begins anew with each row that a trigger takes off as well: who deletes rows takes them off.
# The spans of a source are those of its relations: their key finds them, faster than an index of its own did.
_TAKEN_OFF = """
DROP TRIGGER entry_removed;
DROP INDEX relation_span_source;
"""

# One number per source (Store.stamps), none where it is as it was before there were any. In a table of its own: to
# change a row of sources is to write its text and bytes again.
_STAMPS = "CREATE TABLE stamp (source TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;"

MIGRATIONS: tuple[tuple[str, str], ...] = (
    ("first tables", _FIRST),
    ("confidence of claims", _CONFIDENCE),
    ("what was confirmed, what corrections name", _CONFIRMED),
    ("forgotten names", _FORGOTTEN),
    ("what can be searched, in the order of its standing", _STANDING),
    ("links", _LINKS),
    ("what is unsure, found at once", _UNSURE),
    ("what is not what its id says", INDEXES),
    ("many rows indexed at once", _INDEXED),
    ("many rows taken off the index at once", _TAKEN_OFF),
    ("stamps of sources", _STAMPS),
)
