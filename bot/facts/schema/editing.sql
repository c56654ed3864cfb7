-- Who changed what, and what moderators and readers leave for each other.
--
-- The logbook is only ever added to. What is stored about readers is in asked, follower, proposal and draft alone, so that it
-- can be shown to them, deleted on request and forgotten after a time.

CREATE TABLE logbook (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    action TEXT NOT NULL,
    story_id INTEGER REFERENCES story(id),
    change INTEGER,
    what TEXT NOT NULL,
    reason TEXT,
    undoes INTEGER
) STRICT;

CREATE INDEX logbook_undoes ON logbook(undoes) WHERE undoes IS NOT NULL;

CREATE INDEX logbook_story ON logbook(story_id);

CREATE INDEX logbook_at ON logbook(at);

CREATE INDEX logbook_by ON logbook(by);

CREATE INDEX logbook_change ON logbook(change);

CREATE TRIGGER logbook_is_kept BEFORE UPDATE ON logbook
BEGIN SELECT RAISE(ABORT, 'the logbook is never changed'); END;

CREATE TRIGGER logbook_is_not_deleted BEFORE DELETE ON logbook
BEGIN SELECT RAISE(ABORT, 'the logbook is never deleted'); END;

-- REPLACE deletes without firing triggers, unless a connection asks for them, so a row that is there is never inserted again.
CREATE TRIGGER logbook_is_not_replaced BEFORE INSERT ON logbook
WHEN EXISTS (SELECT 1 FROM logbook WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the logbook is never changed'); END;

CREATE TRIGGER revision_is_not_replaced BEFORE INSERT ON revision
WHEN EXISTS (SELECT 1 FROM revision WHERE id = NEW.id)
    OR EXISTS (SELECT 1 FROM revision WHERE kind = NEW.kind AND item_id = NEW.item_id AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'a revision is never changed: write a new one'); END;

-- Small things to remember, such as the last line of the logbook that was announced. The salt hides who made a suggestion.
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO mark VALUES ('salt', lower(hex(randomblob(16))));

-- A change that is asked for twice under the same key, as by a button pressed twice, is made once.
CREATE TABLE done (
    key TEXT PRIMARY KEY,
    change INTEGER,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_at ON draft(at);

CREATE TABLE proposal (
    id INTEGER PRIMARY KEY,
    content TEXT NOT NULL CHECK (json_valid(content)),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    needed INTEGER NOT NULL CHECK (needed > 0),
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'approved', 'rejected', 'withdrawn')),
    decided_by TEXT,
    decided_at TEXT,
    reason TEXT,
    change INTEGER,
    channel INTEGER,
    message INTEGER,
    key TEXT UNIQUE
) STRICT;

CREATE INDEX proposal_by ON proposal(by, at);

-- How often somebody suggested something today, by a hash of person and day, so that it outlasts the deletion of their data.
CREATE TABLE suggested (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX suggested_at ON suggested(at);

CREATE TABLE approval (
    proposal_id INTEGER NOT NULL REFERENCES proposal(id) ON DELETE CASCADE,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (proposal_id, by)
) STRICT, WITHOUT ROWID;

-- Gaps are forgotten, and a button may still name one that was, so AUTOINCREMENT gives its number to no other.
CREATE TABLE gap (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story TEXT,
    question TEXT NOT NULL,
    stems TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'solved', 'dismissed')),
    decided_by TEXT,
    decided_at TEXT,
    change INTEGER
) STRICT;

CREATE INDEX gap_status ON gap(status);

CREATE INDEX gap_change ON gap(change) WHERE change IS NOT NULL;

CREATE TABLE asked (
    id INTEGER PRIMARY KEY,
    gap_id INTEGER NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('unanswered', 'unhelpful')),
    reply TEXT,
    at TEXT NOT NULL,
    UNIQUE (gap_id, reply)
) STRICT;

CREATE INDEX asked_at ON asked(at);

CREATE TABLE follower (
    gap_id INTEGER NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
    user INTEGER NOT NULL,
    PRIMARY KEY (gap_id, user)
) STRICT, WITHOUT ROWID;

-- Where a stored reply was sent and which facts it shows, so that it can be corrected there.
ALTER TABLE reply ADD COLUMN channel INTEGER;

ALTER TABLE reply ADD COLUMN message INTEGER;

CREATE TABLE reply_fact (
    key TEXT NOT NULL REFERENCES reply(key) ON DELETE CASCADE,
    fact_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    corrected INTEGER,
    PRIMARY KEY (key, fact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_fact_fact ON reply_fact(fact_id);
