-- Clients, agreements, focus sets, sessions with notes, comparisons, and the dialogue behind an action. Nothing is
-- overwritten: of cards, agreements and focus sets the newest row of a person or agreement counts.

CREATE TABLE person_card (
    id           TEXT NOT NULL PRIMARY KEY,
    person_id    TEXT NOT NULL REFERENCES person (id),
    display_name TEXT NOT NULL,
    email        TEXT NOT NULL,
    hours_log_on TEXT,
    at           TEXT NOT NULL
);

CREATE TABLE engagement (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    began_on  TEXT NOT NULL,
    at        TEXT NOT NULL
);

-- The whole agreement after each change. `also` holds one purpose a line, `may_see` one pair of kind and party.
CREATE TABLE engagement_term (
    id            TEXT NOT NULL PRIMARY KEY,
    engagement_id TEXT NOT NULL REFERENCES engagement (id),
    purpose       TEXT NOT NULL CHECK (purpose IN ('development', 'selection', 'appraisal')),
    also          TEXT NOT NULL,
    goal          TEXT NOT NULL,
    sponsor       TEXT NOT NULL,
    may_see       TEXT NOT NULL,
    limits        TEXT NOT NULL,
    keep_until    TEXT,
    agreed_on     TEXT,
    ended_on      TEXT,
    paid          BIGINT NOT NULL,
    at            TEXT NOT NULL
);

CREATE TABLE focus_set (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    on_day    TEXT NOT NULL,
    at        TEXT NOT NULL
);

CREATE TABLE focus (
    focus_set_id TEXT NOT NULL REFERENCES focus_set (id),
    position     BIGINT NOT NULL,
    framework    TEXT NOT NULL,
    behaviour    TEXT NOT NULL,
    importance   BIGINT,
    PRIMARY KEY (focus_set_id, position)
);

-- A session that was led to its end; one without a row here only held answers. Lists hold one id a line.
CREATE TABLE session_end (
    session_id    TEXT NOT NULL PRIMARY KEY REFERENCES session (id),
    engagement_id TEXT REFERENCES engagement (id),
    purpose       TEXT NOT NULL CHECK (purpose IN ('development', 'selection', 'appraisal')),
    on_day        TEXT NOT NULL,
    minutes       BIGINT NOT NULL,
    model         TEXT,
    paid          BIGINT NOT NULL,
    behaviours    TEXT NOT NULL,
    actions       TEXT NOT NULL,
    at            TEXT NOT NULL
);

CREATE TABLE note (
    id         TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    part       TEXT NOT NULL,
    title      TEXT NOT NULL,
    body       TEXT NOT NULL,
    seen       TEXT NOT NULL CHECK (seen IN ('shared', 'coach'))
);

-- Both views of some behaviours, sealed until both are given. `behaviours` holds one framework/code a line.
CREATE TABLE comparison (
    id         TEXT NOT NULL PRIMARY KEY,
    person_id  TEXT NOT NULL REFERENCES person (id),
    on_day     TEXT NOT NULL,
    behaviours TEXT NOT NULL,
    at         TEXT NOT NULL
);

CREATE TABLE comparison_view (
    comparison_id TEXT NOT NULL REFERENCES comparison (id),
    by_whom       TEXT NOT NULL CHECK (by_whom IN ('self', 'coach')),
    on_day        TEXT NOT NULL,
    at            TEXT NOT NULL,
    PRIMARY KEY (comparison_id, by_whom)
);

CREATE TABLE comparison_opened (
    comparison_id TEXT NOT NULL PRIMARY KEY REFERENCES comparison (id),
    on_day        TEXT NOT NULL,
    at            TEXT NOT NULL
);

-- What the client ticked for the sponsor, and took back again; the newest row of a key counts.
CREATE TABLE release_tick (
    id        TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    k         TEXT NOT NULL,
    words     TEXT NOT NULL,
    ticked    BIGINT NOT NULL,
    on_day    TEXT NOT NULL,
    at        TEXT NOT NULL
);

ALTER TABLE answer ADD COLUMN purpose TEXT NOT NULL DEFAULT 'development';
ALTER TABLE answer ADD COLUMN comparison_id TEXT;

ALTER TABLE action_event ADD COLUMN wish TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN outcome TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN obstacle TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN situation TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN response TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN helper TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE action_event ADD COLUMN review_on TEXT;
ALTER TABLE action_event ADD COLUMN came_out TEXT NOT NULL DEFAULT '';

CREATE INDEX answer_of_person ON answer (person_id, on_day, id);
CREATE INDEX action_of_person ON action (person_id, decided_on, id);
CREATE INDEX session_of_person ON session (person_id, id);
CREATE INDEX note_of_session ON note (session_id, id);
CREATE INDEX engagement_of_person ON engagement (person_id, id);
CREATE INDEX engagement_term_of_engagement ON engagement_term (engagement_id, id);
CREATE INDEX focus_set_of_person ON focus_set (person_id, id);
CREATE INDEX comparison_of_person ON comparison (person_id, id);
CREATE INDEX person_card_of_person ON person_card (person_id, id);
CREATE INDEX person_detail_of_person ON person_detail (person_id, id);
CREATE INDEX release_tick_of_person ON release_tick (person_id, k, id);
CREATE INDEX verdict_of_person ON verdict (person_id, id);
