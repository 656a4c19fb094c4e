"""What staff are told of open questions, and of the FAQ entries that are made of them."""

from __future__ import annotations

from collections.abc import Sequence

# Questions


def open_questions(count: int, lines: Sequence[str]) -> str:
    head = f"待答{count}个"
    return "\n".join([head, *lines, "发“答 编号 您的答复”，会告知对方。"])


def no_open_questions() -> str:
    return "没有待答的问题。"


def question_line(number: int, where: str, when: str, text: str, handoff: bool) -> str:
    said = f"要找工作人员：{text}" if handoff else text
    return f"{number}号 {where}｜{when}｜{said}"


def nowhere() -> str:
    return "地区未知"


def no_question(number: int) -> str:
    return f"没有{number}号待答问题。发“待答”看有哪些。"


def no_question_but_demand(number: int) -> str:
    return f"没有{number}号待答问题。如果是对{number}号需求的企业说话，请发：回复 {number} 您的话"


def not_for_drafts(number: int) -> str:
    return f"{number}号是要求转人工，不能存成问答。"


def answered_before(number: int, answer: str) -> str:
    return f"{number}号已经答复过：{answer}"


def erased_question(number: int) -> str:
    return f"{number}号的提问人已删除信息，不用再答。"


def answer_kept(number: int, question: str) -> str:
    return f"已答复{number}号“{question}”，会告知对方。收进知识库请发：入库 {number}"


def not_answered_yet(number: int) -> str:
    return f"{number}号还没有答复，请先发：答 {number} 您的答复"


# Drafts of FAQ entries


def drafted(number: int, clause: str, file: str, *, guessed: bool) -> str:
    """`guessed`: the clause is the one that lay nearest when the question was asked."""
    checked = "依据取的是最接近的条款，请管理员核对后发布" if guessed else "请管理员核对后发布"
    return f"{number}号已存成问答草稿：{clause}，在 {file}。{checked}。"


def drafted_before(number: int, file: str) -> str:
    return f"{number}号的问答在 {file} 里已经有了，没有再加。"


def which_clause(number: int) -> str:
    return (
        f"{number}号没有相近的条款，请写明依据，如：入库 {number} cnipa-2021-51#三（三）"
        "（不办了发“取消”）"
    )


def no_such_clause(said: str) -> str:
    return f"没有“{said}”这一条。写法如：cnipa-2021-51#三（三）"


def no_drafts_folder(number: int) -> str:
    return f"服务器没有设置知识目录，请管理员运行：zhixing question draft {number} --out 目录"


def draft_failed() -> str:
    return "草稿没有存成：知识目录里的文件有问题，请管理员用 zhixing kb check 检查。没有改动。"
