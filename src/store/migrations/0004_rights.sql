-- What a person's rights need: certificates of erasure, which name nobody; the key that others seal files for, the keys
-- that one seals files for, and where records came from that somebody else sent. Rows are only ever added, and taken
-- away with the person whose they are.

-- `person_hash` is the SHA-256 of the id that the erased person had; the newest row of a hash is the whole certificate.
CREATE TABLE erasure (
    id          TEXT NOT NULL PRIMARY KEY,
    person_hash TEXT NOT NULL,
    certificate TEXT NOT NULL,
    at          TEXT NOT NULL
);

-- One's own key for files that others seal; `identity` opens them.
CREATE TABLE share_key (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    recipient TEXT NOT NULL,
    identity  TEXT NOT NULL,
    at        TEXT NOT NULL
);

-- Whose a key is, in the words of whoever uses it, for the records of one person.
CREATE TABLE contact (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    recipient TEXT NOT NULL,
    name      TEXT NOT NULL,
    at        TEXT NOT NULL
);

-- Records that came in a file: which one it was there, and which one it is here.
CREATE TABLE taken_in (
    person_id TEXT NOT NULL REFERENCES person (id),
    kind      TEXT NOT NULL CHECK (kind IN ('answer', 'session', 'action', 'action-state')),
    source_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    at        TEXT NOT NULL,
    PRIMARY KEY (person_id, kind, source_id)
);
