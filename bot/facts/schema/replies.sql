-- Replies that were sent, so that their buttons work and what they show can be corrected where it stands.

-- A row is a reply, with where it was sent.
--
-- One that lists many facts, such as a time line, holds their numbers packed in listed, in the order shown. Of such a one change
-- is the last change when it was sent, which tells at what revision it showed each of them; seen is the change up to which it
-- has been corrected.
CREATE TABLE reply (
    key TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    at TEXT NOT NULL,
    channel INTEGER,
    message INTEGER,
    listed BLOB,
    change INTEGER,
    seen INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_at ON reply(at);

CREATE INDEX reply_list_at ON reply(at) WHERE listed IS NOT NULL;

-- A row is a fact that a reply shows, at which revision; corrected is the revision that it was corrected to.
CREATE TABLE reply_fact (
    key TEXT NOT NULL REFERENCES reply(key) ON DELETE CASCADE,
    fact_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    corrected INTEGER,
    PRIMARY KEY (key, fact_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX reply_fact_fact ON reply_fact(fact_id);
