-- Feeds that a server follows, what they offered, and pages of articles that are read again.
--
-- next_at is when somebody looks again; problem and failed_at are why and when it went wrong last, in the words of that day.

-- A row is a feed that is followed for a story: one with articles, or the address of the next signed pack of the story, of which
-- there is one. told is 1 once moderators have been told that it fails, 2 once they know that its pack is refused.
CREATE TABLE feed (
    id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id),
    kind TEXT NOT NULL DEFAULT 'articles' CHECK (kind IN ('articles', 'pack')),
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    next_at TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1, 2)),
    problem TEXT NOT NULL DEFAULT '',
    failed_at TEXT,
    UNIQUE (story_id, kind, url)
) STRICT;

-- A row is an article that a feed offers, or a newer pack, whose key is the hash of its story file; it stays for as long as the
-- feed still gives it, so that it is offered once.
CREATE TABLE feed_item (
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('unfit', 'waiting', 'offered', 'read', 'ignored')),
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    published TEXT,
    names TEXT NOT NULL CHECK (json_valid(names)),
    words TEXT NOT NULL CHECK (json_valid(words)),
    at TEXT NOT NULL,
    offered_at TEXT,
    problem TEXT NOT NULL DEFAULT '',
    failed_at TEXT,
    UNIQUE (feed_id, key)
) STRICT;

CREATE INDEX feed_item_status ON feed_item(status);

CREATE INDEX feed_item_at ON feed_item(at);

-- A row is a page of an article that is read again so many times yet.
CREATE TABLE watched_page (
    source_id INTEGER PRIMARY KEY REFERENCES source(id),
    url TEXT NOT NULL,
    next_at TEXT NOT NULL,
    looks_left INTEGER NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A row is the text of an article as it was read from its page: its hash, by the change that took it in. Of a source the last row
-- counts whose change is not undone, so that the hash is that of the text whose facts are kept; change is 0 where there was none.
CREATE TABLE read_page (
    source_id INTEGER NOT NULL REFERENCES source(id),
    change INTEGER NOT NULL,
    url TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (source_id, change)
) STRICT;
