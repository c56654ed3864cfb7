"""Forms: one way for all of them, from what is typed to what is saved; what each kind asks and does stands beside its feature."""
