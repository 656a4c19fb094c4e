"""A talk that people have, or are waited for: whom its words go to, and how it comes back.

While people have it every message is for them, but for what ends it and what asks to be forgotten.
While they are waited for the assistant goes on answering, and they are told what was said.
"""

from __future__ import annotations

from dataclasses import replace

from intents.conversation import Conversation
from intents.form import reask
from intents.moment import Moment
from intents.recognise import bare, entry_of
from intents.turn import EndTalk, Forget, HandOff, PassOn, Reply, Said, Turn
from intents.wording import handover as say
from knowledge.late import late
from knowledge.snapshot import KnowledgeBase

_PLEASE = r"(?:谢谢|好的|好|那|算了|还是|先|就|请|帮我|我|我要|我想)*"
_PEOPLE = r"(?:转?人工|真人|客服|工作人员)(?:客服|服务|对话|会话|聊天)?"
_ENDS = late(
    rf"{_PLEASE}(?:结束|退出|取消|关闭|停止|不用|不要|不需要|不找|不转|别转)了?{_PEOPLE}(?:了|吧)*|"
    rf"{_PLEASE}{_PEOPLE}(?:结束|到此为止)(?:了|吧)*|"
    rf"{_PLEASE}(?:回|返回|回到|转回|切回|换回|转|切换到?)(?:到|给)?"
    r"(?:机器人|自动(?:回复|问答|答复|服务)|智能(?:客服|助手)|小助手|知行)(?:吧|了)*"
)
_MAY_END = late(
    rf"{_PLEASE}(?:结束|退出)(?:本次|这次)?(?:对话|会话|聊天|咨询|通话|服务)?(?:了|吧)*|"
    rf"{_PLEASE}(?:不用等?了|不需要了|不必等?了|没事了|不麻烦了|不想?等了|不问了)"
    r"(?:吧|谢谢|您|你)*"
)
"""What may as well answer something else that was asked."""
_PHONE_LEFT = late(r"(?!.*(?:[几哪吗呢]|什么|怎么|多少|谁|请问)).{0,12}1[3-9]\d{9}.{0,12}")
"""Short of punctuation: a mobile number, and no question with it."""


def with_people(talk: Conversation, said: Said, kb: KnowledgeBase) -> Turn | None:
    """The turn of a talk that people have or are waited for; None where the assistant answers."""
    words = bare(said.text) if said.event == "text" else ""
    if said.handed is None:
        return _not_with_people(talk, kb) if words and _ENDS.fullmatch(words) else None
    if said.event == "welcome":
        return _silence(talk) if said.handed.by else None
    if words and _is_for_the_assistant(words, talk, kb):
        return None
    if words and (_ENDS.fullmatch(words) or (_idle(talk, said) and _MAY_END.fullmatch(words))):
        return _ended(talk, said, kb)
    passed = say.words_of(said)
    if not said.handed.by and _idle(talk, said) and _PHONE_LEFT.fullmatch(words):
        reply = Reply("command", say.told_on(), intent="human")
        return Turn(reply, talk, effects=(PassOn(passed),))
    if not said.handed.by or not passed:
        return None
    told = [] if said.handed.reaches else [say.passed_on(said.handed.by)]
    if said.attachment:
        told.append(say.only_named(said.attachment))
    text = "\n".join(told)
    turn = _silence(talk)
    return replace(turn, reply=replace(turn.reply, text=text), effects=(PassOn(passed),))


def told_meanwhile(turn: Turn, said: Said) -> Turn:
    """Who will take the talk is told what was said while they were waited for."""
    ends = any(isinstance(effect, Forget | EndTalk | PassOn) for effect in turn.effects)
    if said.handed is None or ends or not (passed := say.words_of(said)):
        return turn
    return replace(turn, effects=(*turn.effects, PassOn(passed)))


def after_refusals(moment: Moment, turn: Turn) -> Turn:
    """What could not be answered twice in a row goes to people, with both questions."""
    if moment.handed is not None or turn.conversation.refusals % 2:
        return turn
    before = moment.conversation.topic.question if moment.conversation.topic else ""
    about = "；".join(dict.fromkeys(filter(None, (before, moment.text))))
    text = f"{turn.reply.text}\n{say.after_refusals(moment.opens, moment.now)}"
    effects = (*turn.effects, HandOff(about, moment.region))
    return replace(turn, reply=replace(turn.reply, text=text), effects=effects)


def _is_for_the_assistant(words: str, talk: Conversation, kb: KnowledgeBase) -> bool:
    command = entry_of(words, "commands", kb)
    return command == "forget" or (command == "more" and bool(talk.more))


def _idle(talk: Conversation, said: Said) -> bool:
    """Whether 不用了 can only be meant for people: the assistant has asked for nothing."""
    held = said.handed is not None and bool(said.handed.by)
    return held or not (talk.form or talk.menu or talk.asked_back or talk.withdrawing)


def _silence(talk: Conversation) -> Turn:
    return Turn(Reply("command", "", intent="human"), talk)


def _ended(talk: Conversation, said: Said, kb: KnowledgeBase) -> Turn:
    held = said.handed is not None and bool(said.handed.by)
    text = say.back_again() if held else say.no_longer_waiting()
    turn = _then_form(talk, text, kb)
    return replace(turn, effects=(PassOn(said.text), EndTalk()))


def _not_with_people(talk: Conversation, kb: KnowledgeBase) -> Turn:
    """不用转人工了, though nobody was called: no call for a person either."""
    return _then_form(talk, say.not_with_people(), kb)


def _then_form(talk: Conversation, text: str, kb: KnowledgeBase) -> Turn:
    again = reask(talk, kb)
    shown = f"{text}\n\n{again}" if again else text
    return Turn(Reply("command", shown, intent="human"), talk)
