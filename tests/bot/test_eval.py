"""`zhixing eval`: what is right, what falls and why, in figures that can be relied on."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.cli import main
from bot.evaluating.asking import PLAIN, Outcome, outcomes, traced
from bot.evaluating.cases import Case
from bot.evaluating.table import MEASURES, Share, column, confusions
from intents.turn import Citation, Reply
from knowledge.golden import is_held
from knowledge.load import load_knowledge, shipped_dir
from knowledge.question import Golden
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import lay

NOW = datetime(2030, 5, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
HOME = "demo-2030-1"
RIGHT = {
    "q": "2030年惠企活动的实施计划几号前报送",
    "clauses": [f"{HOME}#二（一）"],
    "facts": ["5月20日"],
}
WRONG = {"q": "2030年惠企活动什么时候开始", "clauses": [f"{HOME}#二（一）"], "facts": ["2月31日"]}


def asked(kb: KnowledgeBase, *wanted: dict[str, Any], typed: str = PLAIN) -> list[Outcome]:
    cases = [Case(str(n), Golden(**golden), "test") for n, golden in enumerate(wanted)]
    return outcomes(kb, cases, NOW, typed=typed)


def share(outcomes: list[Outcome], name: str) -> Share:
    found = column(PLAIN, outcomes)
    return next(
        share
        for measure, share in zip(MEASURES, found.shares, strict=True)
        if measure.name.strip() == name
    )


def replied(golden: dict[str, Any], reply: Reply, wrong: tuple[str, ...] = ()) -> Outcome:
    case = Case("x", Golden(**golden), "test")
    return Outcome(case, case.golden.q, reply, 0.001, (), wrong)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """One notice of a small bureau, and the shipped words."""
    own = lay(tmp_path_factory.mktemp("own"))
    words = [
        (shipped_dir() / name).read_text(encoding="utf-8")
        for name in ("lexicon.yaml", "regions.yaml")
    ]
    lay(lay(own, words[0], "lexicon.yaml"), words[1], "regions.yaml")
    return load_knowledge(own)


# judging


def test_a_right_answer_counts_and_says_nothing_wrong(small: KnowledgeBase) -> None:
    (one,) = asked(small, RIGHT)
    assert (one.reasons, one.wrong) == ((), ())


def test_an_answer_without_any_of_the_facts_and_clauses_is_a_wrong_statement(
    small: KnowledgeBase,
) -> None:
    (one,) = asked(small, {**RIGHT, "clauses": [f"{HOME}#落款"], "facts": ["2月31日"]})
    assert one.reply.kind == "answer"
    assert one.wrong


def test_an_answer_that_lacks_one_fact_misses_but_is_not_wrong(small: KnowledgeBase) -> None:
    (one,) = asked(small, {**RIGHT, "facts": ["5月20日", "2月31日"]})
    assert any("2月31日" in reason for reason in one.reasons)
    assert one.wrong == ()


def test_an_answer_to_what_must_be_refused_is_a_wrong_statement(small: KnowledgeBase) -> None:
    (one,) = asked(small, {"q": RIGHT["q"], "kind": "refuse"})
    assert one.reply.kind == "answer"
    assert one.wrong == ("answers what must be refused",)


def test_a_question_is_asked_on_its_own_day(small: KnowledgeBase) -> None:
    (one,) = asked(small, {**RIGHT, "today": "2030-05-18", "facts": ["2天"]})
    assert one.right, one.reply.text


def test_typing_is_the_same_for_the_same_seed(small: KnowledgeBase) -> None:
    first, again = (asked(small, RIGHT, typed="homophone")[0].asked for _ in range(2))
    assert first == again != RIGHT["q"]


# the table


def test_shares_are_of_the_questions_that_they_are_about(small: KnowledgeBase) -> None:
    found = asked(
        small, RIGHT, WRONG,
        {"q": "今天天气怎么样", "kind": "refuse"},
        {"q": "你好", "kind": "smalltalk"},
    )  # fmt: skip
    assert share(found, "answerable: all facts, right clause cited") == Share(1, 2)
    assert share(found, "other things out of scope refused") == Share(1, 1)
    assert share(found, "small talk and commands") == Share(1, 1)
    assert share(found, "needs taken, for the right task") == Share(0, 0)
    assert share(found, "all of them") == Share(3, 4)


def test_a_near_miss_is_refused_with_or_without_the_nearest_thing() -> None:
    near = {"q": "去年的几号交", "kind": "refuse", "near": True}
    with_it = Reply("refuse", "没有。", citations=(Citation(HOME, None, "一"),))
    found = [replied(near, with_it), replied(near, Reply("answer", "5月"))]
    assert share(found, "near misses refused") == Share(1, 2)
    assert share(found, "with the nearest known thing") == Share(1, 2)


def test_the_right_clause_may_be_cited_but_not_first() -> None:
    places = (Citation(HOME, None, "一"), Citation(HOME, None, "二（一）"))
    found = [
        replied(RIGHT, Reply("answer", "5月20日", citations=places)),
        replied(RIGHT, Reply("answer", "5月20日", citations=places[::-1])),
    ]
    assert share(found, "right clause cited first") == Share(1, 2)


def test_wrong_statements_are_counted_apart_from_misses() -> None:
    found = [replied(RIGHT, Reply("answer", "5月20日"), wrong=("invents 7",))]
    assert share(found, "wrong statements said") == Share(1, 1)


def test_the_longest_answer_is_no_list() -> None:
    listed = "\n".join(f"{n}. 甲乙丙丁" for n in range(1, 6))
    found = column(
        PLAIN, [replied(RIGHT, Reply("answer", text)) for text in (listed, "一二三四五", "一")]
    )
    assert (found.longest, found.longest_list) == (5, len(listed))


def test_confusions_are_of_kinds() -> None:
    refused = Reply("refuse", "没有。")
    both = {**RIGHT, "kind": ["answer", "clarify"]}
    found = confusions(
        [
            replied(RIGHT, refused),
            replied(RIGHT, refused),
            replied(both, Reply("clarify", "哪一份？")),
        ]
    )
    assert found == {("answer", "refuse"): 2}


# why


def test_the_trace_tells_what_was_understood_and_where_the_answer_would_have_been(
    small: KnowledgeBase,
) -> None:
    (one,) = asked(small, {**RIGHT, "q": "2029年惠企活动的实施计划几号前报送"})
    (found,) = traced(small, one, NOW).asked
    assert "deadline" in found.asks
    assert ("years", "2029") in found.scope
    (expected,) = found.expected
    assert (expected.notice, expected.clause) == (HOME, "二（一）")
    assert "years" in expected.fails
    assert any(place.clause == "二（一）" for place in found.outside)


def test_the_trace_of_a_follow_up_knows_what_was_said_before(small: KnowledgeBase) -> None:
    (one,) = asked(small, {"q": "那报给谁", "context": [RIGHT["q"]]})
    (found,) = traced(small, one, NOW).asked
    assert any(HOME in value for _, value in found.scope)


# the command


def run(capsys: pytest.CaptureFixture[str], *argv: str | Path) -> tuple[int, str, str]:
    try:
        status = main(["eval", *map(str, argv)])
    except SystemExit as ended:
        status = int(ended.code or 0)
    captured = capsys.readouterr()
    return status, captured.out, captured.err


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return lay(tmp_path / "own")


def questions(directory: Path, *rows: dict[str, Any]) -> Path:
    file = directory / "set.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return file


def test_a_file_is_evaluated_and_its_misses_told_with_why(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = questions(
        own.parent,
        {"id": "t1", "q": RIGHT["q"], "notice": HOME, "clause": "二（一）", "facts": ["5月20日"]},
        {"id": "t2", "q": RIGHT["q"], "kind": "oos", "tags": ["near"]},
    )
    status, out, err = run(capsys, file, "--knowledge", own)
    assert (status, err) == (0, "")
    assert "97 %" in out
    assert "refuse -> answer: 1" in out
    assert "[t2]" in out
    assert "answers what must be refused" in out
    assert re.search(rf"near: \S+ {HOME}#二（一）", out)
    assert "[t1]" not in out


def test_the_points_that_typing_loses_stand_beside(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = questions(own.parent, {"q": "你好", "kind": "smalltalk"})
    status, out, _ = run(capsys, file, "--as", "padding,fullwidth")
    assert status == 0
    header = out.splitlines()[1].split()
    assert header[-2:] == ["padding", "fullwidth"]


def test_all_of_it_as_json(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = questions(own.parent, {"id": "t", "q": RIGHT["q"], "kind": "oos"})
    _, out, _ = run(capsys, file, "--knowledge", own, "--json", "--as", "all")
    value = json.loads(out)
    assert value["columns"][PLAIN]["measures"]["all of them"] == {"right": 0, "of": 1}
    assert "pinyin-word" in value["columns"]
    (missed,) = [one for one in value["misses"] if one["as"] == PLAIN]
    assert missed["got"]["citations"][0]["clause"] == "二（一）"
    assert missed["trace"]["asked"][0]["asks"]


@pytest.mark.usefixtures("few_questions")
def test_own_questions_that_are_held_back_count_in_figures_only(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = [f"第{n}个没有答案的问题" for n in range(40)]
    held = next(text for text in texts if is_held(Golden(q=text)))
    free = next(text for text in texts if not is_held(Golden(q=text)))
    rows = f"golden:\n  - {{q: {held}, kind: command}}\n  - {{q: {free}, kind: command}}\n"
    lay(own / "golden", rows, "mine.yaml")
    _, out, _ = run(capsys, "--knowledge", own)
    assert "held back" in out.splitlines()[1]
    assert free in out
    assert held not in out
    assert held in run(capsys, "--knowledge", own, "--held")[1]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("gone.jsonl",), "gone.jsonl: No such file"),
        (("--as", "shouting"), "--as: no 'shouting'"),
        (("--seed", "x"), "--seed"),
    ],
)
def test_bad_input_is_one_line(
    own: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], told: str
) -> None:
    status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_bad_line_is_told_with_its_place(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = questions(own.parent, {"q": "你好", "kind": "smalltalk"}, {"kind": "oos"})
    status, out, err = run(capsys, file)
    assert (status, out) == (2, "")
    assert err == f"{file}:2: q: Field required\n"
