"""Drafting: a story file proposed from an article, for a person to review. Nothing of it enters a fact base by itself.

`draft` is the whole way, from a file to a story file. `page` takes the article out of a web page, `article` parts it into
paragraphs. `reading` finds who is named (`entities`, `entity_kinds`) and who says what: in quotation marks by
`bot.english.attribution`, without them by itself. `dates` reads dates, `events` what happened on them. `proposal` makes a story
of all that, and `questions` those that it answers.
"""
