-- What readers asked: the questions that were not answered well, and how many were asked.

-- A row is a gap: a question that was not answered well, without the name of whoever asked; change is what solved it.
--
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

-- A row is one time that a gap was asked, in the words of that reader; reply is the reply that did not help.
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

-- A row is somebody who wants to be told when a gap is answered.
CREATE TABLE follower (
    gap_id INTEGER NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
    user INTEGER NOT NULL,
    PRIMARY KEY (gap_id, user)
) STRICT, WITHOUT ROWID;

-- A row says how many questions of a day were answered, or not, in about so many milliseconds: numbers alone, never a question,
-- nor who asked it.
CREATE TABLE usage (
    day TEXT NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    milliseconds INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    PRIMARY KEY (day, answered, milliseconds)
) STRICT, WITHOUT ROWID;
