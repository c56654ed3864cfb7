"""The search index of a fact base: an FTS5 table that triggers keep in step with the facts.

``fact_words`` is a view with the words of each live fact; the triggers copy a fact's row from it into ``fact_search`` when the
fact or one of its parts changes. Parts that are written before their fact cause nothing: the fact's row then brings all at once.
"""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_COLUMNS = "text, phrasings, names, context, words, dates"
# A span of a year or more names no month.
_WHOLE_YEAR = 1130


def _month(column: str) -> str:
    cases = " ".join(f"WHEN {number} THEN '{name}'" for number, name in enumerate(MONTHS, 1))
    return f"CASE ({column} % 10000 + 10000) % 10000 / 100 {cases} END"


def _index(facts: str) -> str:
    return f"DELETE FROM fact_search WHERE rowid IN ({facts}); {_add(facts)}"


def _add(facts: str) -> str:
    return f"INSERT INTO fact_search(rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM fact_words WHERE id IN ({facts});"


def _trigger(name: str, event: str, body: str, when: str | None = None) -> str:
    return f"CREATE TRIGGER {name} AFTER {event} {f'WHEN {when} ' if when else ''}BEGIN {body} END"


def _part_triggers(table: str) -> tuple[str, ...]:
    """Index a fact again when a part of it is written, if the fact itself is there already."""
    there = "EXISTS (SELECT 1 FROM fact WHERE id = {row}.fact_id AND retracted = 0)"
    new, old = there.format(row="NEW"), there.format(row="OLD")
    return (
        _trigger(f"{table}_added", f"INSERT ON {table}", _index("NEW.fact_id"), new),
        _trigger(f"{table}_removed", f"DELETE ON {table}", _index("OLD.fact_id"), old),
        _trigger(f"{table}_changed", f"UPDATE ON {table}", _index("NEW.fact_id") + _index("OLD.fact_id")),
    )


def _actor_triggers() -> tuple[str, ...]:
    """Index the facts of an actor again when what it is called changes."""
    facts = "SELECT fact_id FROM fact_actor WHERE actor_id = {}"
    new, old, renamed = (_index(facts.format(row)) for row in ("NEW.actor_id", "OLD.actor_id", "NEW.id"))
    return (
        _trigger("actor_renamed", "UPDATE OF name ON actor", renamed, "NEW.name IS NOT OLD.name"),
        _trigger("alias_added", "INSERT ON actor_alias", new),
        _trigger("alias_removed", "DELETE ON actor_alias", old),
        _trigger("alias_changed", "UPDATE ON actor_alias", new + old),
    )


SEARCH = (
    f"""
    CREATE VIRTUAL TABLE fact_search USING fts5({_COLUMNS}, tokenize = "porter unicode61 remove_diacritics 2")
    """,
    f"""
    CREATE VIEW fact_words AS
    SELECT
        fact.id,
        fact.text,
        (SELECT group_concat(text, ' ') FROM phrasing WHERE fact_id = fact.id) AS phrasings,
        (
            SELECT group_concat(actor.name || ifnull(' ' || (
                SELECT group_concat(alias, ' ') FROM actor_alias WHERE actor_id = actor.id
            ), ''), ' ')
            FROM fact_actor JOIN actor ON actor.id = fact_actor.actor_id WHERE fact_actor.fact_id = fact.id
        ) AS names,
        said.context,
        replace(fact.slug, '-', ' ') AS words,
        said.dates
    FROM fact JOIN (
        SELECT
            id,
            trim(ifnull(context, '') || ' ' || ifnull(place, '')) AS context,
            trim(
                CASE WHEN date_to - date_from < {_WHOLE_YEAR} THEN
                    {_month("date_from")} || ' ' ||
                    CASE WHEN date_to / 100 <> date_from / 100 THEN {_month("date_to")} ELSE '' END
                ELSE '' END
                || ifnull(' ' || (date_from / 10000), '')
                || CASE WHEN date_from IS NULL OR date_to / 10000 <> date_from / 10000
                    THEN ifnull(' ' || (date_to / 10000), '') ELSE '' END
            ) AS dates
        FROM fact
    ) AS said USING (id)
    WHERE fact.retracted = 0
    """,
    _trigger("fact_added", "INSERT ON fact", _add("NEW.id"), "NEW.retracted = 0"),
    _trigger(
        "fact_changed",
        "UPDATE OF id, slug, text, date_from, date_to, place, context, retracted ON fact",
        _index("NEW.id") + _index("OLD.id"),
    ),
    *_part_triggers("phrasing"),
    *_part_triggers("fact_actor"),
    *_actor_triggers(),
)
