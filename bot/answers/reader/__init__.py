"""The trained reader: which facts answer a question, where in them the short answer stands, and how sure that is."""
