"""Forms: the one way of all of them from typing to saving; what each kind asks and does stands beside its feature."""
