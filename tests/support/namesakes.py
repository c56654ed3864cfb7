"""A story of two people with one surname and one nickname."""

PRYCES = """\
story: {id: wexley, title: The Wexley culvert}
sources:
  post: {type: article-newspaper, title: Culvert fails, publisher: Wexley Post, published: 2021-03-05}
  radio: {type: broadcast, title: Morning news, publisher: Radio Wexley, published: 2021-03-08}
actors:
  m-pryce: {name: Maria Pryce, kind: person, role: Mayor of Wexley, aliases: [Mo]}
  t-pryce: {name: Tom Pryce, kind: person, role: Contractor, aliases: [Mo]}
  lund: {name: Ada Lund, kind: person, role: Engineer}
events:
  collapse: {what: The Wexley culvert collapsed., date: 2021-03-04, cite: post#1, who: [m-pryce]}
  visit: {what: Tom Pryce inspected the culvert with a camera., date: 2021-03-01, cite: post#2, who: [t-pryce]}
quotes:
  summer: {by: m-pryce, text: We will rebuild the culvert before the summer., date: 2021-03-05, cite: post#3, event: collapse}
  cracks: {by: t-pryce, text: I warned the town about the cracks twice., date: 2021-03-08, about: [m-pryce], cite: radio}
  steel: {by: lund, text: The steel was too thin from the start., date: 2021-03-08, cite: radio, event: collapse}
"""
