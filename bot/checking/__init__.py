"""Checking quotations: what somebody is said to have said, held word by word against what the facts have."""
