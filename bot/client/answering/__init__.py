"""Answering questions: where they are asked, how a reply looks, what its buttons do, and how it is corrected later."""
