"""Whole stories: files in and out, drafts from articles, reports, and lists of sources."""
