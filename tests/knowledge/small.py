"""A small bureau's files, for tests that break, lay over or search them."""

from __future__ import annotations

from pathlib import Path

from knowledge.lexicon import Lexicon
from knowledge.load import load_knowledge, shipped_dir
from knowledge.model import Notice
from knowledge.regions import City, Province, Regions
from knowledge.snapshot import KnowledgeBase

NOTICE = """\
id: demo-2030-1
title: 关于开展2030年惠企活动的通知
short: 2030年惠企通知
kind: 通知
year: 2030
clauses:
  - label: 一
    heading: 活动主题
    summary: 活动主题是惠企助企。
  - label: 二（一）
    heading: 报送材料
    summary: 各市在5月20日前把实施计划报送省局。
deadlines:
  - clause: 二（一）
    what: 报送实施计划
    who: 各市
    due: 2030-05-20
    words: 5月20日前
periods:
  - clause: 一
    what: 活动时间
    start: 2030-04-01
    end: 2030-06-30
    words: 4月1日至6月30日
contacts:
  - clause: 二（一）
    phones: ["0591-12345678"]
"""
FILE = "demo-2030-1.yaml"

REGIONS = Regions(
    regions=(Province(name="福建省", cities=(City(name="厦门市", counties=("思明区",)),)),)
)


def lay(directory: Path, text: str = NOTICE, name: str = FILE) -> Path:
    """`directory` with the text as one of its files."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_text(text, encoding="utf-8")
    return directory


def renamed(notice_id: str, **lines: str) -> str:
    """The notice under another id, with top-level lines replaced or added."""
    text = NOTICE.replace("id: demo-2030-1", f"id: {notice_id}")
    for key, value in lines.items():
        kept = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join([*kept, f"{key}: {value}", ""])
    return text


def base(*notices: Notice, lexicon: Lexicon | None = None) -> KnowledgeBase:
    return KnowledgeBase(notices, lexicon or Lexicon(), REGIONS)


def notice(directory: Path, text: str = NOTICE, name: str = FILE) -> Notice:
    """The one notice of a text, read as a file is."""
    return load_knowledge(lay(directory, text, name)).notices[0]


def ask_few(folder: Path) -> None:
    """Lays the shipped notices, with none of their golden questions, and none of no notice's.

    Asking all takes a while, and says nothing about who asks them.
    """
    ask_their_own(folder)
    (folder / "notices").mkdir(exist_ok=True)
    for file in (shipped_dir() / "notices").glob("*.yaml"):
        text, _, _ = file.read_text(encoding="utf-8").partition("\ngolden:\n")
        (folder / "notices" / file.name).write_text(f"{text}\n", encoding="utf-8")


def ask_their_own(folder: Path) -> None:
    """Lays none of the golden questions of no notice, which are most: each notice keeps its own."""
    (folder / "golden").mkdir(parents=True, exist_ok=True)
    for file in (shipped_dir() / "golden").glob("*.yaml"):
        (folder / "golden" / file.name).write_text("golden: []\n", encoding="utf-8")
