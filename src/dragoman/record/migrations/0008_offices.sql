-- The offices under which somebody is named, without reading every mention of those who are named without one.
CREATE INDEX mention_actors_office ON mention_actors (actor, office, mention) WHERE office IS NOT NULL;
