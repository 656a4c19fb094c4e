"""Single messages: who introduces oneself, and who corrects or completes what was said before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.enterprises.playing import Talk
from intents.filling.heard import Asked
from intents.filling.reading import read
from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase

_PLAIN = (
    "登记需求",
    "三明示例木业有限公司",
    "陈一",
    "13900000001",
    "chen1@example.com",
    "想转让三件专利",
    "对",
    "不用",
)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(
        Path(__file__).with_name(name).read_text(encoding="utf-8")
    )
    return rows


@pytest.mark.parametrize("row", _rows("messages.yaml"), ids=lambda r: str(r["said"])[:20])
def test_a_message_tells(row: dict[str, Any], shipped_form: DemandForm) -> None:
    values = read(row["said"], shipped_form, Asked(opening=True)).values
    assert {name: values.get(name) for name in row["told"]} == row["told"]


@pytest.mark.parametrize("row", _rows("corrections.yaml"), ids=lambda r: str(r["said"])[:20])
def test_a_form_holds_what_was_said_last(row: dict[str, Any], kb: KnowledgeBase) -> None:
    talk = Talk(kb)
    for text in (*_PLAIN[: row["after"]], *row["said"]):
        talk.say(text)
    form = talk.conversation.form
    assert form is not None
    assert {name: form.values.get(name) for name in row["held"]} == row["held"]
