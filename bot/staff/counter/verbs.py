"""The words for each command, and what a slip of typing makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bot.staff.counter.commands import Name
from knowledge.late import late
from knowledge.slips.sounds import blurred, readings

_WORDS: dict[Name, str] = {
    "todo": "待办 待办事项 待办列表 待办需求 待办清单 我的待办 待处理 待受理 未办 需求列表 新需求",
    "show": "需求 查看 查询 查 看看 看 打开 详情 需求详情 查看需求 看需求 查需求 办理 处理",
    "accept": "受理 接收 接受 收下 接单 接件 同意受理",
    "return": "退回 退回去 退回补正 退回企业 打回 驳回 退件 退还 补正 退",
    "match": "匹配 匹配给 资源匹配 匹配资源 配对 对接 推荐 配",
    "close": "办结 结案 办完 办好 办理完毕 完结 完成 结束 关闭 结",
    "reply": "回复 回覆 告诉 告知 回信 回话 回个话 回句话 回",
    "transfer": "转办 转给 转交 转到 转至 转送 移交 移送 划转 改派 转派 转",
    "note": "备注 记事 备忘 批注 记一笔 注",
    "open": "待答 待答问题 待回答 未答 未答问题 待回复 待答复 问题列表",
    "answer": "答 回答 答复 解答",
    "draft": "入库 加入知识库 存入知识库 收入知识库 写入知识库 入知识库",
    "figures": "统计 汇总 数据统计 统计数据 统计汇总 办理统计",
    "export": "导出 汇出 输出 下载 打印 导",
    "activity": "记活动 记录活动 登记活动 录活动 录入活动 新增活动 添加活动 活动登记",
    "failed": "发送失败 没发出去 未发出 发送失败列表 没送到",
    "subscribe": "订阅",
    "unsubscribe": "退订 取消订阅",
    "subscriptions": "我的订阅 订阅列表 查看订阅 看订阅 看看订阅 订阅情况 订阅了什么",
    "help": "帮助 指令 命令 菜单 使用说明 怎么用 怎么操作 指令列表 指令有哪些 有哪些指令 help ?",
}
VERBS: dict[str, Name] = {word: name for name, words in _WORDS.items() for word in words.split()}
WITH_NUMBERS: frozenset[Name] = frozenset(
    {"show", "accept", "return", "match", "close", "reply", "transfer", "note", "answer", "draft"}
)
ALONE: frozenset[str] = frozenset(word for word in VERBS if len(word) > 1 or word in "?？") - {
    "看看", "打开", "查询", "推荐", "完成", "结束", "关闭", "输出", "下载", "打印", "办理", "处理",
    "告诉", "接受", "查看", "详情", "新需求", "对接", "配对",
}  # fmt: skip
"""The words that are commands without anything else, rather than words of a talk."""

_NUMBERED = sorted((w for w, name in VERBS.items() if name in WITH_NUMBERS), key=len, reverse=True)
_VERB = late("|".join(" ?".join(word) for word in _NUMBERED))
_SPELT = (
    *("受理", "退回", "匹配", "办结", "结案", "回复", "转办", "转给"),
    *("备注", "回答", "答复", "入库", "需求", "查看"),
)
"""The words that are looked for behind a slip of typing: the commands' own names and few others,
for much sounds like one word or another (高质 and 告知)."""
_BARE = [word for word in sorted(ALONE) if len(word) >= 2]
_TYPED_AT_LEAST = 5


def verb_at(text: str, start: int) -> tuple[Name, int] | None:
    """The longest word for a command on a demand or question at `start`, and where it ends."""
    found = _VERB.match(text, start)
    return (VERBS[found[0].replace(" ", "")], found.end()) if found else None


def meant_by(token: str) -> Name | None:
    """The command on a number that a mistyped word of two or more characters stands for.

    受里 and 推回 sound like it, shouli is its pinyin, 理受 has its characters the other way round.
    None where it may be several.
    """
    return _meant(token, _SPELT)


def alone(token: str) -> Name | None:
    """The command that a whole message is, well or badly typed."""
    if token in ALONE:
        return VERBS[token]
    return _meant(token, _BARE)


def _meant(token: str, words: Iterable[str]) -> Name | None:
    if len(token) < 2:
        return None
    if token.isascii():
        return _only(word for word in words if _is_pinyin(token, word))
    return _only(
        word
        for word in words
        if len(word) == len(token) and (_sounds_like(token, word) or token == word[::-1])
    )


def _only(words: Iterable[str]) -> Name | None:
    names = {VERBS[word] for word in words}
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=4096)
def _sounds_like(token: str, word: str) -> bool:
    """Each character has a reading of the one that is meant."""
    return all(_sounds(a) & _sounds(b) for a, b in zip(token, word, strict=True))


@lru_cache(maxsize=4096)
def _sounds(char: str) -> frozenset[str]:
    return frozenset(blurred(reading) for reading in readings(char))


@lru_cache(maxsize=4096)
def _is_pinyin(token: str, word: str) -> bool:
    pinyin = "".join(readings(char)[0] for char in word)
    slips = 1 if len(token) > _TYPED_AT_LEAST else 0
    return Levenshtein.distance(token, pinyin, score_cutoff=slips) <= slips
