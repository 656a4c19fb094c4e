"""发送失败: heads see what did not arrive and why, and nothing of what it said or to whom."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.staff.counter.provided import Provided
from knowledge.snapshot import KnowledgeBase
from storage import claims, outbox
from storage.claims import Wanted
from storage.database import Database
from storage.outbox import OutboxRow
from tests.bot.counter.office import NOW, Talk, clerk

GROUP = "robot:省局群"
SECRET = {"reply": {"kind": "command", "text": "林小燕 13900000001"}}


async def test_what_did_not_arrive_is_listed_newest_first_without_words_and_names(
    db: Database, office_kb: KnowledgeBase, tmp_path: Path
) -> None:
    async with db.transaction() as conn:
        head = Talk(conn, office_kb, clerk(role="head"), Provided(None, tmp_path))
        assert await head.say("发送失败") == "没有发送失败的消息。"
        new = [
            OutboxRow("note:7", "wecom:linxiaoyan", SECRET, NOW, "wecom", region="厦门市"),
            OutboxRow(f"digest:daily:2024-05-15:{GROUP}", GROUP, SECRET, NOW, region="厦门市"),
            OutboxRow("note:8", "wecom:chen", SECRET, NOW, "wecom", region="漳州市"),
        ]
        await outbox.add(conn, new)
        wanted = {"wecom": Wanted(9), "robot": Wanted(9)}
        to_person, elsewhere, to_group = await claims.claim(conn, NOW, wanted, timedelta(minutes=1))
        await claims.dead(conn, to_person, NOW, "TimeoutError")
        await claims.dead(conn, elsewhere, NOW, "TimeoutError")
        await claims.dead(conn, to_group, NOW, "errcode 93000: no such robot")
        assert (await head.say("没发出去")).splitlines() == [
            "发送失败2条",
            "2号 群机器人“省局群”｜简报｜5月15日 09:00｜平台返回 93000",
            "1号 企业微信｜办理通知｜5月15日 09:00｜连接不上或内容有误",
            "要重新发送，请管理员在服务器上执行：zhixing outbox retry 编号",
        ]
