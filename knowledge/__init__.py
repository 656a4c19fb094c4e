"""Notices -> YAML -> immutable, indexed snapshot -> search. Imports no other package of ours."""
