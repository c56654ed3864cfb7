-- The owner of a base: which home folder's process wrote to it last, and in which of the terms that follow one another.
--
-- Where a base is replicated, this tells the replica's copy from one that was left behind on a disk.

CREATE TABLE tenure (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    term INTEGER NOT NULL,
    home TEXT NOT NULL
) STRICT;
