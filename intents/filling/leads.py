"""The words around what is told of oneself: what leads to a name, follows it, or comes next."""

from __future__ import annotations

import re

from knowledge.late import late

WE_ARE = late(
    r"(?:(?:我们|咱们?|我|本人|这边|这里|这儿|公司|单位|企业|店|厂)(?:这边|这里|这儿|这|那边)?的?"
    r"(?:公司|单位|企业|厂|合作社|学校|店|司)?(?:的?(?:全称|名称|名字))?(?:就?是|叫做?|来自|代表|在)|来自|代表|叫做?|"
    r"我司|是|系|在)(?:一家|我们)?"
)
NAMES_A_FIRM = late("(?:公司|单位|企业|厂|店|司|合作社|这边|这里|这儿).*[是叫]$|叫做?$")
I_AM = late(
    r"(?:(?:我|本人|他|她)的?(?:名字|姓名)?(?:叫做?|是)|(?:名字|姓名)(?:叫做?|是)|叫做?|"
    r"(?:联系人|负责人|经办人|对接人)(?:就?写|是|叫|填)?(?:我)?|叫我|喊我|称呼我|^是)"
)
GIVEN_NAME = late("名(?:叫)?(?P<given>[\u4e00-\u9fff]{1,2})$")
SURNAMED = late(r"(?:我|本人|免贵)*姓")
CALLED = late("(?:名字)?叫")
FIND = late(r"(?:请|可以|就|有事)*(?:找|联系|打给)")
FOUND = late(r"(?:就行|就好|就可以|即可|吧|本人)+|$")
OF = late(r"(?:这边|这里|那边)?的?(?:一?[名个位])?")
THERE = late(r"(?:这边|这里|那边|上班|工作|任职)?的?(?:一?[名个位])?")
GOODS = late("商标|专利|产品|技术|地理标志|品牌")
NAMED = late(
    r"(?:我|名字)?(?:叫做?|是)?(?:我们?)?的?(?:(?:同事|老板|助理|秘书|儿子|女儿|爱人|老公|经理))?"
)
AS = late("做|任|担任|当")
POLITE = late("(?:谢谢|你好|您好|老师好?|哦|嗯|呃|那个|对|好的)*")
LABEL_BEFORE = late("[\u4e00-\u9fff]{2,5}[:：]")
COLLEAGUE = late("(?:会计|出纳|文员|助理|秘书|专员|师傅)(?=[小老阿])")
IN_BRACKETS = late("[（(](?P<office>[\u4e00-\u9fff]{1,10})[)）]")
OURS = late("(?:我们?|咱们?)(?:厂里?|公司|单位|部门|社|店|所)?的?")
GATHERED = late(r"那个|这个|嗯|呃|啊")
NEXT = late(
    r"$|[，,。；;、 （(]|我|咱|本|想|要|需|求|现在|目前|主要|就|然后|那个|这个|嗯|呃|哦|没|无|"
    r"有(?!限)|电话|手机|邮箱|邮件|微信|联系|打|号码|座机|固话|公司|单位|企业|是|在|负责|的|准备|打算|正在|"
    r"手上|手里|因|由于|职位|岗位|科室|处室|姓名|名字|名称|类别|重点|国家|国知|希望|最好|不|做|把|"
    r"被|来|找|请|tel|Tel|TEL|麻烦|这边|这里|一直|最近|让|几|两|缺|贷|商标|专利|职务|部门|吧|"
    r"哈|啊|呀|说|上班|工作|任职|任"
)
CALLING = late(
    r"(?:我的?|他的?|她的?|本人的?|有事|可以|直接|请|就|麻烦)*(?:"
    r"(?:打|拨|拨打|致电|呼|加|发邮件|发)(?:我?的?(?:这个)?(?:手机|电话|微信|邮箱|号码|座机))?(?:到|至|给|"
    r"往)?(?:我)?|(?:tel|mobile|phone|e-?mail|mail|q{2}邮箱))[:：是为 ]*$",
    re.I,
)
REMARK = r"(?:微信(?:也是|就是|同步)?(?:这个)?(?:同号|同步|号)?|(?:手机|电话)?同(?:号|微信))"
AFTER_NUMBER = late(
    rf"(?:就?是?(?:这个|该)?(?:手机|电话)?号?(?:码)?{REMARK}|(?:这是|就是|就)(?:这个|我|本人)的?(?:号|手机|"
    r"电话|号码)?(?:行|好|可以)?|就(?:行|好|可以)|才?是?对的|这个|的|吧|哈|呀|啊)+"
)
WISHING = late(
    r"(?:最好|希望|需要|想请|请|想|要|不用麻烦|不麻烦|麻烦|能|不用|不需要|不需|无需|不要|不必|暂不|先|也|还|嗯|我们)+$"
)
FILLERS = late(r"嗯+|呃+|额|那个|然后|就是说|就是|哦|啊|还有|对了")


def bounded(clause: str, at: int) -> bool:
    """Something else may begin at `at`."""
    return NEXT.match(clause, at) is not None


def skip(expression: re.Pattern[str], clause: str, at: int) -> int:
    """The place behind `expression` where it stands at `at`; else `at`."""
    match = expression.match(clause, at)
    return match.end() if match else at
