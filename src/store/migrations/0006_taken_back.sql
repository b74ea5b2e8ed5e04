-- Putting right and taking back. An answer or a note that took the place of an older one: the older stays as it was.

CREATE TABLE correction (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL CHECK (kind IN ('answer', 'note')),
    older_id  TEXT NOT NULL,
    newer_id  TEXT NOT NULL,
    on_day    TEXT NOT NULL,
    at        TEXT NOT NULL
);

CREATE INDEX correction_of_older ON correction (older_id);

-- What was taken back: certificates, the newest of each hash is the whole one, and the hash of every record that went. No
-- word of a record stands here.
CREATE TABLE withdrawal (
    id          TEXT NOT NULL PRIMARY KEY,
    person_id   TEXT NOT NULL REFERENCES person (id),
    piece_hash  TEXT NOT NULL,
    certificate TEXT NOT NULL,
    at          TEXT NOT NULL
);

CREATE TABLE withdrawn (
    person_id   TEXT NOT NULL REFERENCES person (id),
    record_hash TEXT NOT NULL,
    at          TEXT NOT NULL,
    PRIMARY KEY (person_id, record_hash)
);

-- Which records came in one file together.
ALTER TABLE taken_in ADD COLUMN batch TEXT NOT NULL DEFAULT '';
