-- Lists by number of sources or of disputed points, and the outlets of many events at once, without reading whole rows.
CREATE INDEX events_families ON events (families, id);
CREATE INDEX events_disagreements ON events (disagreements, id);
DROP INDEX mentions_event;
CREATE INDEX mentions_event ON mentions (event, page);
