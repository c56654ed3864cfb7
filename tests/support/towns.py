"""Two stories that are alike: of a question such as "who resigned?" nobody can tell which of them it is about."""

_TOWN = """\
story: {{id: {id}, title: The {name} inquiry}}
sources:
  post: {{type: article-newspaper, title: News from {name}, publisher: Post, published: 2021-03-09}}
actors:
  mayor: {{name: {mayor}, kind: person, role: Mayor of {name}}}
events:
  resigned: {{what: The mayor resigned on the steps of the town hall., date: {date}, who: [mayor], cite: post#1}}
  report: {{what: "The report on the {thing} was published, with 300 pages.", date: 2021-03-08, cite: post#2}}
quotes:
  sorry: {{by: mayor, text: I am sorry for what happened to the {thing}., date: 2021-03-05, cite: post#3}}
"""
WEXLEY = _TOWN.format(id="wexley", name="Wexley", mayor="Ada Lund", date="2021-03-05", thing="culvert")
ORRIN = _TOWN.format(id="orrin", name="Orrin", mayor="Tom Vance", date="2021-03-06", thing="lighthouse")
