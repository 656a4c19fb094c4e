"""Expressions that are compiled late do what others do; none that the program has is broken."""

from __future__ import annotations

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest

import intents
from knowledge.late import compile_all, late


def test_it_finds_what_another_finds() -> None:
    for pattern in (late("(a)|b", re.I), re.compile("(a)|b", re.I)):
        assert pattern.search("xA")
        assert pattern.fullmatch("B")
        assert not pattern.match("x")
        assert pattern.findall("abA") == ["a", "", "A"]
        assert [found.start() for found in pattern.finditer("abA")] == [0, 1, 2]
        assert pattern.sub("-", "xab") == "x--"
        assert pattern.split("xby") == ["x", None, "y"]
        assert pattern.pattern == "(a)|b"


def test_a_broken_one_is_told_when_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("x")
    with pytest.raises(re.error):
        compile_all()


def test_every_expression_of_the_program_can_be_compiled() -> None:
    for module in walk_packages(intents.__path__, "intents."):
        import_module(module.name)
    import_module("bot.staff.inert")
    compile_all()
