-- What the rules decided, whenever it was something new: the line holds ids, versions, checksums and outcomes, and none of
-- a person's words.
CREATE TABLE decision (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    line      TEXT NOT NULL,
    at        TEXT NOT NULL
);
