"""A stand-in for understanding: a few plain orders, so that tests see what the desk does.

`需求 X` files X as a demand, `草稿 X` keeps it as a draft, `撤销 N` calls demand N off, `问 X`
opens a question, `人工` hands off, `我的` lists what its sender entered, `忘记` forgets, `出错`
breaks. Every reply counts the messages that its sender has sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.counter import Counter
from bot.current import Current
from bot.desk import Desk
from bot.message import Message, Sender
from intents.conversation import FRESH, Conversation
from intents.turn import (
    CancelDemand,
    Citation,
    DemandEntry,
    Effect,
    Forget,
    HandOff,
    OpenQuestion,
    Reply,
    Said,
    SaveDraft,
    SubmitDemand,
    Turn,
)
from knowledge.snapshot import KnowledgeBase
from storage.database import Database

NOW = datetime(2024, 5, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
NEAREST = Citation("cnipa-2021-51", "国知发运函字〔2021〕51号", "三（三）")


class Broken(Exception):
    """What `出错` raises; its words hold the user's, which no log may."""


def respond(conversation: Conversation, said: Said, kb: KnowledgeBase, now: datetime) -> Turn:
    order, _, rest = said.text.partition(" ")
    after = replace(conversation, refusals=conversation.refusals + 1)
    effects: tuple[Effect, ...] = ()
    match order:
        case "需求":
            after = replace(after, demands=after.demands + 1)
            effects = (SubmitDemand(entry(after.demands, rest)),)
        case "草稿":
            effects = (SaveDraft(entry(conversation.demands + 1, rest)),)
        case "撤销":
            effects = (CancelDemand(int(rest)),)
        case "问":
            effects = (OpenQuestion(rest, "没有这一年的通知", NEAREST),)
        case "人工":
            effects = (HandOff(said.text),)
        case "我的":
            own = "；".join(f"{d.number} {d.status} {d.told}".rstrip() for d in said.own)
            return Turn(Reply("command", own), after)
        case "忘记":
            return Turn(Reply("command", "您的信息已删除"), FRESH, (Forget(),))
        case "出错":
            raise Broken(said.text)
    return Turn(Reply("answer", f"{after.refusals} {said.text}"), after, effects)


def entry(number: int, need: str) -> DemandEntry:
    return DemandEntry(
        number=number,
        notice="cnipa-2021-51",
        campaign="知识产权服务万里行",
        region="福建省",
        fields={"服务需求事项": need, "手机": "13900000001", "需国家局协调": True},
        personal=("手机",),
    )


def message(id_: str, text: str, user: str = "张三") -> Message:
    return Message(id_, Sender("wecom", user), Said(text), datetime(2024, 5, 1, tzinfo=UTC))


def a_desk(db: Database, counter: Counter | None = None) -> Desk:
    return Desk(db, Current(cast(KnowledgeBase, None)), lambda: NOW, respond, counter)
