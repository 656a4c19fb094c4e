"""An answer becomes a FAQ entry in the notice's own YAML, which else stays as it was."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.cli import main
from bot.staff import faq
from bot.staff.faq import Entry, NoDraft
from knowledge.load import load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from knowledge.yaml_source import KnowledgeError
from storage.database import Database
from storage.sealing import Keyring
from tests.bot.counter import office

KEY = bytes(range(32))
ASKED = '个体户："能"报吗？\n怎么报'
TOLD = "能，5月20日前带执照到窗口报，最高补30万元。"
ENTRY = Entry(ASKED, TOLD, "cnipa-2021-51", "五（二）")
LIST = """\
id: n
faq: # 常见问题
- question: a
  answer: |
    b

    c
  clause: 一
# 以下是考题
golden:
    - q: a
"""


def added(text: str) -> str:
    return faq.with_entry(text, Entry("问", "答", "n", "一"))


def test_the_entry_stands_behind_the_others_in_their_format() -> None:
    item = '- question: "问"\n  answer: "答"\n  clause: 一\n'
    before, comment, after = LIST.partition("# 以下是考题\n")
    golden = '    - q: "问"\n      clauses: ["n#一"]\n'
    assert added(LIST) == before + item + comment + after + golden


@pytest.mark.parametrize("without", ["id: n\n", "id: n\nfaq: []\ngolden: []\n", "id: n\nfaq:\n"])
def test_lists_that_are_not_there_yet_are_begun(without: str) -> None:
    text = added(without)
    assert text.startswith('id: n\nfaq:\n  - question: "问"\n')
    assert text.endswith('golden:\n  - q: "问"\n    clauses: ["n#一"]\n')


def test_shipped_notices_are_copied_and_only_added_to(kb: KnowledgeBase, tmp_path: Path) -> None:
    for notice in kb.notices:
        entry = Entry(ASKED, TOLD, notice.id, notice.clauses[0].label)
        assert faq.add(entry, tmp_path) == (tmp_path / f"{notice.id}.yaml", True)
    loaded = load_knowledge(shipped_dir(), tmp_path)
    for notice in kb.notices:
        shipped = (shipped_dir() / "notices" / f"{notice.id}.yaml").read_text(encoding="utf-8")
        kept = iter((tmp_path / f"{notice.id}.yaml").read_text(encoding="utf-8").splitlines())
        assert all(line in kept for line in shipped.splitlines())
        found = loaded.notice(notice.id)
        assert (found.faq[-1].question, found.faq[-1].answer) == (ASKED, TOLD)
        assert (found.golden[-1].q, found.golden[-1].facts) == (ASKED, ("5月20日", "30万元"))


def test_the_bureaus_own_file_is_added_to_and_what_was_published_is_the_next_best(
    tmp_path: Path,
) -> None:
    shipped = (shipped_dir() / "notices" / "cnipa-2021-51.yaml").read_text(encoding="utf-8")
    published = shipped.replace("short: 2021年万里行通知", "short: 万里行")
    path, _ = faq.add(ENTRY, tmp_path, published)
    assert "short: 万里行\n" in path.read_text(encoding="utf-8")
    again = Entry("合作社呢？", "也能", "cnipa-2021-51", "五（二）")
    assert faq.add(again, tmp_path, shipped) == (path, True)
    assert "short: 万里行\n" in path.read_text(encoding="utf-8")
    assert faq.add(again, tmp_path) == (path, False)


def test_a_file_that_cannot_be_added_to_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "cnipa-2021-51.yaml"
    path.write_text("id: [\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        faq.add(ENTRY, tmp_path)
    assert path.read_text(encoding="utf-8") == "id: [\n"
    with pytest.raises(NoDraft):
        faq.add(Entry("问", "答", "xiamen-2025-7", "一"), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("", ("cnipa-2021-51", "三（三）")),
        ("五（二）", ("cnipa-2021-51", "五（二）")),
        ("五(二)", ("cnipa-2021-51", "五（二）")),
        ("fujian-2023-10#三（四）", ("fujian-2023-10", "三（四）")),
        ("fujian-2023-10 三（四）", ("fujian-2023-10", "三（四）")),
        ("fujian-2023-10#九（九）", None),
        ("nowhere#三（四）", None),
        ("请领导定", None),
    ],
)
def test_the_clause_is_the_one_that_is_named_else_the_nearest(
    said: str, place: tuple[str, str] | None, kb: KnowledgeBase
) -> None:
    near = {"notice": "cnipa-2021-51", "doc_number": None, "clause": "三（三）"}
    assert faq.place_of(said, kb, near) == place
    assert faq.place_of("", kb, None) is None


@pytest.fixture
def question(tmp_path: Path) -> Callable[..., int]:
    """`zhixing question …`, of a database in which question 1 waits and question 2 is answered."""
    url = f"sqlite:///{tmp_path / 'zhixing.db'}"

    async def asked() -> None:
        db = await Database.open(url, keys=Keyring([KEY]))
        async with db.transaction() as conn:
            await office.ask_question(conn, "厦门市", "我叫林小燕，电话13900000001，能报吗？")
            await office.ask_question(conn, "厦门市", "我叫林小燕，个体户能报吗？", answered=True)
        await db.close()

    asyncio.run(asked())
    settings = tmp_path / "zhixing.toml"
    key = b64encode(KEY).decode()
    settings.write_text(f'database = "{url}"\ndata_key = "{key}"\n', encoding="utf-8")
    return lambda *words: main(["--settings", str(settings), "question", *words])


def test_open_questions_are_listed_without_personal_data(
    question: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert question("list") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("1  2024-05-15 09:00  厦门市  ")
    assert "能报吗" in line
    assert "13900000001" not in line
    assert "小燕" not in line


def test_an_answer_is_drafted_on_the_command_line_and_names_nobody(
    question: Callable[..., int], tmp_path: Path
) -> None:
    ours = str(tmp_path / "ours")
    assert question("draft", "2", "--clause", "五（一）", "--out", ours) == 0
    text = (tmp_path / "ours" / "cnipa-2021-51.yaml").read_text(encoding="utf-8")
    assert '    answer: "可以"\n    clause: 五（一）\n' in text
    assert "小燕" not in text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("1", "--out", "ours"), "question 1: no answer yet"),
        (("9", "--out", "ours"), "question 9: no such"),
        (("2",), "--out: which directory?"),
        (("2", "--out", "ours", "--clause", "九（九）"), "--clause: 九（九）: no such clause"),
    ],
)
def test_a_draft_that_cannot_be_made_is_told_in_one_line(
    question: Callable[..., int],
    words: tuple[str, ...],
    why: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert question("draft", *words) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert why in line
    assert not (tmp_path / "ours").exists()
