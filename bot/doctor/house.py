"""What needs no network: the settings' file, database, data key, knowledge, who is told of what."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from sqlalchemy import make_url

from bot.doctor.finding import Finding, bad, hint, ok
from bot.doctor.patient import Patient
from bot.opening import open_database
from bot.settings import Settings, SettingsError
from bot.start import knowledge_of
from bot.workdays import workdays_of
from knowledge.load import KnowledgeError
from storage.database import DatabaseError

_AHEAD = timedelta(days=30)
_FREE = 512 * 1024 * 1024
"""Bytes; with less than that left, the database will soon be unable to grow."""


async def of_settings(patient: Patient) -> AsyncIterator[Finding]:
    settings, file = patient.settings, patient.file
    yield ok("设置", f"已读取 {file}" if file else "没有设置文件，全部用默认值")
    if file and _open_to_others(file) and _holds_secrets(settings):
        mend = f"请执行 chmod 600 {file}，或把密钥移到环境变量"
        yield hint("设置", f"{file} 别的用户也能读，里面有密钥", mend)
    if not _connected(settings):
        mend = "在设置里填写 [wecom]、[wechat]、[kf]、[aibot] 或 [dingtalk]"
        yield hint("渠道", "还没有接入任何平台", mend)
    if not settings.staff:
        mend = "用 [[staff]] 或 zhixing staff add 登记，否则没有人能处理需求"
        yield hint("工作人员", "设置里没有登记", mend)


async def of_database(patient: Patient) -> AsyncIterator[Finding]:
    """Opens it as the server does, which brings its tables up to date; makes none."""
    settings = patient.settings
    url = make_url(settings.database)
    shown = url.render_as_string(hide_password=True)
    file = Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None
    if file and not file.exists():
        yield hint("数据库", f"还没有 {file}", "第一次启动 zhixing serve 时会自动建立")
        return
    try:
        async with AsyncExitStack() as opened:
            db = await open_database(opened, settings)
            async with db.transaction():
                pass
    except DatabaseError as problem:
        yield bad("数据库", f"打不开 {shown}：{problem}", "请检查 database、数据密钥和文件权限")
        return
    yield ok("数据库", f"{shown} 可以读写，表已是最新；数据密钥对得上")
    free = shutil.disk_usage(file.parent).free if file else None
    if free is not None and free < _FREE:
        yield bad("磁盘", f"只剩 {free // 1024**2} MB", "请清理或扩容：写满以后消息会收不进来")


async def of_knowledge(patient: Patient) -> AsyncIterator[Finding]:
    settings = patient.settings
    try:
        kb = knowledge_of(settings)
    except KnowledgeError as problem:
        yield bad("知识库", str(problem), "请按文件、行、列修改，再用 zhixing kb check 检查")
    except SettingsError as problem:
        yield bad("知识库", str(problem), "请修改设置")
    else:
        yield ok("知识库", f"{len(kb.notices)} 份通知" + ("" if kb.has_form else "，没有需求表"))
        if settings.region is None:
            yield hint(
                "知识库", "没有设置 region", "设为本单位的行政区划（如 福建省），本地通知才会优先"
            )


async def of_pushes(patient: Patient) -> AsyncIterator[Finding]:
    settings = patient.settings
    if not (settings.subscriptions or settings.digest.targets):
        mend = "用 [[subscriptions]] 设置，或请工作人员在聊天里发“订阅 日报”“订阅 转人工”"
        yield hint("推送", "设置里没有人订阅简报和转人工提醒", mend)
    for place, one in enumerate(settings.subscriptions):
        channel = one.to.partition(":")[0]
        if channel != "robot" and getattr(settings, channel, None) is None:
            what = f"subscriptions[{place}] 里的 {one.to} 用的渠道没有接入"
            yield bad("推送", what, f"请先填写 [{channel}]")


async def of_calendar(patient: Patient) -> AsyncIterator[Finding]:
    """Early enough for the days to be filled in before the year begins."""
    year = (patient.clock() + _AHEAD).year
    if not workdays_of(patient.settings).knows(year):
        mend = (
            "国务院公布放假安排后，请升级 chinesecalendar，或填写 [calendar] 的 holidays、workdays"
        )
        yield hint("日历", f"还不知道 {year} 年的节假日，简报和人工时间暂按周一至周五算", mend)


def _open_to_others(file: Path) -> bool:
    return bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _connected(settings: Settings) -> bool:
    sections = (settings.wecom, settings.wechat, settings.kf, settings.aibot, settings.dingtalk)
    return any(sections)


def _holds_secrets(settings: Settings) -> bool:
    """Whether any secret does not come from the environment alone."""
    named = [name for name in os.environ if name.startswith("ZHIXING_")]
    return _connected(settings) and not any("SECRET" in name or "TOKEN" in name for name in named)
