-- What to ask a person about first: links that only just hold, events of little confidence.
CREATE INDEX links_score ON links (score);
CREATE INDEX events_unsure ON events (confidence, id) WHERE verdict IS NULL;
