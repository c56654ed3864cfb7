"""A good story file, and what makes it faulty: pieces to be replaced, where the fault is then named, and in which words."""

from __future__ import annotations

GOOD = """\
story:
  id: harbour-bridge
  title: The Harbour Bridge closure
sources:
  gazette:
    type: article-newspaper
    title: Bridge shut
    published: 2021
  radio:
    type: broadcast
    title: 1.9
    author: [no, Ann Lee]
    url: https://example.org/a
actors:
  lee:
    name: Maria Lee
    kind: person
    aliases: [Mayor Lee, the mayor]
    role: Mayor of Harbour
    cite: gazette#2
  1975:
    name: yes
    kind: group
events:
  closure:
    date: 2021-03-03
    what: >-
      The city closed the bridge
      to all traffic.
    where: Harbour
    who: [lee, 1975]
    cite: [gazette#1, radio, {source: radio, timestamp: "1:02"}, gazette#5-1]
quotes:
  lee-safety:
    by: lee
    text: "Safety comes first: the bridge is not safe."
    context: press conference
    about: [lee]
    event: closure
    cite: gazette#4
claims:
  cost:
    text: |
      Repairs will cost
      4.2 million dollars.
    cite: {source: gazette, page: 12}
    asked_as:
      - What is the price?
questions:
  - ask: When was it closed?
    expect: [closure]
    short: 3 March 2021
  - ask: Who ate the fish?
    expect: []
"""

FAULTS = [
    ("  title: The Harbour", "  titel: The Harbour", 3, 3, '"titel" is not a key of the story. Did you mean "title"?'),
    ("  id: harbour-bridge", "  id: Harbour Bridge!", 2, 7, "Write `harbour-bridge`."),
    ("  id: harbour-bridge\n", "", 2, 3, "The story has no `id`. Add `id:`"),
    ("closure\nsources", "closure\n  language: english\nsources", 4, 13, "Write a code such as `en`"),
    ("    title: Bridge shut\n", "", 5, 3, 'The source "gazette" has no `title`.'),
    (
        "published: 2021",
        "published: last year",
        8,
        16,
        '`published` cannot be read: "last year" is not a date. Write it like `2021`',
    ),
    ("type: broadcast", "type: broadcst", 10, 11, 'Did you mean "broadcast"?'),
    ("https://example.org", "javascript://example.org", 13, 10, "beginning with https://"),
    ("https://example.org/a", "https:///a", 13, 10, "is not a web address"),
    ("https://example.org/a", '"https://[::1/a"', 13, 10, "is not a web address"),
    ("https://example.org/a", "https://example.org:99999/a", 13, 10, "is not a web address"),
    ("kind: person", "kind: persn", 17, 11, 'Did you mean "person"?'),
    ("kind: person", "kind: wizard", 17, 11, "Write one of `person`, `organization`"),
    ("role: Mayor of Harbour", "wikidata: q918", 19, 15, "Write the Q and the number alone, such as Q918"),
    ("role: Mayor of Harbour", "wikidata: https://www.wikidata.org/wiki/Q918", 19, 15, "is not an id of Wikidata."),
    ("role: Mayor of Harbour", "wikidata: Q0918", 19, 15, "is not an id of Wikidata."),
    ("cite: gazette#2", "cite: gazete#2", 20, 11, 'There is no source "gazete". Did you mean "gazette"?'),
    ("  1975:", '  " 1975":', 21, 3, '"1975" cannot name an actor: it begins or ends with a space. Write `1975`.'),
    ("  1975:", '  "19#75":', 21, 3, "cannot name an actor: it contains #"),
    ("  1975:", '  "19\\n75":', 21, 3, "cannot name an actor: it contains a line break. Write `19-75`."),
    ("  1975:", '  "19\\e75":', 21, 3, "cannot name an actor: it contains a control character."),
    ("  1975:", '  "":', 21, 3, "cannot name an actor: it is empty. Write a short word"),
    ("  closure:", '  "a#b":', 25, 3, "cannot name an event"),
    ("type: broadcast", "type: Broadcast", 10, 11, '`type` "Broadcast" is not known. Did you mean "broadcast"?'),
    ("type: broadcast", "type: Web page", 10, 11, 'Did you mean "webpage"?'),
    ("type: broadcast", "type: newspaper", 10, 11, 'Did you mean "article-newspaper"?'),
    ("  title: The Harbour", "  title:  # The Harbour", 3, 3, "The story has no `title`. Write it after `title:`."),
    ("  title: The Harbour Bridge closure", '  title: ""', 3, 10, "`title` is empty. Write it."),
    ("date: 2021-03-03", "date: 2021-02-30", 26, 11, "is not in the calendar"),
    ("date: 2021-03-03", "date: []", 26, 11, "`date` must be one text."),
    ("who: [lee, 1975]", "who: [leee, 1975]", 31, 11, 'There is no actor "leee". Did you mean "lee"?'),
    ("who: [lee, 1975]", "who: [zorro]", 31, 11, "Add it under `actors`"),
    ("who: [lee, 1975]", "who: {lee: 1975}", 31, 10, "`who` must be one text"),
    ("timestamp:", "timestmp:", 32, 46, 'Did you mean "timestamp"?'),
    ('timestamp: "1:02"}', "page: 1, line: 2}", 32, 30, "more than one place"),
    ("gazette#5-1", "gazette#", 32, 66, "is not complete"),
    ("{source: gazette, page: 12}", "{page: 12}", 46, 11, "The citation has no source."),
    ("{source: gazette, page: 12}", "[[gazette]]", 46, 12, "`cite` must be one text."),
    ("    cite: gazette#4\n", "", 34, 3, 'The quote "lee-safety" has no `cite`.'),
    ("cite: gazette#4", "cite: []", 40, 11, "The fact has no citation."),
    ("cite: gazette#4", "cite:", 40, 5, 'The quote "lee-safety" has no `cite`. Write it after `cite:`.'),
    ("    cite: gazette#4\n", "", 34, 3, 'The quote "lee-safety" has no `cite`. Add `cite:` with its value.'),
    ("    by: lee\n", "", 34, 3, 'The quote "lee-safety" has no `by`.'),
    ("by: lee", "by: []", 35, 9, "The list of speakers is empty."),
    ("event: closure", "event: clsure", 39, 12, 'Did you mean "closure"?'),
    ("event: closure", "event: cost", 39, 12, '"cost" is not an event.'),
    ("  cost:", "  closure:", 42, 3, '"closure" is already the id of another fact, on line 25.'),
    (
        "  lee-safety:\n    by: lee\n",
        "  lee-safety:\n    by: lee\n    by: lee\n",
        36,
        5,
        '"by" appears twice; the first is on line 35.',
    ),
    ("    where: Harbour", '    where: " "', 30, 12, "`where` is empty. Write it, or take the line out."),
    ("    where: Harbour", '    where: "a\\0b"', 30, 12, "control character"),
    ("    where: Harbour", '    where: "a\\ud800b"', 30, 12, "control character"),
    ("    where: Harbour", "    about: [lee]", 30, 5, '"about" is not a key of the event "closure".'),
    ("expect: [closure]", "expect: [closures]", 51, 14, 'There is no fact "closures". Did you mean "closure"?'),
    ("    expect: []\n", "", 53, 5, "A question has no `expect`."),
    ("quotes:", "quots:", 33, 1, 'Did you mean "quotes"?'),
    ("quotes:\n  lee-safety:", "quotes:\n  - lee-safety:", 34, 3, "`quotes` must be keys with values."),
    (
        "  lee-safety:\n    by: lee\n",
        "  lee-safety: hello\n  two:\n    by: lee\n",
        34,
        15,
        'The quote "lee-safety" must be keys with values',
    ),
    ("id: harbour-bridge", f"id: {'x' * 501}", 2, 7, "`id`: This has 501 characters, and the limit is 500. Shorten it."),
    (
        "id: harbour-bridge",
        f"id: harbour-bridge\n  language: en{'-abcdefgh' * 60}",
        3,
        13,
        "`language`: This has 542 characters, and the limit is 500.",
    ),
    (
        "title: The Harbour Bridge closure",
        f"title: {'x' * 2001}",
        3,
        10,
        "`title`: This has 2,001 characters, and the limit is 2,000.",
    ),
    ("Repairs will cost\n", f"Repairs {'x' * 20_000}\n", 43, 11, "`text`: This has 20,029 characters, and the limit is 20,000."),
    ("[Mayor Lee, the mayor]", f"[a, {'x' * 2001}]", 18, 18, "`aliases`: This has 2,001 characters"),
    ("[Mayor Lee, the mayor]", f"[{', '.join(['x'] * 101)}]", 18, 14, "`aliases`: There are 101 of these, and the limit is 100."),
    ("- What is the price?", f"- {'x' * 11_000}", 48, 9, "`asked_as`: This has 11,000 characters, and the limit is 6,000."),
    (
        "- What is the price?",
        "\n      ".join([f"- {'x' * 5000}"] * 3),
        48,
        7,
        "`asked_as`: Together these have 15,000 characters, and the limit is 10,000. Leave some of them out.",
    ),
    (
        "cite: gazette#4",
        f"cite: [{', '.join(['gazette'] * 1001)}]",
        40,
        11,
        "`cite`: There are 1,001 of these, and the limit is 1,000.",
    ),
]

SYNTAX = [
    ("    where: Harbour", "\twhere: Harbour", 30, "tab"),
    ("    where: Harbour", "    where: Harbour: north", 30, "colon too many"),
    ("    short: 3", '    short: "3', 52, "quotation mark is never closed"),
    ("who: [lee, 1975]", "who: [lee, 1975", 31, "is not closed"),
    ("{source: gazette, page: 12}", "{source: gazette, page: 12", 46, "is not closed"),
    ("    where: Harbour", "    where: @harbour", 30, "in quotes"),
    ("    where: Harbour", "    where: *harbour", 30, "begins with *"),
    ("    where: Harbour", "    where: !!python/name:os.system x", 30, "The tag"),
    ("    where: Harbour", "    where: !x Harbour", 30, "The tag"),
    ("    where: Harbour", "   where: Harbour", 30, "indentation"),
    ("quotes:", "---\nquotes:", 33, "second document"),
]

NO_STORIES = (
    b"",
    b"# nothing\n",
    b"hello",
    b"- a\n",
    b"story:\n  id: caf\xe9\n",
    "story: x".encode("utf-16"),
    b"story:\n  id: a\0b\n",
    b"story:\n  id: \x1b[31m\n",
    b"[" * 100_000,
    b"[" * 30 + b"]" * 30,
    b"story: {id: s, title: t}\n? [a, b]\n: c\n",
    b"a: &a [*a]",
    b"a: &a [x, x, x, x, x, x, x, x, x, x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + n, 98 + n, b", ".join([b"*%c" % (97 + n)] * 10)) for n in range(20)),
    b"a: |5x\n  b\n",
)
"""Files that are no stories at all."""
