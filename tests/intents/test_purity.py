"""`intents` and `knowledge` read no clock and touch nothing; what users read stands in one place.

The tree is read, not run: what is written there is what is tested.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KNOWLEDGE = ROOT / "knowledge"
READING = KNOWLEDGE / "importer" / "reading"
FILES = {
    *(
        KNOWLEDGE / file
        for file in (
            "asked.py",
            "kinds.py",
            "layers.py",
            "leant.py",
            "load.py",
            "parsed.py",
            "yaml_source.py",
            "schema.py",
        )
    ),
    KNOWLEDGE / "divisions" / "source.py",
    *(KNOWLEDGE / "importer" / file for file in ("fields.py", "themes.py")),
    *(
        KNOWLEDGE / "slips" / file
        for file in ("everyday.py", "letters.py", "phrases.py", "shapes.py", "sounds.py")
    ),
    *READING.rglob("*.py"),
}
"""Modules of `knowledge` that read and write files, and only those."""
PURE = sorted(
    path
    for package in ("intents", "knowledge")
    for path in (ROOT / package).rglob("*.py")
    if path not in FILES
)
INTENTS = sorted((ROOT / "intents").rglob("*.py"))

MODULES = {
    "time", "random", "secrets", "uuid", "os", "io", "sys", "socket", "subprocess", "threading",
    "asyncio", "pathlib", "shutil", "tempfile", "urllib", "http", "aiohttp", "sqlalchemy",
    "logging",
}  # fmt: skip
"""What a pure module has no use for."""
CLOCKS = {"now", "today", "utcnow", "fromtimestamp", "time", "monotonic", "perf_counter"}
BUILTINS = {"open", "print", "input", "exec", "eval", "__import__", "id"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def calls(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(what it is called on, what is called) of every call; "" where on nothing."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield ast.unparse(node.func.value), node.func.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield "", node.func.id


def read_no_clock(module: ast.Module) -> list[str]:
    return [
        f"{on}.{what}()"
        for on, what in calls(module)
        if what in CLOCKS and on.split(".")[-1] in ("date", "datetime", "time", "dt", "_dt")
    ]


def touched(module: ast.Module) -> list[str]:
    return [what for on, what in calls(module) if not on and what in BUILTINS] + [
        ast.unparse(node)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]


@pytest.mark.parametrize("path", PURE, ids=name)
def test_a_pure_module_imports_nothing_that_reaches_out(path: Path) -> None:
    heads = {module.partition(".")[0] for module in imported(tree(path))}
    assert not heads & MODULES


@pytest.mark.parametrize("path", PURE, ids=name)
def test_a_pure_module_reads_no_clock_and_opens_nothing(path: Path) -> None:
    module = tree(path)
    assert read_no_clock(module) == []
    assert touched(module) == []


def literals(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Every string of the module but its docstrings, with its line; parts of f-strings too."""
    documented = {id(text) for text in docstrings(module)}
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in documented
        ):
            yield node.lineno, node.value


def docstrings(module: ast.Module) -> Iterator[ast.Constant]:
    """String statements: of modules, classes and functions, and after a name."""
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


SENTENCE = re.compile("[\u4e00-\u9fff]{2,}[”）]?[。？！]")
EXPRESSION = re.compile(r"\(\?|\[.*\]|\||\\")
"""What only a regular expression has."""


def sentences(module: ast.Module) -> list[str]:
    """Chinese that ends as sentences do, and is no regular expression."""
    return [
        f"{line}: {text}"
        for line, text in literals(module)
        if SENTENCE.search(text) and not EXPRESSION.search(text)
    ]


OTHERS = [path for path in INTENTS if "wording" not in path.parts]
BOT = [
    path
    for path in sorted((ROOT / "bot").rglob("*.py"))
    if "staff" not in path.parts and path.name != "banner.py"
]
"""Staff are spoken to by modules of their own, and who starts the server by the banner."""


@pytest.mark.parametrize("path", OTHERS + BOT, ids=name)
def test_sentences_stand_with_the_wording(path: Path) -> None:
    assert sentences(tree(path)) == []


def test_the_wording_itself_only_words() -> None:
    """Functions that take values and return text: no lexicon, no knowledge base, no talk."""
    for path in sorted((ROOT / "intents" / "wording").glob("*.py")):
        heads = set(imported(tree(path)))
        assert not heads & {"intents.respond", "intents.answer", "knowledge.snapshot"}, path.name


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nat = datetime.now()",
        "import datetime\nday = datetime.date.today()",
        "import datetime as dt\nat = dt.datetime.utcnow()",
    ],
)
def test_a_clock_is_found_however_it_is_read(source: str) -> None:
    assert read_no_clock(ast.parse(source))


@pytest.mark.parametrize("source", ["open('x')", "import os\nos.environ['X']", "print(1)"])
def test_reaching_out_is_found(source: str) -> None:
    assert touched(ast.parse(source))


def test_a_sentence_is_found_and_an_expression_is_none() -> None:
    module = ast.parse(
        '"""模块说明。"""\nA = "请您再发一次。"\nB = f"还剩{A}天，请抓紧！"\nC = r"(?:吗|呢)什么。"'
    )
    assert [found.partition(":")[0] for found in sentences(module)] == ["2", "3"]
