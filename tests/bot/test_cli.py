"""`zhixing`: what scripts and people rely on at the command line."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import start
from bot.cli import main
from knowledge.golden import is_held
from knowledge.load import Layer, load_knowledge, shipped_dir
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import FILE, NOTICE, lay, renamed

ROOT = Path(__file__).parents[2]
QUESTION = "2021年万里行的总结几号交"
SLOTS = {
    "单位名称", "联系人", "所在处室", "职务", "联系电话", "电子邮件", "手机", "重点任务",
    "工作内容", "服务需求事项", "需国家局协调", "资源建议",
}  # fmt: skip


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines of the output, each read as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]

    def is_refused(self) -> str:
        """The one line that says what is wrong, where the command ended as bad input must."""
        assert self.status == 2
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        assert "Traceback" not in self.err
        return self.err


Run = Callable[..., Ran]


@pytest.fixture
def run(
    kb: KnowledgeBase,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Run:
    """Runs a command in an empty directory; the shipped knowledge is read once for all tests."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("ZHIXING_")]:
        monkeypatch.delenv(name)

    def read(*layers: Layer, **over: Any) -> KnowledgeBase:
        if layers == (shipped_dir(),) and not any(over.values()):
            return kb
        return load_knowledge(*layers, **over)

    monkeypatch.setattr(start, "load_knowledge", read)

    def ran(*argv: str | Path, stdin: str | bytes | Iterable[dict[str, Any]] = b"") -> Ran:
        given = io.TextIOWrapper(io.BytesIO(as_bytes(stdin)), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", given)
        try:
            status = main([str(arg) for arg in argv])
        except SystemExit as ended:
            status = int(ended.code or 0)
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return ran


def as_bytes(stdin: str | bytes | Iterable[dict[str, Any]]) -> bytes:
    if isinstance(stdin, bytes):
        return stdin
    if isinstance(stdin, str):
        return stdin.encode()
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in stdin).encode()


def process(*argv: str, stdin: str, cwd: Path) -> Ran:
    """The command as it is run from a shell."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ZHIXING_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", *argv],
        input=stdin.encode(),
        capture_output=True,
        cwd=cwd,
        env=environment | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


# ask


def test_a_question_is_answered_for_a_person(run: Run) -> None:
    ran = run("ask", QUESTION, "--today", "2021-10-28")
    assert (ran.status, ran.err) == (0, "")
    assert "还剩2天" in ran.out
    assert "国知发运函字〔2021〕51号" in ran.out


def test_options_are_shown_with_their_numbers(run: Run) -> None:
    lines = run("ask", "什么时候截止").out.splitlines()
    assert any(line.startswith("1. ") for line in lines)
    assert any(line.startswith("2. ") for line in lines)


def test_a_line_of_json_has_what_scripts_rely_on(run: Run) -> None:
    ran = run("ask", "--jsonl", stdin=[{"id": "s1", "q": QUESTION, "today": "2021-10-28"}])
    assert (ran.status, ran.err) == (0, "")
    (row,) = ran.rows
    assert set(row) == {"id", "kind", "text", "citations", "options", "ms"}
    assert row["id"] == "s1"
    assert row["kind"] == "answer"
    assert "还剩2天" in row["text"]
    assert row["citations"] == [
        {"notice": "cnipa-2021-51", "doc_number": "国知发运函字〔2021〕51号", "clause": "六（三）"}
    ]
    assert row["options"] == []
    assert row["ms"] >= 0


def test_a_notice_without_a_number_has_none(run: Run) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "2024年任务清单第2项谁负责"}]).rows
    assert row["citations"][0]["doc_number"] is None


@pytest.mark.parametrize(
    ("q", "kind", "extra"),
    [
        ("你好", "smalltalk", {"intent": "greet"}),
        ("谢谢", "smalltalk", {"intent": "thanks"}),
        ("再见", "smalltalk", {"intent": "bye"}),
        ("帮助", "command", {"intent": "help"}),
        ("取消", "command", {"intent": "cancel"}),
        ("转人工", "command", {"intent": "human"}),
        ("2022年万里行的总结几号交", "refuse", {}),
        ("什么时候截止", "clarify", {}),
        (
            "我们公司想招两个专利代理师",
            "collect",
            {"task": "开展知识产权服务业吸纳就业创业行动"},
        ),
    ],
)
def test_each_kind_has_what_belongs_to_it(
    run: Run, q: str, kind: str, extra: dict[str, str]
) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": q}]).rows
    assert row["kind"] == kind
    assert {name: row[name] for name in ("intent", "task") if name in row} == extra


def test_the_text_is_what_a_user_would_see(run: Run) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "什么时候截止"}]).rows
    assert row["options"]
    assert row["text"].endswith(f"{len(row['options'])}. {row['options'][-1]}")


@pytest.mark.parametrize("context", [["2021年万里行总结几号交给谁"], "2021年万里行总结几号交给谁"])
def test_what_was_said_before_is_given_as_a_list_or_one_string(run: Run, context: Any) -> None:
    (row,) = run("ask", "--jsonl", stdin=[{"q": "那省里的呢", "context": context}]).rows
    assert row["citations"][0]["notice"] == "fujian-2023-10"


def test_no_context_may_be_said_in_any_way(run: Run) -> None:
    ways: list[Any] = [[], None, ""]
    rows = run("ask", "--jsonl", stdin=[{"q": QUESTION, "context": c} for c in ways]).rows
    assert len({row["text"] for row in rows}) == 1


def test_each_line_is_a_conversation_of_its_own(run: Run) -> None:
    first, second = run("ask", "--jsonl", stdin=[{"q": QUESTION}, {"q": "那省里的呢"}]).rows
    assert first["kind"] == "answer"
    assert second["kind"] != "answer"


@pytest.mark.parametrize("id_", ["a", 7, None, ["x"], {"n": 1}, "需求", "\ud83d"])
def test_the_id_comes_back_as_it_was(run: Run, id_: Any) -> None:
    (row,) = run("ask", "--jsonl", stdin=json.dumps({"id": id_, "q": "你好"})).rows
    assert row["id"] == id_


def test_lines_come_back_in_their_order(run: Run) -> None:
    asked = [
        {"id": n, "q": q} for n, q in enumerate(["你好", QUESTION, "", "帮助", "什么时候截止"])
    ]
    assert [row["id"] for row in run("ask", "--jsonl", stdin=asked).rows] == [0, 1, 2, 3, 4]


def test_files_of_other_systems_are_read(run: Run) -> None:
    text = '\ufeff{"id": 1, "q": "你好"}\r\n\r\n{"id": 2, "q": "谢谢"}\r\n'
    assert [row["id"] for row in run("ask", "--jsonl", stdin=text).rows] == [1, 2]


def test_the_bureaus_own_notices_are_asked_as_well(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own")
    ran = run("ask", "2030年惠企通知的实施计划几号前报", "--knowledge", own)
    assert "2030年5月20日" in ran.out


# talk


def said(text: str, at: str, id_: str | int | None = None, user: str = "u1") -> dict[str, Any]:
    row: dict[str, Any] = {"user": user, "text": text, "at": at}
    return row if id_ is None else row | {"id": id_}


NEED = [
    said("想报个需求", "2021-05-10T09:00:00"),
    said("三明示例木业有限公司", "2021-05-10T09:01:00"),
    said("我叫陈一，手机13900000001", "2021-05-13T15:00:00"),
    said("没有邮箱", "2021-05-13T15:01:00+08:00"),
    said("想找人把我们的实用新型转让出去，手上有三件", "2021-05-20T08:00:00Z"),
    said("嗯对，转移转化那个", "2021-05-20T08:01:00Z"),
    said("不用国家局", "2021-05-20T08:02:00Z"),
    said("没错，提交", "2021-05-20T08:03:00Z"),
]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'talk.db'}"


def test_a_need_is_told_over_days_and_lies_in_the_list(run: Run, database: str) -> None:
    ran = run("talk", "--jsonl", "--database", database, stdin=NEED)
    assert (ran.status, ran.err) == (0, "")
    assert len(ran.rows) == len(NEED)
    assert {row["kind"] for row in ran.rows} == {"collect"}
    assert all(set(row) == {"user", "id", "kind", "text", "demand"} for row in ran.rows)
    (demand,) = listed(run, database)
    assert {row["demand"] for row in ran.rows} == {demand["id"]}
    assert set(demand) == {
        "id", "user", "status", "region", "bureau", "campaign", "channel", "created",
            "fields",
    }  # fmt: skip
    assert demand["user"] == "u1"
    assert demand["status"] == "submitted"
    assert demand["region"] == "三明市"
    assert demand["campaign"] == "知识产权服务万里行"
    fields = demand["fields"]
    assert set(fields) == SLOTS
    assert fields["单位名称"] == "三明示例木业有限公司"
    assert fields["联系人"] == "陈一"
    assert fields["手机"] == "13900000001"
    assert fields["重点任务"] == "开展知识产权转移转化行动"
    assert "转让" in fields["服务需求事项"]
    assert fields["需国家局协调"] is False
    assert [fields[name] for name in ("电子邮件", "所在处室", "职务", "资源建议")] == [None] * 4


def listed(run: Run, database: str) -> list[dict[str, Any]]:
    ran = run("demand", "list", "--json", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    demands: list[dict[str, Any]] = json.loads(ran.out)
    return demands


def test_a_draft_is_listed_with_nulls(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED[:2])
    (demand,) = listed(run, database)
    assert demand["status"] == "draft"
    assert demand["fields"]["单位名称"] == "三明示例木业有限公司"
    assert demand["fields"]["手机"] is None
    assert demand["fields"]["需国家局协调"] is None


def test_a_talk_goes_on_in_another_run(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED[:4])
    run("talk", "--jsonl", "--database", database, stdin=NEED[4:])
    (demand,) = listed(run, database)
    assert demand["status"] == "submitted"


def test_the_same_id_twice_gives_the_same_reply_and_one_demand(run: Run, database: str) -> None:
    first = said("登记需求", "2021-05-10T09:00:00", "m1")
    told = said("三明示例木业有限公司", "2021-05-10T09:01:00", "m2")
    rows = run("talk", "--jsonl", "--database", database, stdin=[first, first, told, first, told])
    once, again, answered, late, repeat = rows.rows
    assert once == again == late
    assert answered == repeat
    assert len(listed(run, database)) == 1


def test_an_id_repeated_in_a_later_run_is_a_repeat_as_well(run: Run, database: str) -> None:
    line = [said("登记需求", "2021-05-10T09:00:00", 1)]
    once = run("talk", "--jsonl", "--database", database, stdin=line).rows
    assert run("talk", "--jsonl", "--database", database, stdin=line).rows == once
    assert len(listed(run, database)) == 1


def test_users_do_not_share_ids_or_talks(run: Run, database: str) -> None:
    at = "2021-05-10T09:00:00"
    rows = run(
        "talk", "--jsonl", "--database", database,
        stdin=[said("登记需求", at, 1, "甲"), said("你好", at, 1, "乙")],
    ).rows  # fmt: skip
    assert [row["kind"] for row in rows] == ["collect", "smalltalk"]
    assert [demand["user"] for demand in listed(run, database)] == ["甲"]


def test_the_time_of_a_message_is_the_day_of_its_answer(run: Run, database: str) -> None:
    rows = run(
        "talk", "--jsonl", "--database", database,
        stdin=[
            said(QUESTION, "2021-10-28T23:30:00"),
            said(QUESTION, "2021-10-29T16:30:00Z"),  # half past midnight of the 30th in China
        ],
    ).rows  # fmt: skip
    assert "还剩2天" in rows[0]["text"]
    assert "今天截止" in rows[1]["text"]


def test_a_message_without_an_id_gets_one(run: Run, database: str) -> None:
    rows = run(
        "talk", "--jsonl", "--database", database, stdin=[{"user": "u", "text": "你好"}] * 2
    ).rows
    assert rows[0]["id"] != rows[1]["id"]


def test_what_is_cancelled_is_listed_without_personal_data(run: Run, database: str) -> None:
    run(
        "talk", "--jsonl", "--database", database,
        stdin=[*NEED[:3], said("取消", "2021-05-13T15:02:00")],
    )  # fmt: skip
    (demand,) = listed(run, database)
    assert demand["status"] == "cancelled"
    assert demand["fields"]["手机"] is None
    assert demand["fields"]["联系人"] is None


def test_the_list_on_a_screen_is_masked(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED)
    out = run("demand", "list", "--database", database).out
    assert "三明示例木业有限公司" in out
    assert "13900000001" not in out
    assert "陈一" not in out


def test_an_empty_list_is_a_list(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database)
    assert listed(run, database) == []


# kb


def test_the_shipped_knowledge_is_checked(run: Run) -> None:
    ran = run("kb", "check")
    assert ran.err == ""
    assert ran.status == 0, ran.out
    assert "5 notices" in ran.out


@pytest.mark.usefixtures("few_questions")
def test_a_golden_question_that_falls_is_told_with_why(run: Run, tmp_path: Path) -> None:
    own = lay(
        tmp_path / "own",
        "golden:\n"
        "  - {q: 你好, kind: refuse}\n"
        "  - {q: 2021年万里行的总结几号交, facts: [10月31日], clauses: ['cnipa-2021-51#一']}\n"
        "  - {q: 谢谢, kind: smalltalk, intent: thanks}\n",
        "golden.yaml",
    )
    ran = run("kb", "check", own)
    assert ran.status == 1
    assert ran.err == ""
    fallen = [line for line in ran.out.splitlines() if line.startswith("golden: ")]
    assert len(fallen) == 2
    assert "你好" in fallen[0]
    assert "smalltalk" in fallen[0]
    assert "10月31日" in fallen[1]
    assert "cnipa-2021-51#六（三）" in fallen[1]


@pytest.mark.usefixtures("few_questions")
def test_a_golden_question_of_a_notice_is_told_with_the_notice(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own", NOTICE + "golden:\n  - {q: 谢谢, kind: answer}\n")
    ran = run("kb", "check", own)
    assert ran.status == 1
    assert "demo-2030-1: 谢谢: " in ran.out


def of_the_folder(directory: Path, *, held: bool) -> str:
    """A question that falls, laid among those of the folder: one that is held back, or not."""
    texts = (f"第{n}个问题" for n in range(100))
    text = next(text for text in texts if is_held(Golden(q=text)) == held)
    lay(directory / "golden", f"golden:\n  - {{q: {text}, kind: command}}\n", "more.yaml")
    return text


@pytest.mark.usefixtures("few_questions")
def test_a_question_that_is_held_back_counts_apart_and_is_not_shown(
    run: Run, tmp_path: Path
) -> None:
    text = of_the_folder(lay(tmp_path / "own"), held=True)
    ran = run("kb", "check", tmp_path / "own")
    assert re.search(r"^held back: command: \d+ of \d+$", ran.out, re.M)
    assert text not in ran.out
    shown = run("kb", "check", tmp_path / "own", "--held")
    assert shown.status == ran.status
    assert f"golden/more: {text}: " in shown.out


@pytest.mark.usefixtures("few_questions")
def test_a_question_that_is_held_back_keeps_nothing_from_being_published(
    run: Run, tmp_path: Path, database: str
) -> None:
    own = tmp_path / "own"
    text = of_the_folder(own, held=True)
    ran = run("kb", "publish", own, "--database", database)
    assert ran.status == 0, ran.err
    assert text not in ran.err


@pytest.mark.usefixtures("few_questions")
def test_a_question_of_the_folder_that_falls_does(run: Run, tmp_path: Path, database: str) -> None:
    own = tmp_path / "own"
    text = of_the_folder(own, held=False)
    ran = run("kb", "publish", own, "--database", database)
    assert ran.status == 1
    assert f"golden/more: {text}: " in ran.err


@pytest.mark.usefixtures("few_questions")
def test_published_questions_are_told_in_the_difference(
    run: Run, tmp_path: Path, database: str
) -> None:
    own = tmp_path / "own"
    lay(own / "golden", "golden:\n  - {q: 多谢多谢呀, kind: smalltalk}\n", "mine.yaml")
    ran = run("kb", "diff", own, "--database", database)
    assert "新增样题 多谢多谢呀" in ran.out
    assert run("kb", "publish", own, "--database", database).status == 0
    assert "多谢" not in run("kb", "diff", own, "--database", database).out


@pytest.mark.parametrize("number", ["7", "99999999999", "9" * 5000])
def test_a_revision_that_there_is_not_is_told_in_one_line(
    run: Run, database: str, number: str
) -> None:
    ran = run("kb", "diff", number, "--database", database)
    assert (ran.status, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    assert len(ran.err) < 200
    assert number[:9] in ran.err


def test_bad_files_are_told_with_their_places(run: Run, tmp_path: Path) -> None:
    own = lay(tmp_path / "own", NOTICE.replace("2030-05-20", "2030-13-01"))
    line = NOTICE[: NOTICE.index("2030-05-20")].count("\n") + 1
    lay(own, renamed("demo-2031-1", superseded_by="gone-2031-1"), "demo-2031-1.yaml")
    ran = run("kb", "check", own)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err
    assert f'own/{FILE}:{line}:10: deadlines[0].due: "2030-13-01" is not a date' in ran.err
    assert "own/demo-2031-1.yaml:" in ran.err


@pytest.mark.parametrize("command", [("kb", "check"), ("ask", "你好", "--knowledge")])
def test_a_directory_that_is_not_there_is_told(run: Run, command: tuple[str, ...]) -> None:
    assert "no such directory" in run(*command, "gone").is_refused()


def test_the_schemas_are_written(run: Run, tmp_path: Path) -> None:
    ran = run("kb", "schema", tmp_path / "schemas")
    assert ran.status == 0
    written = sorted((tmp_path / "schemas").iterdir())
    assert [Path(line).name for line in sorted(ran.out.splitlines())] == [p.name for p in written]
    assert "notice.schema.json" in [path.name for path in written]
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in written)


# digest


def test_the_digest_is_shown_and_nothing_is_queued(run: Run, database: str) -> None:
    run("talk", "--jsonl", "--database", database, stdin=NEED)
    ran = run("digest", "preview", "--database", database)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("## ")
    assert "13900000001" not in ran.out
    assert run("digest", "preview", "--database", database).status == 0


# bad input of every kind: one line, status 2, and what was good stands


BAD_QUESTIONS = [
    "not json",
    '{"q": "你好"',
    "[]",
    '"你好"',
    "{}",
    '{"q": 1}',
    '{"q": null}',
    '{"q": "你好", "today": "2021-13-01"}',
    '{"q": "你好", "today": "明天"}',
    '{"q": "你好", "context": 5}',
    '{"q": "你好", "context": ["a", 5]}',
    '{"q": "你好", "id": NaN}',
    '{"q": "你好", "id": ' + "9" * 5000 + "}",
]


@pytest.mark.parametrize("bad", BAD_QUESTIONS, ids=lambda line: line[:40])
def test_after_a_bad_question_the_good_ones_before_it_stand(run: Run, bad: str) -> None:
    ran = run(
        "ask", "--jsonl", stdin=f'{{"id": 1, "q": "你好"}}\n{bad}\n{{"id": 3, "q": "你好"}}\n'
    )
    assert ran.is_refused().startswith("zhixing: line 2: ")
    assert [row["id"] for row in ran.rows] == [1]


BAD_MESSAGES = [
    "not json",
    '{"user": "u"}',
    '{"text": "你好"}',
    '{"user": 1, "text": "你好"}',
    '{"user": "u", "text": ["你好"]}',
    '{"user": "u", "text": "你好", "at": "yesterday"}',
    '{"user": "u", "text": "你好", "at": "2021-02-30T00:00:00"}',
    '{"user": "u", "text": "你好", "at": "0001-01-01T00:00:00"}',
    '{"user": "u", "text": "你好", "at": "9999-12-31T23:59:59-12:00"}',
    '{"user": "u", "text": "你好", "id": {}}',
]


@pytest.mark.parametrize("bad", BAD_MESSAGES, ids=lambda line: line[:60])
def test_after_a_bad_message_the_good_ones_before_it_are_kept(
    run: Run, database: str, bad: str
) -> None:
    lines = f'{{"user": "u", "text": "登记需求"}}\n{bad}\n{{"user": "u", "text": "取消"}}\n'
    ran = run("talk", "--jsonl", "--database", database, stdin=lines)
    assert ran.is_refused().startswith("zhixing: line 2")
    assert [row["kind"] for row in ran.rows] == ["collect"]
    assert [demand["status"] for demand in listed(run, database)] == ["draft"]


def test_other_bytes_are_told(run: Run) -> None:
    ran = run("ask", "--jsonl", stdin='{"q": "你好"}\n'.encode("gbk"))
    assert "not UTF-8" in ran.is_refused()


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("answer",),
        ("ask",),
        ("ask", "你好", "--jsonl"),
        ("ask", "你好", "您好"),
        ("ask", "你好", "--today", "2021-13-01"),
        ("ask", "你好", "--today"),
        ("ask", "你好", "--colour"),
        ("ask", "你好", "--knowledge", "gone"),
        ("--settings", "gone.toml", "ask", "你好"),
        ("talk",),
        ("talk", "--jsonl", "--database", "talk.db"),
        ("talk", "--jsonl", "--database", "mysql://127.0.0.1/x"),
        ("talk", "--jsonl", "--database", "sqlite:////gone/talk.db"),
        ("demand",),
        ("demand", "delete"),
        ("demand", "list", "--json", "--database", "nonsense"),
        ("demand", "list", "--database", "postgresql://nobody@127.0.0.1:1/x"),
        ("kb",),
        ("kb", "publish"),
        ("kb", "schema"),
        ("kb", "check", "gone"),
        ("digest",),
        ("digest", "preview", "--database", "nonsense"),
        ("serve", "now"),
    ],
    ids=" ".join,
)
def test_bad_arguments_are_told_in_one_line(run: Run, argv: tuple[str, ...]) -> None:
    ran = run(*argv)
    assert ran.is_refused().startswith("zhixing")
    assert ran.out == ""


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("port = 'many'\n", "port"),
        ("colour = 1\n", "colour"),
        ("timezone = 'Mars/Olympus'\n", "timezone"),
        ("form_notice = 'gone-2030-1'\n", "form_notice"),
        ("port = \n", "zhixing.toml"),
    ],
)
def test_bad_settings_are_told_in_one_line(
    run: Run, tmp_path: Path, settings: str, told: str
) -> None:
    (tmp_path / "zhixing.toml").write_text(settings, encoding="utf-8")
    assert told in run("ask", "你好").is_refused()


def test_a_password_is_not_shown_in_an_error(run: Run) -> None:
    url = "postgresql://zhixing:geheim@127.0.0.1:1/x"
    assert "geheim" not in run("demand", "list", "--database", url).is_refused()


def test_listing_what_is_in_no_database_makes_none(run: Run, tmp_path: Path) -> None:
    run("demand", "list", "--json", "--database", f"sqlite:///{tmp_path / 'tpyo.db'}")
    assert not (tmp_path / "tpyo.db").exists()


# as a process


def test_as_a_process_a_bad_line_ends_it_and_the_good_one_stands(tmp_path: Path) -> None:
    ran = process("ask", "--jsonl", stdin='{"id": 1, "q": "你好"}\nnot json\n', cwd=tmp_path)
    assert ran.is_refused() == "zhixing: line 2: not JSON\n"
    assert [row["id"] for row in ran.rows] == [1]


def test_as_a_process_an_answer_is_printed(tmp_path: Path) -> None:
    ran = process("ask", QUESTION, "--today", "2021-10-30", stdin="", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "今天截止" in ran.out


def test_help_says_what_there_is(run: Run) -> None:
    ran = run("--help")
    assert ran.status == 0
    for command in ("ask", "talk", "demand", "kb", "digest", "serve", "chat"):
        assert command in ran.out


def test_who_reads_no_further_is_not_told_off(tmp_path: Path) -> None:
    """`zhixing ask --jsonl | head -1` ends without a traceback."""
    line = '{"q": "你好"}\n'.encode()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    ) as asking:
        assert asking.stdin
        assert asking.stdout
        assert asking.stderr
        asking.stdin.write(line)
        asking.stdin.flush()
        assert asking.stdout.readline()
        asking.stdout.close()
        try:
            asking.stdin.write(line * 3000)
            asking.stdin.close()
        except BrokenPipeError:
            pass
        assert "Traceback" not in asking.stderr.read().decode()
        assert asking.wait() == 0


# numbers


@pytest.mark.parametrize("number", ["99999999999999999999", "x", "1.5"])
@pytest.mark.parametrize(
    "before",
    [
        ("activity", "remove"),
        ("activity", "add", "--task", "质押融资", "--what", "对接会", "--enterprises"),
        ("audit", "list", "--demand"),
        ("question", "draft"),
        ("kb", "rollback"),
    ],
    ids=" ".join,
)
def test_a_number_that_no_database_holds_is_bad_input(
    run: Run, before: tuple[str, ...], number: str
) -> None:
    assert number in run(*before, number).is_refused()
