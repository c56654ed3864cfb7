-- What a base knows of itself: its settings, whose it is, and small things to remember.

-- A row is a setting that a server has chosen.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- The one row is the owner of the base: which home folder's process wrote to it last, and in which of the terms that follow one
-- another. Where a base is replicated, this tells the replica's copy from one that was left behind on a disk.
CREATE TABLE ownership (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    term INTEGER NOT NULL,
    home TEXT NOT NULL
) STRICT;

-- A row is something small to remember, such as the last line of the logbook that was announced.
CREATE TABLE mark (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A row is the last signed pack that a story came in: the public key of its editor, as minisign writes it, when it was signed
-- (seconds since 1970; 0 where that is not known), the hash of its story file, and what it said of each item of the story, by which
-- it is known what was changed here since.
CREATE TABLE taken_pack (
    story_id INTEGER PRIMARY KEY REFERENCES story(id),
    key TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    digest TEXT NOT NULL,
    marks TEXT NOT NULL CHECK (json_valid(marks))
) STRICT, WITHOUT ROWID;

-- The salt hides who made a suggestion.
INSERT INTO mark VALUES ('salt', lower(hex(randomblob(16))));

-- 0x464F4F54, the letters FOOT: marks the file as ours in its header.
PRAGMA application_id = 1179602772;

-- The version of all these tables.
PRAGMA user_version = 1;
