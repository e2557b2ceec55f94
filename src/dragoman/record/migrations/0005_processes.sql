-- Which agreements, processes and resolutions the sentence of a mention names (ids of the registry).
-- Pages coded before this are read again by `Record.rebuild()`.
CREATE TABLE mention_processes (
  process TEXT NOT NULL,
  mention INTEGER NOT NULL REFERENCES mentions (id) ON DELETE CASCADE,
  PRIMARY KEY (process, mention)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_processes_mention ON mention_processes (mention);
