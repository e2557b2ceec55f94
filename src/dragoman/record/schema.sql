-- A Dragoman record, version 1. Later versions are numbered files in migrations/.
-- Days are ISO dates as text ('' where unknown, so that they sort); spans are code points of pages.text.

CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  codebook TEXT NOT NULL,
  settings TEXT NOT NULL,
  started TEXT NOT NULL,
  ended TEXT,
  pages INTEGER NOT NULL DEFAULT 0,
  mentions INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  fingerprint TEXT NOT NULL,
  run INTEGER REFERENCES runs (id),
  family INTEGER NOT NULL,
  kind TEXT NOT NULL,
  encoding TEXT NOT NULL,
  file TEXT,
  url TEXT,
  outlet TEXT,
  original_source TEXT,
  author TEXT,
  title TEXT,
  language TEXT NOT NULL,
  published TEXT,
  published_reason TEXT NOT NULL,
  published_start INTEGER,
  published_end INTEGER,
  published_alternatives TEXT NOT NULL,
  not_before TEXT,
  not_after TEXT,
  errors TEXT NOT NULL,
  segments BLOB NOT NULL,
  text BLOB NOT NULL,
  length INTEGER NOT NULL, -- of the text, in code points
  added TEXT NOT NULL
) STRICT;
CREATE INDEX pages_family ON pages (family);
CREATE INDEX pages_published ON pages (published);
CREATE INDEX pages_outlet ON pages (outlet);

CREATE TABLE shingles (
  hash INTEGER NOT NULL,
  page INTEGER NOT NULL REFERENCES pages (id),
  PRIMARY KEY (hash, page)
) STRICT, WITHOUT ROWID;
CREATE TABLE shingle_counts (
  page INTEGER PRIMARY KEY REFERENCES pages (id),
  language TEXT NOT NULL,
  shingles INTEGER NOT NULL,
  sampled INTEGER NOT NULL,
  hashes BLOB NOT NULL
) STRICT;

CREATE TABLE actors (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'organisation', 'state', 'unknown')),
  code TEXT NOT NULL,
  country TEXT NOT NULL,
  sector TEXT,
  name TEXT,
  wikidata TEXT
) STRICT;

CREATE TABLE events (
  id INTEGER PRIMARY KEY,
  uid TEXT NOT NULL UNIQUE,
  event_type TEXT NOT NULL,
  mode TEXT,
  contexts TEXT NOT NULL,
  cameo TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  score REAL NOT NULL,
  symmetric INTEGER NOT NULL,
  date TEXT,
  precision TEXT,
  day TEXT NOT NULL,
  last_day TEXT NOT NULL,
  status TEXT NOT NULL,
  place TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  issue TEXT,
  confidence REAL NOT NULL,
  mentions INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  families INTEGER NOT NULL,
  languages TEXT NOT NULL,
  disagreements INTEGER NOT NULL,
  verdict TEXT,
  lead INTEGER NOT NULL
) STRICT;
CREATE INDEX events_day ON events (day, id);
CREATE INDEX events_type ON events (event_type, day, id);
CREATE INDEX events_country ON events (country, day, id);
CREATE INDEX events_disputed ON events (families, id) WHERE disagreements > 0;
CREATE INDEX events_verdict ON events (verdict) WHERE verdict IS NOT NULL;

CREATE TABLE mentions (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  coded_id TEXT NOT NULL,
  page INTEGER NOT NULL REFERENCES pages (id),
  event INTEGER REFERENCES events (id),
  event_type TEXT NOT NULL,
  mode TEXT,
  contexts TEXT NOT NULL,
  cameo TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  goldstein REAL NOT NULL,
  score REAL NOT NULL,
  symmetric INTEGER NOT NULL,
  date TEXT,
  precision TEXT,
  date_start INTEGER,
  date_end INTEGER,
  date_reason TEXT NOT NULL,
  status TEXT NOT NULL,
  place TEXT,
  country TEXT,
  latitude REAL,
  longitude REAL,
  place_start INTEGER,
  place_end INTEGER,
  issue TEXT,
  attribution TEXT,
  attribution_start INTEGER,
  attribution_end INTEGER,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  quote TEXT NOT NULL,
  sentence_start INTEGER NOT NULL,
  sentence_end INTEGER NOT NULL,
  sentence INTEGER NOT NULL, -- its place among the sentences of the page's own text, from 1
  in_lead INTEGER NOT NULL, -- 1 in the title or the first paragraph
  language TEXT NOT NULL,
  reason TEXT NOT NULL,
  confidence REAL NOT NULL,
  account TEXT NOT NULL
) STRICT;
CREATE INDEX mentions_page ON mentions (page);
CREATE INDEX mentions_event ON mentions (event);
CREATE INDEX mentions_coded ON mentions (coded_id);

CREATE TABLE mention_actors (
  mention INTEGER NOT NULL REFERENCES mentions (id),
  side TEXT NOT NULL CHECK (side IN ('source', 'target')),
  position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors (id),
  code TEXT NOT NULL,
  name TEXT,
  office TEXT,
  wikidata TEXT,
  registry TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (mention, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_actors_actor ON mention_actors (actor, mention);

CREATE TABLE quotes (
  id INTEGER PRIMARY KEY,
  page INTEGER NOT NULL REFERENCES pages (id),
  actor INTEGER REFERENCES actors (id),
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  cue TEXT NOT NULL,
  direct INTEGER NOT NULL,
  speaker TEXT
) STRICT;
CREATE INDEX quotes_page ON quotes (page);
CREATE INDEX quotes_actor ON quotes (actor);

-- Merging: where to look for mentions of the same event, and which pairs were found alike.
CREATE TABLE blocks (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  reach INTEGER NOT NULL,
  first INTEGER NOT NULL,
  mention INTEGER NOT NULL REFERENCES mentions (id),
  last INTEGER NOT NULL, -- after the key: SQLite before 3.41 else reports it as NULL in integrity_check
  PRIMARY KEY (a, b, reach, first, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX blocks_mention ON blocks (mention);
CREATE TABLE links (
  a INTEGER NOT NULL REFERENCES mentions (id),
  b INTEGER NOT NULL REFERENCES mentions (id),
  score REAL NOT NULL,
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_b ON links (b);

-- What each event says about itself, kept for queries.
CREATE TABLE event_actors (
  event INTEGER NOT NULL REFERENCES events (id),
  side TEXT NOT NULL,
  position INTEGER NOT NULL,
  actor INTEGER NOT NULL REFERENCES actors (id),
  office TEXT,
  PRIMARY KEY (event, side, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_actors_actor ON event_actors (actor, event);
CREATE TABLE event_who (
  who TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  side TEXT NOT NULL CHECK (side IN ('source', 'target', 'both')),
  quad_class INTEGER NOT NULL,
  score REAL NOT NULL,
  families INTEGER NOT NULL,
  PRIMARY KEY (who, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_who_event ON event_who (event, who);
CREATE TABLE event_dyads (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  event_type TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  status TEXT NOT NULL,
  score REAL NOT NULL,
  families INTEGER NOT NULL,
  PRIMARY KEY (a, b, day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_dyads_event ON event_dyads (event);
CREATE INDEX event_dyads_b ON event_dyads (b, a, quad_class);
CREATE TABLE event_fields (
  event INTEGER NOT NULL REFERENCES events (id),
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  families INTEGER NOT NULL,
  mentions TEXT NOT NULL,
  best INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (event, field, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE event_parts (
  whole INTEGER NOT NULL REFERENCES events (id),
  part INTEGER NOT NULL REFERENCES events (id),
  reason TEXT NOT NULL,
  PRIMARY KEY (whole, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_parts_part ON event_parts (part);
CREATE TABLE redirects (
  uid TEXT PRIMARY KEY,
  target TEXT,
  reason TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE who_tally (
  who TEXT PRIMARY KEY,
  events INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER who_added AFTER INSERT ON event_who BEGIN
  INSERT INTO who_tally VALUES (new.who, 1) ON CONFLICT (who) DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER who_removed AFTER DELETE ON event_who BEGIN
  UPDATE who_tally SET events = events - 1 WHERE who = old.who;
END;
CREATE TABLE month_tally (
  month TEXT NOT NULL,
  event_type TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  status TEXT NOT NULL,
  events INTEGER NOT NULL,
  PRIMARY KEY (month, event_type, quad_class, status)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER month_added AFTER INSERT ON events BEGIN
  INSERT INTO month_tally VALUES (substr(new.day, 1, 7), new.event_type, new.quad_class, new.status, 1)
    ON CONFLICT DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER month_removed AFTER DELETE ON events BEGIN
  UPDATE month_tally SET events = events - 1 WHERE month = substr(old.day, 1, 7)
    AND event_type = old.event_type AND quad_class = old.quad_class AND status = old.status;
END;
CREATE TRIGGER month_changed AFTER UPDATE OF day, event_type, quad_class, status ON events BEGIN
  UPDATE month_tally SET events = events - 1 WHERE month = substr(old.day, 1, 7)
    AND event_type = old.event_type AND quad_class = old.quad_class AND status = old.status;
  INSERT INTO month_tally VALUES (substr(new.day, 1, 7), new.event_type, new.quad_class, new.status, 1)
    ON CONFLICT DO UPDATE SET events = events + 1;
END;

-- What people decided. Subjects are pages and spans, not rows, so that decisions survive recoding.
CREATE TABLE judgements (
  id INTEGER PRIMARY KEY,
  verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure', 'right', 'wrong', 'corrected')),
  a_sha256 TEXT NOT NULL,
  a_start INTEGER NOT NULL,
  a_end INTEGER NOT NULL,
  a_type TEXT NOT NULL,
  b_sha256 TEXT,
  b_start INTEGER,
  b_end INTEGER,
  b_type TEXT,
  field TEXT,
  value TEXT,
  note TEXT NOT NULL,
  by TEXT NOT NULL,
  at TEXT NOT NULL,
  undone TEXT
) STRICT;
CREATE INDEX judgements_a ON judgements (a_sha256) WHERE undone IS NULL;
CREATE INDEX judgements_b ON judgements (b_sha256) WHERE undone IS NULL;

CREATE TABLE failures (
  id INTEGER PRIMARY KEY,
  run INTEGER REFERENCES runs (id),
  file TEXT NOT NULL,
  message TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (words, content='', tokenize="unicode61 remove_diacritics 0");
