-- What is asked of a party or a pair is told by the rows that are walked along, and counts of months, of partners and
-- of offices are kept, so that the busiest actor's page costs what a quiet one's does.

-- A party's events with their types and statuses.
CREATE TABLE event_who_10 (
  who TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  side TEXT NOT NULL CHECK (side IN ('source', 'target', 'both')),
  event_type TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  status TEXT NOT NULL,
  score REAL NOT NULL,
  families INTEGER NOT NULL,
  PRIMARY KEY (who, day, event)
) STRICT, WITHOUT ROWID;
INSERT INTO event_who_10
  SELECT w.who, w.day, w.event, w.side, e.event_type, w.quad_class, e.status, w.score, w.families
  FROM event_who w CROSS JOIN events e ON e.id = w.event ORDER BY w.who, w.day, w.event;
DROP TABLE event_who;
ALTER TABLE event_who_10 RENAME TO event_who;
CREATE INDEX event_who_event ON event_who (event, who);
CREATE TRIGGER who_added AFTER INSERT ON event_who BEGIN
  INSERT INTO who_tally VALUES (new.who, 1) ON CONFLICT (who) DO UPDATE SET events = events + 1;
END;
CREATE TRIGGER who_removed AFTER DELETE ON event_who BEGIN
  UPDATE who_tally SET events = events - 1 WHERE who = old.who;
END;

-- Pairs that take part in one event. `faced`: as source and target (either way where it is mutual) on a known day,
-- which is what pairs are counted by; else both only take part.
CREATE TABLE event_dyads_10 (
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  event_type TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  status TEXT NOT NULL,
  score REAL NOT NULL,
  families INTEGER NOT NULL,
  faced INTEGER NOT NULL CHECK (faced IN (0, 1)),
  PRIMARY KEY (a, b, day, event)
) STRICT, WITHOUT ROWID;
INSERT INTO event_dyads_10 SELECT a, b, day, event, event_type, quad_class, status, score, families, 1 FROM event_dyads;
INSERT OR IGNORE INTO event_dyads_10
  SELECT x.who, y.who, x.day, x.event, x.event_type, x.quad_class, x.status, x.score, x.families, 0
  FROM event_who x JOIN event_who y ON y.event = x.event AND y.who > x.who
  WHERE x.who IN (SELECT country FROM actors WHERE country != '') AND y.who IN (SELECT country FROM actors WHERE country != '');
DROP TABLE event_dyads;
ALTER TABLE event_dyads_10 RENAME TO event_dyads;
CREATE INDEX event_dyads_event ON event_dyads (event);
CREATE TRIGGER dyad_added AFTER INSERT ON event_dyads
  WHEN new.faced AND new.status IN ('occurred', 'ongoing') AND new.a != new.b BEGIN
  INSERT INTO dyad_tally VALUES ('', new.a, new.b, new.quad_class < 3, new.quad_class > 2),
    (substr(new.day, 1, 7), new.a, new.b, new.quad_class < 3, new.quad_class > 2)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict;
END;
CREATE TRIGGER dyad_removed AFTER DELETE ON event_dyads
  WHEN old.faced AND old.status IN ('occurred', 'ongoing') AND old.a != old.b BEGIN
  UPDATE dyad_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE period IN ('', substr(old.day, 1, 7)) AND a = old.a AND b = old.b;
END;

-- A party's events by month ('' for undated ones), type, quad class and status.
CREATE TABLE party_tally (
  who TEXT NOT NULL,
  month TEXT NOT NULL,
  event_type TEXT NOT NULL,
  quad_class INTEGER NOT NULL,
  status TEXT NOT NULL,
  events INTEGER NOT NULL,
  score REAL NOT NULL, -- sum
  families INTEGER NOT NULL, -- sum
  PRIMARY KEY (who, month, event_type, quad_class, status)
) STRICT, WITHOUT ROWID;
INSERT INTO party_tally
  SELECT who, substr(day, 1, 7), event_type, quad_class, status, count(*), sum(score), sum(families)
  FROM event_who GROUP BY 1, 2, 3, 4, 5;
CREATE TRIGGER party_added AFTER INSERT ON event_who BEGIN
  INSERT INTO party_tally VALUES
    (new.who, substr(new.day, 1, 7), new.event_type, new.quad_class, new.status, 1, new.score, new.families)
    ON CONFLICT DO UPDATE SET events = events + 1, score = score + excluded.score, families = families + excluded.families;
END;
CREATE TRIGGER party_removed AFTER DELETE ON event_who BEGIN
  UPDATE party_tally SET events = events - 1, score = score - old.score, families = families - old.families
    WHERE who = old.who AND month = substr(old.day, 1, 7) AND event_type = old.event_type
    AND quad_class = old.quad_class AND status = old.status;
END;

-- With which countries and organisations a party has events: for a country those that it faces, for anybody else (a
-- person, a ministry) all that take part beside its own country.
CREATE TABLE partner_tally (
  who TEXT NOT NULL,
  partner TEXT NOT NULL,
  cooperation INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  PRIMARY KEY (who, partner)
) STRICT, WITHOUT ROWID;
INSERT INTO partner_tally
  SELECT a, b, sum(quad_class < 3), sum(quad_class > 2) FROM event_dyads WHERE faced AND a != b GROUP BY 1, 2
  UNION ALL
  SELECT b, a, sum(quad_class < 3), sum(quad_class > 2) FROM event_dyads WHERE faced AND a != b GROUP BY 1, 2
  UNION ALL
  SELECT w.who, o.who, sum(w.quad_class < 3), sum(w.quad_class > 2)
  FROM event_who o JOIN event_who w ON w.event = o.event AND w.who != o.who
  WHERE o.who IN (SELECT country FROM actors WHERE country != '')
  AND w.who NOT IN (SELECT country FROM actors WHERE country != '') GROUP BY 1, 2;
CREATE TRIGGER faced_added AFTER INSERT ON event_dyads WHEN new.faced AND new.a != new.b BEGIN
  INSERT INTO partner_tally VALUES (new.a, new.b, new.quad_class < 3, new.quad_class > 2),
    (new.b, new.a, new.quad_class < 3, new.quad_class > 2)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict;
END;
CREATE TRIGGER faced_removed AFTER DELETE ON event_dyads WHEN old.faced AND old.a != old.b BEGIN
  UPDATE partner_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE (who = old.a AND partner = old.b) OR (who = old.b AND partner = old.a);
END;

CREATE INDEX actors_country ON actors (country);
CREATE TRIGGER partner_added AFTER INSERT ON event_who BEGIN
  INSERT INTO partner_tally
    SELECT new.who, o.who, new.quad_class < 3, new.quad_class > 2 FROM event_who o
    WHERE o.event = new.event AND NOT EXISTS (SELECT 1 FROM actors WHERE country = new.who)
    AND EXISTS (SELECT 1 FROM actors WHERE country = o.who)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict;
  INSERT INTO partner_tally
    SELECT o.who, new.who, new.quad_class < 3, new.quad_class > 2 FROM event_who o
    WHERE o.event = new.event AND EXISTS (SELECT 1 FROM actors WHERE country = new.who)
    AND NOT EXISTS (SELECT 1 FROM actors WHERE country = o.who)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict;
END;
CREATE TRIGGER partner_removed AFTER DELETE ON event_who BEGIN
  UPDATE partner_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE who = old.who AND NOT EXISTS (SELECT 1 FROM actors WHERE country = old.who)
    AND partner IN (SELECT who FROM event_who WHERE event = old.event);
  UPDATE partner_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE partner = old.who AND EXISTS (SELECT 1 FROM actors WHERE country = old.who)
    AND who IN (SELECT who FROM event_who WHERE event = old.event)
    AND NOT EXISTS (SELECT 1 FROM actors WHERE country = partner_tally.who);
END;

-- The offices under which the accounts of an event name somebody.
CREATE TABLE event_offices (
  actor INTEGER NOT NULL REFERENCES actors (id),
  office TEXT NOT NULL,
  day TEXT NOT NULL,
  event INTEGER NOT NULL REFERENCES events (id),
  mentions INTEGER NOT NULL,
  PRIMARY KEY (actor, office, day, event)
) STRICT, WITHOUT ROWID;
INSERT INTO event_offices
  SELECT x.actor, x.office, e.day, e.id, count(*) FROM mention_actors x CROSS JOIN mentions m ON m.id = x.mention
  JOIN events e ON e.id = m.event WHERE x.office IS NOT NULL GROUP BY 1, 2, 3, 4;
CREATE INDEX event_offices_event ON event_offices (event);
CREATE TABLE office_tally (
  actor INTEGER NOT NULL,
  office TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  PRIMARY KEY (actor, office)
) STRICT, WITHOUT ROWID;
INSERT INTO office_tally SELECT actor, office, sum(mentions) FROM event_offices GROUP BY 1, 2;
CREATE TRIGGER office_added AFTER INSERT ON event_offices BEGIN
  INSERT INTO office_tally VALUES (new.actor, new.office, new.mentions)
    ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions;
END;
CREATE TRIGGER office_removed AFTER DELETE ON event_offices BEGIN
  UPDATE office_tally SET mentions = mentions - old.mentions WHERE actor = old.actor AND office = old.office;
END;
DROP INDEX IF EXISTS mention_actors_office;

-- Somebody's words, those on the page published last first.
ALTER TABLE quotes ADD COLUMN published TEXT NOT NULL DEFAULT '';
UPDATE quotes SET published = (SELECT coalesce(p.published, '') FROM pages p WHERE p.id = quotes.page);
DROP INDEX IF EXISTS quotes_actor;
CREATE INDEX quotes_actor ON quotes (actor, published DESC, id);

-- A status is a way into the events where few have it: those that happened are nearly all of them.
DROP INDEX IF EXISTS events_status;
CREATE INDEX events_status ON events (status, day, id) WHERE status NOT IN ('occurred', 'ongoing');
