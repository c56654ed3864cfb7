"""The real bot, and a site of our own that gives feeds and pages."""

from __future__ import annotations

from tests.support.web_site import own_site, site

__all__ = ["own_site", "site"]
