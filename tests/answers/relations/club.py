"""A story of people with roles, and of who took and left them."""

from __future__ import annotations

STORY = """
story: {id: club, title: The rowing club of Orr}
sources:
  post: {type: article-newspaper, title: Oars, publisher: Orr Post, published: 2021-12-01}
actors:
  club: {name: Orr Rowing Club, kind: organization, aliases: [the club]}
  bank: {name: Lake Bank, kind: organization, aliases: [the lender], role: sponsor of the regatta}
  venn: {name: Ada Venn, kind: person, aliases: [the old president], role: president of the Orr Rowing Club}
  birk: {name: Tom Birk, kind: person, role: deputy mayor of Orr}
  sand: {name: Eva Sand, kind: person, role: coach of the Orr Rowing Club}
  holt: {name: Peter Holt, kind: person, role: finance director of Lake Bank}
  rudd: {name: Una Rudd, kind: person, role: chief executive of Lake Bank}
  moss: {name: Ole Moss, kind: person, role: owner and chairman of Lake Bank}
  cole: {name: Pia Cole, kind: person, role: lawyer of Tom Birk}
  lund: {name: Kai Lund, kind: person, aliases: [the boatman], role: treasurer of the Orr Rowing Club}
events:
  start: {date: 2015-05-01, what: Ada Venn became president of the Orr Rowing Club., who: [venn, club], cite: post}
  loan: {date: 2019-03-01, what: Lake Bank lent the club 9000 crowns., who: [bank, club, rudd, holt, moss], cite: post}
  court: {date: 2019-04-01, what: Pia Cole spoke for Tom Birk in court., who: [cole, birk], cite: post}
  race: {date: 2020-06-01, what: Eva Sand fell into the lake at the regatta., who: [sand], cite: post}
  handed: {date: 2021-06-01, what: Ada Venn was succeeded as president by Kai Lund after a vote., who: [venn, lund], cite: post}
  rudd-out: {date: 2021-07-01, what: Una Rudd resigned., who: [rudd], cite: post}
"""
