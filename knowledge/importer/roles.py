"""What is done, with what, to whom and by which way, read from the words around a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.importer.acts import Act, acts_in, main_act
from knowledge.importer.parties import party
from knowledge.importer.ways import Found, receiver_of, to_of, via_of

_LONGEST = 40
_COMMA = re.compile(r"[，,]")
_OBJECT = re.compile(
    r"[将把](?!于|在\d|在\D{0,3}前|对|从|由|会|组织|按|根据|视|另|不|统一|给予|予以|进行|开展"
    r"|联合|适时|择优|及时|认真)"
)
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_UNREAD = re.compile(r"（[^（）]*）|\([^()]*\)|《[^《》]*》|“[^“”]{0,60}”")
_ANNEX = re.compile(r"附件|附表|至少|不少于|不超过|限")
_BY_THE_WAY = re.compile(
    r"(?:通过|登录|登陆|经由|依托|利用|以)[^，。；]{1,40}?(?:系统|平台|网站|网|小程序|公众号"
    r"|邮箱|邮件|方式|形式|渠道|窗口|门户)"
    r"(?:[（(][^（）()]*[）)])?(?:等?(?:方式|形式|渠道))?(?:在线|统一|进行|上)?"
)
_DATED = re.compile(r"[于在自从]?\d{1,4}[年月].*$")
_COPIES = re.compile(
    r"各?一式[一二三四五六七八两\d]+份|[一二三四五六七八两\d]+式[一二三四五六七八两\d]+份"
)
# 申报书经所在单位审核后
_PASSES = re.compile(r"([^，,。；;]{2,24}?)(?:须|应)?经.{1,30}后\s*于?$")
_NO_THING = re.compile(r"没有|如|若|(?:汇总|审核|初审|审定|盖章|整理|核实|并|后)+$")
_AMOUNT = re.compile(r"\d+(?:项|个|家|名|人|份|件)$")
_ADVERBS = (
    r"(?:并|统一|及时|认真|务必|按时|如实|按要求|按照要求|按规定|一并|同时|在线|予以|进行|同步"
    r"|分别|集中|正式|以书面形式|书面(?=$))+"
)
_NOT_TOPIC = re.compile(
    r"^(?:并|同时|另外?|其中|此外|现|特|敬|烦|恳|务|请|由|须|应|要|需|可|最迟|最晚|务必|原则上"
    r"|统一|均|也|且|但|若|如|则|在|于|就|[\s　])+"
    r"|(?:请|须|应当?|要|需|可|最迟|最晚|务必|务请|必须|统一|均|不?得?晚于|不?得?迟于|于每年"
    r"|[于在]?[本下]周[一二三四五六日天]|于|在|至|到|截止|截至|为|是|的|每年"
    r"|一式[一二三四五六两\d]+份|[\s　“（(])+$"
)
_REST = re.compile(rf"^(?:的(?!士)|了|出(?!台|具)|好|完|{_ADVERBS})|{_ADVERBS}$")
_WHERETO = re.compile(r"\s*(?:[至到给往]|(?:指定|电子|工作)?(?:邮箱|信箱)|[\w.]+@)")
_NORMAL = {
    **dict.fromkeys(("报", "报至", "送", "送至", "送到"), "报送"),
    **dict.fromkeys(("发", "发至", "发到", "发往", "发给", "传至"), "发送"),
    **dict.fromkeys(("寄", "寄至", "寄到", "寄往", "寄达"), "寄送"),
    **dict.fromkeys(("交", "交至", "交到", "交给"), "提交"),
}


ELSEWHERE = (0, 0)
"""Where a value stands that another sentence holds."""


@dataclass(frozen=True, slots=True)
class Roles:
    """`what` is verb and object; positions are those of the text that was looked at."""

    what: str
    act: Act
    what_at: tuple[int, int]
    to: Found | None = None
    via: Found | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """`begin:end` of `text` belongs to the date that stands at `date`."""

    text: str
    begin: int
    date: tuple[int, int]
    end: int

    @property
    def before(self) -> str:
        return self.text[self.begin : self.date[0]]

    @property
    def after(self) -> str:
        return self.text[self.date[1] : self.end]


def roles_of(stretch: Stretch) -> Roles | None:
    """What the date asks for: told after it or, where nothing follows, before it."""
    roles = _told_after(stretch) or _told_before(stretch)
    if roles is None:
        return None
    words = stretch.text[stretch.begin : stretch.end]
    to = roles.to or to_of(words, stretch.begin)
    begin = _own_begin(stretch)
    return replace(roles, to=to, via=via_of(stretch.text[begin : stretch.end], begin))


def _own_begin(stretch: Stretch) -> int:
    """Where the words about the way begin: with the date's own piece or, where that is but 并于,
    with the one before it."""
    begins = [begin for begin, _ in pieces(stretch.text, stretch.begin, stretch.date[0])]
    own = stretch.text[begins[-1] : stretch.date[0]]
    return begins[-2] if len(begins) > 1 and len(own.strip("并请于在应须 ")) == 0 else begins[-1]


def pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch between commas; commas within brackets part nothing."""
    hidden = _hidden(text[begin:end])
    at = 0
    for comma in _COMMA.finditer(hidden):
        yield begin + at, begin + comma.start()
        at = comma.end()
    yield begin + at, end


_PENALTY = re.compile(r"^\s*(?:逾期|过期|未按|未在|否则|不再|不予|如有|如遇|若|超过)")


def _told_after(stretch: Stretch) -> Roles | None:
    first: Roles | None = None
    for begin, end in pieces(stretch.text, stretch.date[1], stretch.end):
        if _PENALTY.match(stretch.text[begin:end]):
            break
        told = _piece(stretch, begin, end)
        if first is None or (first.act.noun and told and not told.act.noun):
            first = told
        elif told and _adds(first, told, stretch.text[begin:end]):
            return _both(first, told)
    return first


def _adds(first: Roles, then: Roles, piece: str) -> bool:
    """完成初审，并将汇总表报省局 is one duty with two verbs."""
    return not first.act.delivers and then.act.delivers and piece.strip()[:1] in "并同"


def _both(first: Roles, then: Roles) -> Roles:
    alone = then.act.verb == then.what or first.what.endswith(
        then.what.removeprefix(_verb(then.act))
    )
    what = f"{first.what}并{_verb(then.act)}" if alone else f"{first.what}，{then.what}"
    return replace(then, what=what if len(what) <= _LONGEST else then.what)


def _piece(stretch: Stretch, begin: int, end: int) -> Roles | None:
    """What one piece after the date says."""
    text = stretch.text[begin:end]
    marked = _OBJECT.search(text)
    if marked and (roles := _with_object_first(stretch, begin + marked.end(), end)):
        return roles
    act = _act_of(text)
    if act is None:
        return None
    return _with_verb_first(stretch, begin, end, act)


def _act_of(text: str) -> Act | None:
    """The verb of a piece, outside its brackets and titles."""
    hidden = _hidden(text)
    return main_act(acts_in(hidden), hidden)


def _hidden(text: str) -> str:
    return _UNREAD.sub(lambda m: "·" * len(m[0]), text)


def _with_object_first(stretch: Stretch, begin: int, end: int) -> Roles | None:
    """将书面总结报送我局运用促进司: the delivery, what stands before it and what follows it."""
    text = _hidden(stretch.text[begin : stretch.end])
    acts = [a for a in acts_in(text) if not a.noun and a.start]
    act = next((a for a in acts if a.delivers), None) or main_act(acts, text)
    if act is None:
        return None
    thing = tidy(stretch.text[begin : begin + act.start])
    close = _piece_end(stretch, begin + act.end)
    to = receiver_of(stretch.text, begin + act.end, close) if act.delivers else None
    return Roles(_what(act, thing), act, (begin, begin + act.end), to)


def _piece_end(stretch: Stretch, at: int) -> int:
    return next(pieces(stretch.text, at, stretch.end))[1]


def _with_verb_first(stretch: Stretch, begin: int, end: int, act: Act) -> Roles:
    """报送工作方案和需求清单; without an object after the verb, what stands before the date."""
    at = begin + act.end
    to = receiver_of(stretch.text, at, end) if act.delivers else None
    rest = stretch.text[at : to.at[0] if to else end]
    thing = "" if act.delivers and _WHERETO.match(rest) else tidy(rest)
    if not thing or (to and to.whole):
        thing = _topic(stretch)
    return Roles(_what(act, thing), act, (begin + act.start, end), to)


def _topic(stretch: Stretch) -> str:
    """What the words before the date are about: 申报材料请于…前 -> 申报材料."""
    parts = list(pieces(stretch.text, stretch.begin, stretch.date[0]))
    for i, (begin, end) in enumerate(reversed(parts)):
        if thing := _thing_before(stretch.text[begin:end], last=i == 0):
            return thing
    return ""


def _thing_before(piece: str, last: bool) -> str:
    marked = _OBJECT.search(piece)
    if marked:
        return tidy(_NOT_TOPIC.sub("", piece[marked.end() :]))
    if passed := _PASSES.match(piece):
        return tidy(_NOT_TOPIC.sub("", passed[1]))
    act = _act_of(piece)
    if act and not act.noun and _NOT_TOPIC.sub("", piece[act.end :]):
        return tidy(_NOT_TOPIC.sub("", piece[act.end :])) if not last or act.delivers else ""
    at = party(piece)
    rest = _NOT_TOPIC.sub("", piece[at[1] :] if at else piece)
    rest = _NOT_TOPIC.sub("", rest)
    return tidy(rest) if last and len(rest) > 1 and not _NO_THING.match(rest) else ""


def _told_before(stretch: Stretch) -> Roles | None:
    """报名截止时间为…: the verb stands before the date."""
    for begin, end in reversed(list(pieces(stretch.text, stretch.begin, stretch.date[0]))):
        marked = _OBJECT.search(stretch.text[begin:end])
        if marked and (
            told := _with_object_first(replace(stretch, end=end), begin + marked.end(), end)
        ):
            return told
        act = _act_of(stretch.text[begin:end])
        if act:
            to = receiver_of(stretch.text, begin + act.end, end) if act.delivers else None
            stop = to.at[0] if to else end
            words = _DATED.sub("", stretch.text[begin + act.end : stop])
            thing = tidy(_NOT_TOPIC.sub("", words))
            return Roles(_what(act, thing), act, (begin + act.start, end), to)
    return None


def _what(act: Act, thing: str) -> str:
    return shortened(_verb(act) + thing)


def _verb(act: Act) -> str:
    return _NORMAL.get(act.verb, act.verb)


def shortened(text: str) -> str:
    """At most forty characters, cut where a list or a clause parts."""
    if len(text) <= _LONGEST:
        return text
    cuts = [m.start() for m in re.finditer(r"[、，,；]|并|以及", text[: _LONGEST - 1])]
    return text[: cuts[-1]] + "等" if cuts and cuts[-1] > 6 else text[:_LONGEST]


def tidy(thing: str) -> str:
    """The thing alone: without copies and seals in brackets, adverbs and the way it is sent."""
    thing = _ASIDE.sub(lambda m: m[0] if _ANNEX.search(m[0]) else "", thing)
    thing = _COPIES.sub("", _BY_THE_WAY.sub("", thing))
    thing = _REST.sub("", thing.strip(" 　：:，,、。；;“”"))
    thing = re.sub(r"[\s　]+", "", thing).strip("，,、。；;：:的及和与并")
    return "" if _AMOUNT.fullmatch(thing) else re.sub(r"后$", "", thing)
