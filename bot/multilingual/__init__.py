"""What is read of texts in other languages than English: how their words are compared.

What is certain by letters, marks and figures alone is read in any language. Whatever needs the words of a language is read where
a short table of it makes it certain, and left open elsewhere.
"""
