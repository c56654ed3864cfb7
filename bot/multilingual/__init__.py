"""What is read of texts in other languages than English: which they are in, sentences, dates, speakers, words as compared.

What is certain by letters, marks and figures alone is read in any language. Whatever needs the words of a language is read where
a short table of it makes it certain, and left open elsewhere.
"""
