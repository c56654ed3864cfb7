-- What is followed: a member is told by direct message, or everybody in a channel, when facts come or change.

-- A row is a follow, of a member or of a channel; story and named say what of: a story by its id, an actor by its id in the story,
-- or a question in its words, in which story is '' for all of them.
--
-- told is the last change that was told, answer and answer_revision are the first fact of the answer to a question as it was told
-- last; asked is 0 until a question was asked of all facts, which it may not have been when it was followed, while facts were being
-- encoded. sent counts the messages of the day. Buttons name a follow, so AUTOINCREMENT gives its number to no other.
CREATE TABLE follow (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user INTEGER,
    channel INTEGER,
    kind TEXT NOT NULL CHECK (kind IN ('story', 'actor', 'question')),
    story TEXT NOT NULL,
    named TEXT NOT NULL,
    daily INTEGER NOT NULL CHECK (daily IN (0, 1)),
    told INTEGER NOT NULL,
    answer INTEGER,
    answer_revision INTEGER,
    asked INTEGER NOT NULL DEFAULT 1 CHECK (asked IN (0, 1)),
    day TEXT NOT NULL DEFAULT '',
    sent INTEGER NOT NULL DEFAULT 0,
    CHECK ((user IS NULL) <> (channel IS NULL))
) STRICT;

CREATE UNIQUE INDEX follow_once ON follow(ifnull(user, 0), ifnull(channel, 0), kind, story, named);

CREATE INDEX follow_told ON follow(told);

-- A row is a follow that ended because Discord took no direct message for its member, who is told so next time.
CREATE TABLE ended_follow (
    user INTEGER NOT NULL,
    title TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX ended_follow_at ON ended_follow(at);

-- A row is a channel that follows something and for which Discord refuses messages: since when, how many it refused, and whether
-- somebody who looks after the server was told.
CREATE TABLE refusing_channel (
    channel INTEGER PRIMARY KEY,
    since TEXT NOT NULL,
    refused INTEGER NOT NULL,
    told INTEGER NOT NULL DEFAULT 0 CHECK (told IN (0, 1))
) STRICT;

CREATE TRIGGER follow_in_refusing_channel AFTER DELETE ON follow
WHEN OLD.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM follow WHERE channel = OLD.channel)
BEGIN DELETE FROM refusing_channel WHERE channel = OLD.channel; END;
