-- What passages tell: quoted are the characters that are their speakers' own words, a list of [from, to]; happened is 1 where a
-- passage tells what happened on its date.

ALTER TABLE fact ADD COLUMN quoted TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(quoted));

ALTER TABLE fact ADD COLUMN happened INTEGER NOT NULL DEFAULT 0 CHECK (happened IN (0, 1));

CREATE INDEX fact_quoted ON fact(retracted, date_from) WHERE quoted <> '[]';

CREATE INDEX fact_happened ON fact(retracted, date_from) WHERE happened = 1;
