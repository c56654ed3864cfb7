"""Formats that others read and write: citations of sources, lists of sources in and out, and whole stories out."""
