-- Mentions know the id they give to an event that they open, and which of them stand for the others when merging.
-- `leads` is 0 for a mention that follows another, 1 for one that leads and is placed, 2 for any other that leads.
-- Links and blocks are made anew when the record is next written to.
ALTER TABLE mentions ADD COLUMN uid TEXT NOT NULL DEFAULT '';
ALTER TABLE mentions ADD COLUMN profile INTEGER NOT NULL DEFAULT 0;
ALTER TABLE mentions ADD COLUMN leads INTEGER NOT NULL DEFAULT 0;
CREATE INDEX mentions_profile ON mentions (profile, key);
CREATE INDEX mentions_uid ON mentions (uid);
CREATE INDEX mentions_unmerged ON mentions (id) WHERE event IS NULL;
ALTER TABLE pages ADD COLUMN story TEXT NOT NULL DEFAULT '[]';
DELETE FROM links;
DELETE FROM blocks;
