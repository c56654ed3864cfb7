"""Checking quotations against the facts."""
