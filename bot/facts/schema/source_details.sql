-- What else is known of a source, for citations and reference managers: volume, pages, editors, the day it was seen.
--
-- A list of pairs: a variable of the Citation Style Language and its text. A name of several is several pairs.

ALTER TABLE source ADD COLUMN details TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(details));
