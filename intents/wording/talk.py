"""Greetings, help and commands: what is said besides answers and the form."""

from __future__ import annotations

from collections.abc import Sequence


def apology() -> str:
    return "抱歉，刚才出了点问题，请您再发一次；也可以发“人工”联系工作人员。"


def welcome(example: str | None) -> str:
    such_as = f"，比如“{example}”" if example else ""
    return (
        f"您好，我是知识产权局的小助手“知行”。您可以直接问政策和时间{such_as}；"
        "也可以说说您的需要，我帮您登记到需求清单。"
    )


def welcome_back() -> str:
    return "欢迎回来。"


def back_to_the_form() -> str:
    return "欢迎回来，上次填的都还在。"


def starters(examples: Sequence[str]) -> tuple[str, ...]:
    return (*examples, "登记需求")


def greet() -> str:
    return "您好！请直接说您的问题或需要，比如“总结什么时候交”，或发“登记需求”。"


def thanks() -> str:
    return "不客气，有事随时找我。"


def bye() -> str:
    return "好的，再见，有需要随时来问。"


def ok() -> str:
    return "好的。还有什么想了解的，直接说就行。"


def who_are_you() -> str:
    return (
        "我是知识产权局的自动助手“知行”，按官方通知回答问题，也帮企业登记需求。要找人可以发“人工”。"
    )


def praise() -> str:
    return "谢谢您的肯定！还有什么可以帮您的吗？"


def complaint() -> str:
    return "抱歉没能帮到您。请换个说法再问一次，或发“人工”，我请工作人员来答复您。"


def slower() -> str:
    return "好的，不着急，您慢慢来，一次问一件就行。想请人讲给您听，可以发“人工”。"


def chat() -> str:
    return "谢谢关心，我是自动助手，一直都在。想问政策，或需要帮忙，直接说就行。"


def still_filling() -> str:
    return "您的需求还没有提交。"


def progress(*, filed: bool, any_: bool) -> str:
    if filed:
        return "您登记的需求已经提交，工作人员处理后会与您联系；着急可以发“人工”。"
    if any_:
        return "您最近没有提交成功的需求。要登记请发“登记需求”，要问工作人员请发“人工”。"
    return "您还没有登记过需求。要登记请发“登记需求”，要问工作人员请发“人工”。"


def help_() -> str:
    return (
        "我可以：\n1. 查通知：截止时间、责任部门、联系方式、附件和要求，"
        "例如“总结几号交”；\n"
        "2. 登记需求：发“登记需求”，或直接说您的困难；\n3. 转工作人员：发“人工”。\n"
        "随时可发“取消”停止登记，发“删除我的信息”清除个人信息。"
    )


def nothing_to_cancel() -> str:
    return "现在没有正在登记的内容。"


NEED = "需求登记"


def no_form() -> str:
    return "目前没有可以填报的需求清单。您有什么需要请直接说，我会转给工作人员。"


def need_to_staff() -> str:
    return "目前没有可以填报的需求清单，您的需要已转给工作人员；着急可发“人工”。"


def home_known(place: str) -> str:
    return f"好的，知道您在{place}了。想了解什么请直接说。"


def forgotten() -> str:
    return "已删除您留下的个人信息和未提交的内容。"


def no_more() -> str:
    return "没有更多内容了。"


def more_hint() -> str:
    return "回复“更多”接着看。"


def unsupported() -> str:
    return "我暂时只能看懂文字消息，麻烦您用文字说一下。"


def empty() -> str:
    return "没有收到内容，请您再发一次。"


def too_long() -> str:
    return "您发的内容有点长，麻烦分成几段、每段2000字以内再发。"


def unclear() -> str:
    return "这句我没太看懂。"


def pick_by_number(count: int) -> str:
    return f"请回复1到{count}中的一个数字，或直接说您的问题。"


_QUOTED = 20
SILENT = "关于“"


def silent(asked: str, lacks: str) -> str:
    """Beside the answer to another question of the same message: this one has none."""
    return f"{_about(asked)}{lacks or '现有通知里没有写。'}这一问已转给工作人员答复。"


def silent_far(asked: str) -> str:
    return f"{_about(asked)}这不在我能查的范围内。"


def _about(asked: str) -> str:
    shown = asked if len(asked) <= _QUOTED else f"{asked[:_QUOTED]}…"
    return f"{SILENT}{shown}”："


def first_the_answer(text: str, form: str) -> str:
    """An answer and, under it, the form that a need in the same message opened."""
    return f"{text}\n\n{form}"
