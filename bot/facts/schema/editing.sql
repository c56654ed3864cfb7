-- Forms and suggestions, and what keeps a change from being made twice.
--
-- What is stored about people is here, in questions.sql and in replies.sql, so that it can be shown to them, deleted on request
-- and forgotten after a time.

-- A row is a form as somebody filled it in, until it is saved.
CREATE TABLE draft (
    key TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    content TEXT NOT NULL CHECK (json_valid(content)),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_at ON draft(at);

-- A row is a suggestion, with how many approvals it needs, what was decided, and the message in which moderators see it.
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

-- A row is a moderator's approval of a suggestion.
CREATE TABLE approval (
    proposal_id INTEGER NOT NULL REFERENCES proposal(id) ON DELETE CASCADE,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (proposal_id, by)
) STRICT, WITHOUT ROWID;

-- A row says that somebody suggested something today: who is a hash of person and day, so that the count outlasts the deletion
-- of their data.
CREATE TABLE suggested (
    id INTEGER PRIMARY KEY,
    who TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX suggested_at ON suggested(at);

-- A row is a change that was made under a key: asked for twice, as by a button pressed twice, it is made once.
CREATE TABLE done (
    key TEXT PRIMARY KEY,
    change INTEGER,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
