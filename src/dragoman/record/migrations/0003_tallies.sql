-- Kept counts, so that the map, the network and the data-quality page cost the same at a thousand mentions and a million.
-- place_tally and dyad_tally count what happened (occurred, ongoing); period is a month, or '' for all times and undated.

CREATE TABLE place_tally (
  period TEXT NOT NULL,
  country TEXT NOT NULL,
  place TEXT NOT NULL, -- '' where only the country is known
  latitude REAL,
  longitude REAL,
  cooperation INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  PRIMARY KEY (period, country, place)
) STRICT, WITHOUT ROWID;
INSERT INTO place_tally
  SELECT '', coalesce(country, ''), coalesce(place, ''), max(latitude), max(longitude), sum(quad_class < 3),
    sum(quad_class > 2)
  FROM events WHERE status IN ('occurred', 'ongoing') AND (place IS NOT NULL OR country IS NOT NULL) GROUP BY 1, 2, 3
  UNION ALL
  SELECT substr(day, 1, 7), coalesce(country, ''), coalesce(place, ''), max(latitude), max(longitude),
    sum(quad_class < 3), sum(quad_class > 2)
  FROM events WHERE status IN ('occurred', 'ongoing') AND (place IS NOT NULL OR country IS NOT NULL) AND day != ''
  GROUP BY 1, 2, 3;
CREATE TRIGGER place_added AFTER INSERT ON events
  WHEN new.status IN ('occurred', 'ongoing') AND (new.place IS NOT NULL OR new.country IS NOT NULL) BEGIN
  INSERT INTO place_tally
    SELECT period, coalesce(new.country, ''), coalesce(new.place, ''), new.latitude, new.longitude,
      new.quad_class < 3, new.quad_class > 2
    FROM (SELECT '' AS period UNION SELECT substr(new.day, 1, 7)) WHERE true
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict,
      latitude = coalesce(excluded.latitude, latitude), longitude = coalesce(excluded.longitude, longitude);
END;
CREATE TRIGGER place_removed AFTER DELETE ON events
  WHEN old.status IN ('occurred', 'ongoing') AND (old.place IS NOT NULL OR old.country IS NOT NULL) BEGIN
  UPDATE place_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE period IN ('', substr(old.day, 1, 7)) AND country = coalesce(old.country, '')
    AND place = coalesce(old.place, '');
END;
CREATE TRIGGER place_changed AFTER UPDATE OF day, status, place, country, quad_class ON events
  WHEN substr(old.day, 1, 7) != substr(new.day, 1, 7) OR old.status != new.status OR old.place IS NOT new.place
    OR old.country IS NOT new.country OR old.quad_class != new.quad_class BEGIN
  UPDATE place_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE old.status IN ('occurred', 'ongoing') AND (old.place IS NOT NULL OR old.country IS NOT NULL)
    AND period IN ('', substr(old.day, 1, 7)) AND country = coalesce(old.country, '')
    AND place = coalesce(old.place, '');
  INSERT INTO place_tally
    SELECT period, coalesce(new.country, ''), coalesce(new.place, ''), new.latitude, new.longitude,
      new.quad_class < 3, new.quad_class > 2
    FROM (SELECT '' AS period UNION SELECT substr(new.day, 1, 7))
    WHERE new.status IN ('occurred', 'ongoing') AND (new.place IS NOT NULL OR new.country IS NOT NULL)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict,
      latitude = coalesce(excluded.latitude, latitude), longitude = coalesce(excluded.longitude, longitude);
END;

CREATE TABLE dyad_tally (
  period TEXT NOT NULL,
  a TEXT NOT NULL,
  b TEXT NOT NULL,
  cooperation INTEGER NOT NULL,
  conflict INTEGER NOT NULL,
  PRIMARY KEY (period, a, b)
) STRICT, WITHOUT ROWID;
INSERT INTO dyad_tally
  SELECT '', a, b, sum(quad_class < 3), sum(quad_class > 2) FROM event_dyads
  WHERE status IN ('occurred', 'ongoing') AND a != b GROUP BY a, b
  UNION ALL
  SELECT substr(day, 1, 7), a, b, sum(quad_class < 3), sum(quad_class > 2) FROM event_dyads
  WHERE status IN ('occurred', 'ongoing') AND a != b GROUP BY 1, a, b;
CREATE TRIGGER dyad_added AFTER INSERT ON event_dyads WHEN new.status IN ('occurred', 'ongoing') AND new.a != new.b BEGIN
  INSERT INTO dyad_tally VALUES ('', new.a, new.b, new.quad_class < 3, new.quad_class > 2),
    (substr(new.day, 1, 7), new.a, new.b, new.quad_class < 3, new.quad_class > 2)
    ON CONFLICT DO UPDATE SET cooperation = cooperation + excluded.cooperation, conflict = conflict + excluded.conflict;
END;
CREATE TRIGGER dyad_removed AFTER DELETE ON event_dyads WHEN old.status IN ('occurred', 'ongoing') AND old.a != old.b BEGIN
  UPDATE dyad_tally SET cooperation = cooperation - (old.quad_class < 3), conflict = conflict - (old.quad_class > 2)
    WHERE period IN ('', substr(old.day, 1, 7)) AND a = old.a AND b = old.b;
END;

CREATE TABLE page_tally (
  outlet TEXT NOT NULL, -- '' where the page does not say
  language TEXT NOT NULL,
  pages INTEGER NOT NULL,
  firsts INTEGER NOT NULL, -- pages that are the first of their family: no copies
  dated INTEGER NOT NULL,
  errors INTEGER NOT NULL,
  PRIMARY KEY (outlet, language)
) STRICT, WITHOUT ROWID;
INSERT INTO page_tally
  SELECT coalesce(outlet, ''), language, count(*), sum(family = id), count(published), sum(errors != '[]')
  FROM pages GROUP BY 1, 2;
CREATE TRIGGER page_added AFTER INSERT ON pages BEGIN
  INSERT INTO page_tally VALUES (coalesce(new.outlet, ''), new.language, 1, new.family = new.id,
    new.published IS NOT NULL, new.errors != '[]')
    ON CONFLICT DO UPDATE SET pages = pages + 1, firsts = firsts + excluded.firsts, dated = dated + excluded.dated,
      errors = errors + excluded.errors;
END;
CREATE TRIGGER page_removed AFTER DELETE ON pages BEGIN
  UPDATE page_tally SET pages = pages - 1, firsts = firsts - (old.family = old.id),
    dated = dated - (old.published IS NOT NULL), errors = errors - (old.errors != '[]')
    WHERE outlet = coalesce(old.outlet, '') AND language = old.language;
END;
CREATE TRIGGER page_changed AFTER UPDATE OF outlet, language, published, family, errors ON pages
  WHEN old.outlet IS NOT new.outlet OR old.language != new.language OR old.errors != new.errors
    OR (old.published IS NULL) != (new.published IS NULL) OR (old.family = old.id) != (new.family = new.id) BEGIN
  UPDATE page_tally SET pages = pages - 1, firsts = firsts - (old.family = old.id),
    dated = dated - (old.published IS NOT NULL), errors = errors - (old.errors != '[]')
    WHERE outlet = coalesce(old.outlet, '') AND language = old.language;
  INSERT INTO page_tally VALUES (coalesce(new.outlet, ''), new.language, 1, new.family = new.id,
    new.published IS NOT NULL, new.errors != '[]')
    ON CONFLICT DO UPDATE SET pages = pages + 1, firsts = firsts + excluded.firsts, dated = dated + excluded.dated,
      errors = errors + excluded.errors;
END;

CREATE TABLE mention_tally (
  outlet TEXT NOT NULL,
  language TEXT NOT NULL,
  event_type TEXT NOT NULL,
  mentions INTEGER NOT NULL,
  dated INTEGER NOT NULL,
  placed INTEGER NOT NULL,
  PRIMARY KEY (outlet, language, event_type)
) STRICT, WITHOUT ROWID;
INSERT INTO mention_tally
  SELECT coalesce(p.outlet, ''), m.language, m.event_type, count(*), count(m.date), count(m.country)
  FROM mentions m JOIN pages p ON p.id = m.page GROUP BY 1, 2, 3;
CREATE TRIGGER mention_added AFTER INSERT ON mentions BEGIN
  INSERT INTO mention_tally
    SELECT coalesce(outlet, ''), new.language, new.event_type, 1, new.date IS NOT NULL, new.country IS NOT NULL
    FROM pages WHERE id = new.page
    ON CONFLICT DO UPDATE SET mentions = mentions + 1, dated = dated + excluded.dated, placed = placed + excluded.placed;
END;
CREATE TRIGGER mention_removed AFTER DELETE ON mentions BEGIN
  UPDATE mention_tally SET mentions = mentions - 1, dated = dated - (old.date IS NOT NULL),
    placed = placed - (old.country IS NOT NULL)
    WHERE outlet = (SELECT coalesce(outlet, '') FROM pages WHERE id = old.page)
    AND language = old.language AND event_type = old.event_type;
END;
CREATE TRIGGER mention_changed AFTER UPDATE OF language, event_type, date, country ON mentions
  WHEN old.language != new.language OR old.event_type != new.event_type
    OR (old.date IS NULL) != (new.date IS NULL) OR (old.country IS NULL) != (new.country IS NULL) BEGIN
  UPDATE mention_tally SET mentions = mentions - 1, dated = dated - (old.date IS NOT NULL),
    placed = placed - (old.country IS NOT NULL)
    WHERE outlet = (SELECT coalesce(outlet, '') FROM pages WHERE id = old.page)
    AND language = old.language AND event_type = old.event_type;
  INSERT INTO mention_tally
    SELECT coalesce(outlet, ''), new.language, new.event_type, 1, new.date IS NOT NULL, new.country IS NOT NULL
    FROM pages WHERE id = new.page
    ON CONFLICT DO UPDATE SET mentions = mentions + 1, dated = dated + excluded.dated, placed = placed + excluded.placed;
END;
CREATE TRIGGER outlet_changed AFTER UPDATE OF outlet ON pages WHEN old.outlet IS NOT new.outlet BEGIN
  INSERT INTO mention_tally
    SELECT coalesce(old.outlet, ''), language, event_type, -count(*), -count(date), -count(country)
    FROM mentions WHERE page = old.id GROUP BY language, event_type
    ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, dated = dated + excluded.dated,
      placed = placed + excluded.placed;
  INSERT INTO mention_tally
    SELECT coalesce(new.outlet, ''), language, event_type, count(*), count(date), count(country)
    FROM mentions WHERE page = new.id GROUP BY language, event_type
    ON CONFLICT DO UPDATE SET mentions = mentions + excluded.mentions, dated = dated + excluded.dated,
      placed = placed + excluded.placed;
END;

CREATE INDEX events_disputed_type ON events (event_type) WHERE disagreements > 0;
