"""What the server says when it starts, or when it cannot."""

from __future__ import annotations

import socket
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.banner import TRY, banner
from bot.serve import ListenError, serve
from bot.settings import Settings
from intents.conversation import FRESH
from intents.respond import respond
from intents.turn import Said
from knowledge.load import load_knowledge, shipped_dir

URL = "http://127.0.0.1:8080"


def test_the_sandbox_says_where_to_click_and_what_to_try() -> None:
    said = banner(Settings(), URL)
    assert URL in said
    assert all(line in said for line in TRY)
    assert "企业微信" not in said


def test_with_wecom_alone_it_names_the_callback() -> None:
    wecom = {"corp_id": "ww12", "agent_id": 1, "token": "t", "aes_key": "A" * 43}
    settings = Settings.model_validate({"wecom": wecom, "web_chat": False})
    said = banner(settings, URL)
    assert "/wecom" in said
    assert TRY[0] not in said


def test_what_it_suggests_to_try_works() -> None:
    kb = load_knowledge(shipped_dir())
    now = datetime(2021, 5, 20, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    kinds = [respond(FRESH, Said(line), kb, now).reply.kind for line in TRY]
    assert kinds == ["answer", "collect", "collect"]


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings(database=f"sqlite:///{tmp_path / 'zhixing.db'}", port=port)
        with pytest.raises(ListenError, match=rf"^cannot listen on 127\.0\.0\.1:{port}: .+$"):
            serve(settings)
