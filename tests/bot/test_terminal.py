"""The terminal chat with typed lines for a keyboard, on a real desk and database."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot import opening, terminal
from bot.settings import Settings
from intents.conversation import Conversation
from intents.turn import Reply, Said, Turn
from knowledge.snapshot import KnowledgeBase


def counting(conversation: Conversation, said: Said, _kb: KnowledgeBase, _now: datetime) -> Turn:
    """Repeats what was said, with how many messages the conversation has had."""
    count = conversation.refusals + 1
    text = f"{said.event}{count}：{said.text}"
    return Turn(Reply("clarify", text, ("2021年", "2023年")), replace(conversation, refusals=count))


@pytest.fixture(autouse=True)
def rote(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "shipped_respond", counting)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=f"sqlite+aiosqlite:///{tmp_path / 'zhixing.db'}")


@pytest.fixture
def chat(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Chat:
    return Chat(settings, monkeypatch, capsys)


class Chat:
    def __init__(
        self,
        settings: Settings,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        self._settings = settings
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def typed(self, keys: bytes) -> str:
        """What the screen shows when these bytes are typed."""
        keyboard = io.TextIOWrapper(io.BytesIO(keys), encoding="utf-8")
        self._monkeypatch.setattr(sys, "stdin", keyboard)
        terminal.run_chat(self._settings)
        return self._capsys.readouterr().out


def test_a_line_is_answered_with_numbered_options(chat: Chat) -> None:
    screen = chat.typed("几号截止\n退出\n".encode())
    assert "知行：welcome1：" in screen
    assert "您：知行：text2：几号截止\n1. 2021年\n2. 2023年\n" in screen


def test_nothing_is_said_for_an_empty_line(chat: Chat) -> None:
    assert "text" not in chat.typed(b"\n  \n")


def test_leaving_ends_the_chat_before_later_lines(chat: Chat) -> None:
    assert "后面" not in chat.typed("退出\n后面的话\n".encode())


def test_the_end_of_input_ends_the_chat(chat: Chat) -> None:
    assert "text2：你好" in chat.typed("你好".encode())


def test_broken_bytes_are_shown_as_marks_and_break_nothing(chat: Chat) -> None:
    screen = chat.typed(b"\xff\xfe\x00\xe4\xbd\n" + "你好\n".encode())
    assert "text3：你好" in screen


def test_the_talk_goes_on_where_it_stopped(chat: Chat) -> None:
    chat.typed("你好\n".encode())
    assert "text4：又来了" in chat.typed("又来了\n".encode())
