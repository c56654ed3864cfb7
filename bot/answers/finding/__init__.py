"""Finding: the facts that a question is held against, made ready for it, and actors and stories by what somebody typed.

In: a fact base and a question as typed. Out: an `index.StoryIndex` of `documents.Document`: all facts of a small story, else
those that the words of the question find in the search index. Nothing here knows what is asked.
"""
