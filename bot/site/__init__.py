"""A story as a static site: pages, feeds and widgets that any web server can serve, written by ``footnote site``."""
