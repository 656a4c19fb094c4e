"""What a clause does to an open form, besides giving a value: submit, skip, go back, agree, …."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from knowledge.late import late
from knowledge.slips.sounds import reading

Act = Literal[
    "agree",  # 对, 没错, 好的
    "want",  # 需要, 要
    "refuse",  # 不用, 没有, 跳过
    "wrong",  # 不对, 写错了
    "unsure",  # 不知道, 随便
    "submit",
    "done",  # 就这样, 没有了
    "cancel",
    "restart",
    "back",
    "keep",  # 不改, 继续
    "pause",  # 稍等, 晚点再说
    "show",  # 看看填了什么
    "why",  # 要电话干什么
    "edit",  # 修改
    "open",  # 登记需求
]

_LONGEST = 24  # characters: what is longer says more than an act

_HEAD = (
    r"(?:哦+|噢|喔|嗯+|恩|呃|额|啊|哎呀?|诶|唉|那就?|就|我们?|请|麻烦|帮我|帮忙|给我|你们?|您|"
    r"没事|对了|还是|先|都|"
    r"应该|目前|暂时?|现在|其实|这个|这项|这里|那个|可以|好的?|好吧|好了|行|然后|直接|马上|赶紧|"
    r"真的|也|OK|ok){0,6}"
)
_TAIL = (
    r"(?:吧|了|啊|呀|哦|哈+|呢|的|嘛|啦|哟|咯|喽|噻|撒|咧|哩|呗|谢谢|多谢|感谢|您|你们?|就行|就好|好了|即可|"
    r"一下|先|麻烦|辛苦|嘞|哒|滴|"
    r"可以|行|好|~|\.){0,5}"
)

_WORDS: dict[Act, str] = {
    "cancel": (
        r"取消(?:掉|登记|填写|填报|表单|需求|申请|这个|它)*|(?:我?不想?|先不|别|甭)(?:再|要|"
        r"用)?(?:弄|报|登记|搞|办|做)(?:写|记)?(?:表|需求|了)*|(?:我?不|先不|我?不想)(?:再|要|用)?填"
        r"(?:写|报)?(?:表|需求)*了|(?:我?不想|别|甭)(?:再|要)?填(?:写|报)?(?:表|需求)*|"
        r"(?:不用|不需要|不必)(?:再|给我)?(?:填|弄|报|登记|搞|办)(?:写|记)?|算了|放弃|退出|撤销|"
        r"撤[回掉了]?|(?:这|那)(?:个|份|条)?(?:需求|登记)(?:就|也)?(?:不要|不报|不登记|作废|取消|撤)|作废|停止(?:填写|登记)?|"
        r"终止|不同意(?:保存|收集|登记)?|不提交了|不要登记|不要了|改天再报|拉倒"
    ),
    "restart": (
        r"(?:全部)?重新(?:填写?|开始|登记|来过?|录入|弄|写)(?:一遍|一次|一份)?|重填|重来(?:一遍|"
        r"一次)?|从头(?:来|开始|再来|填)|"
        r"清空(?:重[来填])?|推倒重来|全部重[来填]"
    ),
    "back": (
        r"(?:返?回|退回?|后退|回退)(?:到)?(?:上一?[步项个题]|前一?[步项个题])?|上一[步项个题]|"
        r"前一[步项]|倒回去"
    ),
    "submit": (
        r"交(?:上|上去)?(?=吧|了|$)|"
        r"(?:确认|确定|没问题|无误|同意)*(?:提交|上报|报送|递交|交上去|报上去|报上来|发出去|"
        r"提交上去|递上去)(?:上去|需求|登记|表单|申请|给(?:你们|局里))*|"
        r"(?:确认|核对|信息|内容|资料|全部|都)+(?:无误|正确|没错|没有问题|没问题)|确认登记|登记上去|就这样(?:提交|报|交|登记)|可以(?:报|交)|提交无误"
    ),
    "done": (
        r"就?这样(?:子)?|就这些|没有了|没了|没有别的|没别的|没有要改的|没有补充|没补充|没有其他|"
        r"没什么(?:要)?(?:补充|改)(?:的)?|没啥(?:要)?(?:补充|改)(?:的)?|"
        r"(?:其他|其它|别的|剩下|余下)的?(?:就|都|先|也)*(?:不填|不写|不用填|跳过|空着)|"
        r"(?:不填|不写|跳过)了?(?:其他|其它|别的|剩下|余下)|"
        r"不(?:用|需要)?补充|不改|不用改|不用修改|没有修改|全了|齐了|完了|填完|妥"
    ),
    "keep": (
        r"不变|保持不变|照旧|我?(?:又|刚)?回来了|(?:继续|接着)(?:昨天|上次|刚才|之前|前面)?的?(?:那[份个])?"
        r"(?:填写?|登记|往下|来|弄|表|需求)*|往下(?:填|走)?|不动"
    ),
    "pause": (
        r"(?:我?(?:这边|现在)?(?:突然)?有(?:点|个)?(?:急)?事(?:情)?(?:先|要|得)*|我?先|我?得|我?要)"
        r"(?:去)?(?:走开|离开|出去|忙|开会|吃饭|下班|接个?电话)(?:一?下|一会儿?|了)?|"
        r"等(?:等|一?下|会儿?|一等|一会儿?)|稍等(?:一下|片刻)?|稍后(?:再(?:说|填|弄|来))?|(?:晚点|"
        r"晚些|回头|改天|明天|后天|下次|下午|待会儿?|过几天|过会儿?|有空)"
        r"(?:我)?(?:再|继续|接着)(?:说|填|弄|来|报|联系|登记|补|发|继续)*|(?:先)?(?:放着|存着|"
        r"放一放|到这|到这里|这样放着)|先忙|"
        r"(?:去)?(?:找|查|问|看)(?:一)?下(?:同事|老板|领导|财务|法务|会计|名片|资料)?(?:再说|"
        r"再来)?|去?问问(?:同事|老板|领导|财务|法务|会计)?(?:再说|再来)?|先?不提交"
    ),
    "show": (
        r"(?:看看|看下|看一下|查看|给我看看?|核对|检查|显示|列(?:一)?下|念一下)(?:我|下|"
        r"一下)?(?:都|已经?|现在|刚才|前面)*(?:填|登记|写|报|记)?(?:了|的)?(?:什么|哪些|啥|内容|"
        r"情况|信息|进度|到哪)*|"
        r"(?:都|已经?|现在|刚才)*(?:填|写|登记|记)(?:了|到)(?:什么|哪些|啥|哪一?步|哪|哪儿)|"
        r"还(?:差|缺|要填|需要填|剩)(?:什么|哪些|啥|多少)|汇总|填到哪"
    ),
    "edit": (
        r"(?:要|想|需要)?(?:修改|改|更正|更改|编辑|改改|改动|变更)(?:内容|信息|资料|几处|一处|"
        r"一项|个地方|登记)?|有(?:个)?(?:错|误|地方要改|地方不对)"
    ),
    "wrong": (
        r"不对|不是(?:的|这个|这样)?|不正确|(?:填|写|打|说|发|弄|搞|记|报)?错(?:误)?|有误|搞混|"
        r"不准确|不准|不太对|不合适|不大对"
    ),
    "unsure": (
        r"不知道(?:啊|怎么选|选哪个|选什么|填什么|属于哪个?类?|是哪个?类?)?|不(?:太|大)?(?:清楚|"
        r"确定|懂|了解|明白)(?:选哪个|属于哪个?类?)?|随便|都行|都可以|无所谓|看着办|"
        r"(?:你们?|您)(?:看着|来|帮我|看|说了|决)?(?:办|定|选|归|分|判断)?(?:算|吧)?|说不(?:清|"
        r"好|准)|拿不准|搞不清|分不清|不会选|没概念"
    ),
    "refuse": (
        r"没有(?:这个|这项)?|没|无|暂无|木有|冇得?|不消|跳过(?:这[个项步])?|略过?|下一[步个项题]|pass|next|"
        r"不填|空着|留空|不(?:太|是很)?方便(?:说|透露|提供|给|讲|留|公开)*|"
        r"不(?:想|愿意?|能|便)(?:说|透露|提供|给|讲|留|公开|写)|保密|不告诉(?:你们?)?|不提供|"
        r"不留|不给|不说|不写|不(?:记得|晓得|详)|记不(?:得|清)|待定|"
        r"(?:以后|后面|回头|之后|后续)(?:再)?(?:说|补|填|给|补充)|不用|不需要|不需|不必|不要|"
        r"没必要|没有必要|无需|用不着|不了|不|否|免|先不(?:给|说|留|写)|没得|没留|没有的"
    ),
    "want": (
        r"需要|要|要的|有需要|想要|希望|希望有|最好有?|最好能有?|有的话最好|肯定要|当然要?|"
        r"当然需要|必须的?|有|求之不得|很需要|非常需要"
    ),
    "agree": (
        r"是|是的|对+|对的|对头|没错|正确|可以|好|好的|行|嗯+|嗯对|恩+|ok|yes|没问题|没毛病|"
        r"没意见|确认|确定|同意|就是(?:它|这个|这样|了)?|就这个|"
        r"是这(?:个|样)|就归?这(?:个|类)|中|成|得|无误|属实|准确|妥|可以的|"
        r"都对|全对|没有问题|没有错|好嘞|要得|晓得|收到"
    ),
}
# The first that fits wins: 不对 before 对, 不需要 before 需要.
_ORDER: tuple[Act, ...] = (
    "cancel", "restart", "submit", "done", "keep", "back", "pause", "show", "edit", "wrong",
    "unsure", "refuse", "want", "agree",
)  # fmt: skip
_TWICE: tuple[Act, ...] = ("cancel", "submit")
"""What may be said twice over in one breath: 取消吧不报了."""
_ACTS: tuple[tuple[Act, re.Pattern[str]], ...] = tuple(
    (act, late(rf"{_HEAD}(?:(?:{_WORDS[act]}){_TAIL}){{1,{1 + (act in _TWICE)}}}", re.I))
    for act in _ORDER
)
_SOUNDS: dict[str, tuple[Act, str]] = {
    "tijiao": ("submit", "提交"),
    "querentijiao": ("submit", "提交"),
    "quxiao": ("cancel", "取消"),
}
_AROUND = late(r"^(?:[那就请嗯好哦直接马上先还是我要]|麻烦|帮我)+|[吧了啊把呀哦嘛罢]+$|\s")
_SOUNDING = 6  # characters
_WHY = late(
    r"(?:信息|电话|号码|资料|隐私).{0,6}(?:泄露|泄漏|外泄|外传|安全吗|保密吗|给别人|卖)|(?:会不会|不会)(?:泄露|外传)|"
    r"(?:这个|这项|这里)?(?:能不能|可不可以|可以|能)不(?:填|写|留|给|提供)[?？]?$|"
    r"(?:这个|这项|这里)(?:要|需要|得)(?:填|写|留|给|提供)(?:吗|嘛|么|不)[?？]?$|"
    r"(?:这个|这项|这里|一定|是不是|可不可以|能不能|可以)?(?:必须|必填|非得|一定要|可以不|能不|要不要|用不用)(?:要)?"
    r"(?:填|写|留|给|提供)?(?:吗|嘛|么|不|吧)[?？]?$|必填(?:项)?(?:吗|么)|"
    r"(?:为什么|为啥|干嘛|干吗|凭什么|有必要)[^，。]{0,4}(?:要|需要|得|问|留|填|收集|知道)|"
    r"(?:要|留|填|问|给|收集)(?:这个|那个|这些|了)?[\u4e00-\u9fff]{0,2}(?:这个|那个|这些|电话|"
    r"手机号?|邮箱|姓名|名字|单位|信息|联系方式|号码|职务|部门|资料|联系人)(?:是|来|"
    r"有)?(?:干什么|干嘛|干吗|做什么|干啥|做啥|有什么用|有啥用|什么用)"
)
_NODS = late(rf"{_HEAD}(?:是|对|嗯|恩|(?:就?是|就)(?:它|这个|这[一]?类)|归?这(?:个|一?类))+{_TAIL}")
_HEARD = late(r"[嗯恩啊哦，,。.！! ]*")
_RIGHT = late(rf"{_HEAD}没错{_TAIL}")
_CONSENT_REFUSED = late(
    r"(?:我们?|单位|公司|还是|那)*(?:不同意|(?:不(?:许|让|准|想|愿意?|要|能)|别|拒绝)(?:你们?)?"
    r"(?:保存|收集|留存|保留|存储|存))(?:你们?)?(?:保存|收集|登记|留存|保留|存储|存|记录|提供)?"
    r"(?:我们?|个人|这些|单位|公司)*的?(?:个人)?(?:信息|资料|联系方式|数据|隐私)?(?:了|吧|的|啊)*"
)
_WITHDRAWN = late(
    rf"{_HEAD}(?:(?:确定|确认|是的?|对的?|没错|就是)[，, ]*要?(?:撤[回销掉]?|取消|作废|删[掉除]?)|"
    rf"要?撤[回销掉]?)(?:需求\d*|它|那[份个])?{_TAIL}"
)
_FILLER = late(
    rf"{_HEAD}(?:你好|您好|在吗|大家好|早上好|下午好|上午好|谢谢|多谢|感谢|辛苦|麻烦|打扰|"
    rf"不好意思|对不起|抱歉|老师|"
    rf"是这样|情况如下|内容如下|如下|资料如下|信息如下|以下|情况是这样|另外|还有|对了|补充一下|"
    rf"顺便|哈|呵呵|哈哈){{0,4}}{_TAIL}"
)
_OPEN_HEAD = (
    r"(?:还|再|又|另外|那|好的?|嗯|哦|你好|您好|老师好?|领导好?|"
    r"我们公司|我们|我司|我厂|我|企业|公司|这边|想|要|需要|请|麻烦|"
    r"帮我?|给我|来|能不能|可以|可不可以|现在|怎么|先|就|，|,| ){0,8}"
)
_OPEN = late(
    _OPEN_HEAD
    + r"(?:(?:登记|提交?|报|上报|填报?|填写|录入?|反映|提出|写|申报|发布|记|新增|增加|加|新建|"
    r"开始登记|开始填)(?:一?个|一?份|一?条|一?下|一?项|几个)?(?:那个|这个|那份|这份|你们的?)?"
    r"(?:新的?|我们?的|服务|企业|知识产权|专利|商标|方面的?|相关的?|第二个|另一个|另外一个|别的)*(?:需求|诉求|"
    r"需求清单|需求表|清单|表单|困难)(?:表|单|登记)?|需求登记|有(?:一?个|一?些|一?项)?(?:新的?|"
    r"别的)?需求(?:要|想)?(?:提交?|报|登记|反映|说|跟你说)?|"
    r"我要登记|开始登记|登记|报需求|提需求|再(?:登记|报|提)一个|还有一?个需求|"
    r"(?:另外?一?|第二)个(?:新的?)?(?:需求|诉求)|"
    r"还?(?:想|要)再?(?:登记|报|提)一个)"
)
_OPEN_TAIL = late(
    r"(?:一下|吧|了|啊|呀|哈|呗|嘞|可以吗|行吗|好吗|吗|嘛|谢谢|要?(?:提|报|登记)|怎么弄|怎么登记|，|。|"
    r"(?:是|就)?(?:在|从|找)?[这你](?:里|儿|边)?(?:填写?|报|登记|说|提交?)|想?(?:要)?反映|"
    r"！|!|？|\?|：|:| ){0,6}"
)


@lru_cache(maxsize=4096)
def act_of(clause: str) -> Act | None:
    """What `clause` as a whole does; None where it is (or holds) something else."""
    if len(clause) > _LONGEST:
        return None
    for act, expression in _ACTS:
        if expression.fullmatch(clause):
            return act
    if opening(clause) == len(clause):
        return "open"
    return "why" if _WHY.search(clause) else None


def refuses_consent(text: str) -> bool:
    """不同意保存: personal data may not be kept."""
    said = text.strip(" 。.！!，,")
    return len(said) <= _LONGEST and _CONSENT_REFUSED.fullmatch(said) is not None


def nods(text: str) -> bool:
    """对, 嗯，就是这个: yes to what was just suggested, without a word on anything else."""
    clauses = [clause for clause in re.split(r"[，,。.！!\s]+", text) if clause]
    return bool(clauses) and len(text) <= _LONGEST and all(map(_NODS.fullmatch, clauses))


def points_at_it(text: str) -> bool:
    """对, 就这个, 没错: yes to a suggestion, where 好的 or 嗯 may only mean that one has heard."""
    return (nods(text) and not _HEARD.fullmatch(text)) or _RIGHT.fullmatch(text) is not None


def confirms_withdrawal(text: str) -> bool:
    """确定撤回, 是的撤了吧: said to the question whether a demand is to be withdrawn."""
    return len(text) <= _LONGEST and _WITHDRAWN.fullmatch(text) is not None


def is_filler(clause: str) -> bool:
    """`clause` is politeness, and says nothing for the form."""
    return len(clause) <= _LONGEST and _FILLER.fullmatch(clause) is not None


def sounded(text: str) -> Act | None:
    """What a short message does that is written by its sound: 题交, 提 交, 曲消.

    One of the characters must be the right one: 屈晓 is a name.
    """
    said = _AROUND.sub("", text)
    if not 2 <= len(said) <= _SOUNDING:
        return None
    act, written = _SOUNDS.get("".join(map(reading, said)), (None, ""))
    return act if any(char in written for char in said) else None


def opening(text: str) -> int:
    """How much of the start of `text` is a command to open a form: 登记需求 -> 4; 0 for none."""
    match = _OPEN.match(text)
    if match is None:
        return 0
    tail = _OPEN_TAIL.match(text, match.end())
    return tail.end() if tail else match.end()
