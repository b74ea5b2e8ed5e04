-- The records. SQL that SQLite and PostgreSQL share: BIGINT and TEXT; ids are UUIDv7 text, so the greatest id of a table
-- is its newest row; days are YYYY-MM-DD, time stamps RFC 3339 in UTC. Nothing is overwritten except draft and setting.

CREATE TABLE schema_version (
    v      BIGINT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at     TEXT NOT NULL
);

CREATE TABLE person (
    id           TEXT NOT NULL PRIMARY KEY,
    display_name TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('self', 'client')),
    created_at   TEXT NOT NULL
);

-- What a person says about their work; the newest row counts, the older ones tell what an answer was given under.
CREATE TABLE person_detail (
    id           TEXT NOT NULL PRIMARY KEY,
    person_id    TEXT NOT NULL REFERENCES person (id),
    level        TEXT,
    organisation TEXT NOT NULL CHECK (organisation IN ('', 'commissioner', 'provider', 'other')),
    at           TEXT NOT NULL
);

-- One sitting: from the first answer that a running program saves until it ends.
CREATE TABLE session (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    started_at TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('alone', 'one-to-one'))
);

-- A rating, a chosen non-answer, or neither; never both.
CREATE TABLE answer (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    session_id TEXT NOT NULL REFERENCES session (id),
    framework  TEXT NOT NULL,
    edition    TEXT NOT NULL,
    behaviour  TEXT NOT NULL,
    by_whom    TEXT NOT NULL CHECK (by_whom IN ('self', 'coach', 'other')),
    rating     BIGINT,
    non_answer TEXT CHECK (non_answer IN ('not-applicable', 'cannot-say', 'prefer-not-to-say')),
    importance BIGINT,
    evidence   TEXT NOT NULL,
    on_day     TEXT NOT NULL,
    at         TEXT NOT NULL,
    CHECK (rating IS NULL OR non_answer IS NULL)
);

CREATE TABLE reflection (
    answer_id TEXT NOT NULL REFERENCES answer (id),
    position  BIGINT NOT NULL,
    prompt_id TEXT NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (answer_id, position)
);

-- What the person made of an advice. `rules` holds one id a line.
CREATE TABLE verdict (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    activity  TEXT NOT NULL,
    verdict   TEXT NOT NULL CHECK (verdict IN ('accepted', 'adapted', 'declined')),
    reason    TEXT NOT NULL,
    rules     TEXT NOT NULL,
    because   TEXT NOT NULL,
    on_day    TEXT NOT NULL,
    at        TEXT NOT NULL
);

-- What was decided that day; how it goes on stands in action_event. `rules` and `behaviours` hold one id a line.
CREATE TABLE action (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    verdict_id TEXT REFERENCES verdict (id),
    activity   TEXT,
    rules      TEXT NOT NULL,
    because    TEXT NOT NULL,
    behaviours TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    at         TEXT NOT NULL
);

-- The whole state of an action after each change, its words included, the first one when it was decided; the newest row counts.
CREATE TABLE action_event (
    id         TEXT NOT NULL PRIMARY KEY,
    action_id  TEXT NOT NULL REFERENCES action (id),
    title      TEXT NOT NULL,
    first_step TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('open', 'done', 'dropped')),
    learned    TEXT NOT NULL,
    due_on     TEXT,
    on_day     TEXT NOT NULL,
    at         TEXT NOT NULL
);

CREATE INDEX action_event_of_action ON action_event (action_id, id);

CREATE TABLE draft (
    slot     TEXT NOT NULL PRIMARY KEY,
    body     TEXT NOT NULL,
    saved_at TEXT NOT NULL
);

CREATE TABLE setting (
    k TEXT NOT NULL PRIMARY KEY,
    v TEXT NOT NULL
);
