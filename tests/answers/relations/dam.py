"""A story with a course of events and two sides, for questions about time, sides and what was known when."""

from __future__ import annotations

STORY = """
story: {id: dam, title: The Ferris dam}
sources:
  early: {type: article-newspaper, title: Cracks, publisher: Post, published: 2020-03-02}
  late: {type: article-newspaper, title: Dam shut, publisher: Post, published: 2020-05-20}
  diary: {type: book, title: A diary, published: 2020-03-01/2020-12-31}
actors:
  mayor: {name: Ada Venn, kind: person}
  owner: {name: Tom Birk, kind: person}
  union: {name: Dam Workers, kind: organization}
events:
  inspection: {date: 2020-03-01, what: "Inspectors found a crack in the dam at 9 a.m.", cite: early}
  closure: {date: 2020-05-19, what: Ada Venn ordered the closure of the dam., who: [mayor], cite: late}
  march: {date: 2020-06-01, what: Workers marched to the town hall., who: [union], cite: diary}
  rally: {what: A rally was held., cite: diary}
quotes:
  birk-safe: {by: owner, text: The dam is safe., date: 2020-03-02, event: inspection, cite: early}
  birk-wrong: {by: owner, text: Shutting it is wrong and unfair., date: 2020-05-20, about: [mayor], event: closure, cite: late}
  union-relief: {by: union, text: We welcome it., date: 2020-05-20, about: [mayor], event: closure, cite: late}
claims:
  old: {by: union, text: The dam was built in 1931., about: [owner], date: 2020-06-02, cite: diary}
"""
