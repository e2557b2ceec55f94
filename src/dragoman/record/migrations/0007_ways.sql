-- Ways into the events, actors and pages that a filter would else have to look for: by place, mode, status, name, language.
CREATE INDEX events_place ON events (place COLLATE NOCASE, day, id) WHERE place IS NOT NULL;
CREATE INDEX events_mode ON events (mode, day, id) WHERE mode IS NOT NULL;
CREATE INDEX events_status ON events (status, day, id);
CREATE INDEX actors_name ON actors (name COLLATE NOCASE);
CREATE INDEX actors_wikidata ON actors (wikidata);
CREATE INDEX pages_language ON pages (language, id);
