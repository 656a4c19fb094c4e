"""The books of `benchmarks.kills` find what is lost or doubled; and a few kills, clean."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.kills.balance import Outcome, problems
from benchmarks.kills.books import Books
from benchmarks.kills.ledger import Account, balance

ROOT = Path(__file__).parents[2]
KILLS = 5
CONFIRMED = "已提交“福州试验1号有限公司”的需求，编号是需求1，由福州市市场监督管理局办理。"
TOLD = "【需国家局协调】7号需求刚刚提交"
CALLED = "有人发来“转人工”"
BOOKS = Books(
    taken={"wecom:a": 2, "dingtalk:a": 2},
    submitted=frozenset({("wecom:a", 1)}),
    national=frozenset({7}),
    calls=1,
    waiting=0,
    failed=0,
)
ANSWERS = [CONFIRMED, "5月25日"]


def found(
    books: Books = BOOKS,
    told: tuple[str, ...] = (TOLD, CALLED),
    wecom: list[str] = ANSWERS,
    dingtalk: tuple[str, ...] = ("5月25日", "好的"),
) -> list[str]:
    accounts = [
        Account("wecom", "a", said=2, answers=wecom),
        Account("dingtalk", "a", said=2, answers=list(dingtalk)),
    ]
    lines = [balance(one.channel, accounts, books.taken) for one in accounts]
    return list(problems(Outcome(1, Counter({"at once": 2}), 3, lines, accounts, books, told)))


def test_books_that_balance_are_clean() -> None:
    assert found() == []


def test_an_acknowledged_message_that_was_not_stored_is_found() -> None:
    assert "lost=1" in found(replace(BOOKS, taken={"wecom:a": 1, "dingtalk:a": 2}))[0]


def test_a_stored_message_that_was_not_answered_is_found() -> None:
    assert "lost=1" in found(wecom=[CONFIRMED])[0]


def test_a_second_answer_is_found_where_the_platform_knows_a_key() -> None:
    assert "doubled=1" in found(wecom=[*ANSWERS, "5月25日"])[0]


def test_no_more_answers_than_kills_come_twice_by_dingtalk() -> None:
    twice = ("5月25日", "好的", "好的", "好的")
    assert found(dingtalk=twice) == []
    assert "doubled=3" in found(dingtalk=(*twice, "好的"))[0]


@pytest.mark.parametrize("submitted", [frozenset(), frozenset({("wecom:a", 1), ("wecom:a", 2)})])
def test_a_demand_is_found_that_is_confirmed_or_stored_alone(
    submitted: frozenset[tuple[str, int]],
) -> None:
    assert "wecom:a" in found(replace(BOOKS, submitted=submitted))[0]


@pytest.mark.parametrize("told", [(TOLD,), (CALLED,), (TOLD, CALLED, TOLD), (TOLD, CALLED, CALLED)])
def test_what_staff_were_not_told_or_were_told_twice_is_found(told: tuple[str, ...]) -> None:
    assert "not told once" in found(told=told)[0]


def test_a_letter_that_did_not_go_is_found() -> None:
    assert "1 letters wait" in found(replace(BOOKS, waiting=1))[0]


async def test_a_few_kills_lose_nothing(database_url: str, tmp_path: Path) -> None:
    workers = "3" if database_url.startswith("postgresql") else "1"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "benchmarks.kills", "--kills", str(KILLS), "--people", "1"),
        *("--workers", workers, "--database", database_url, "--directory", str(tmp_path)),
        "--hurried",
        cwd=ROOT,
        stdout=PIPE,
        stderr=STDOUT,
    )
    told = (await process.communicate())[0].decode()
    assert process.returncode == 0, told
    assert f"{KILLS} kills" in told
