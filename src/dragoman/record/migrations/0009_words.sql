-- From the pages that have a word to their events without reading whole rows.
DROP INDEX mentions_page;
CREATE INDEX mentions_page ON mentions (page, event);
