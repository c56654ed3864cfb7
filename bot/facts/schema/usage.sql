-- How much a base is asked: numbers of questions alone, never a question, nor who asked it.
--
-- A row says how many questions of a day were answered, or not, in about so many milliseconds.

CREATE TABLE usage (
    day TEXT NOT NULL,
    answered INTEGER NOT NULL CHECK (answered IN (0, 1)),
    milliseconds INTEGER NOT NULL,
    questions INTEGER NOT NULL,
    PRIMARY KEY (day, answered, milliseconds)
) STRICT, WITHOUT ROWID;
