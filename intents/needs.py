"""Does a message state a need of the sender's own, and to which key task does it point?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from intents.filling import acts
from intents.filling.pieces import tidy
from intents.slots import choice
from knowledge.model import DemandForm


@dataclass(frozen=True, slots=True)
class Need:
    """`text` is the message; `cue` is the word by which `task` was read out of it."""

    text: str
    task: str | None
    cue: str | None
    confident: bool


_OWN = re.compile(
    r"我们|我司|我厂|我公司|我单位|我企业|我校|我院|我社|我店|我村|我家|我所|咱们?(?!国)|俺|敝|"
    r"本公司|本厂|本企业|本社|本店|本合作社|企业都|家企业(?:都|想|要)|园区里|社员|"
    r"我这边|我这里|我这儿|这边有|我有|我手[上里头]|手[上里头](?:有|的)|自家|自己的?|厂里|厂子|"
    r"社里|店里|村里|镇上|公司(?:有|想|手|里|的|现在|最近|今年|刚|准备|打算|需|急|缺|被)|"
    r"合作社(?:有|想|里|的|需|缺)|企业(?:有|想|现在|急|缺|手)|我(?:是|的|想|要|需|厂|做|搞|开|"
    r"申请|研发|发明)|家里"
)
_WISH = re.compile(
    r"想(?!问|知道|了解|咨询|查|看看|请问|请教|确认|核实|打听|法|到|起|必|象|念)|希望(?!知道|"
    r"了解)|盼|"
    r"(?<!不)需要(?!什么|哪些|填|提交|准备|带|交|多|怎|满足|符合|几|在|向|报|按|经|由|于)|急需|"
    r"亟需|需求是|(?<![要需])求(?!职|知|证|助者)|"
    r"帮(?:忙|我|我们|一下|帮|助|着|下|咱)|能不能|能否|可否|可不可以|能(?:给|派|帮|组织|牵|安排|"
    r"介绍|推荐|支持|请|搭)|有没有[^？?]{0,8}(?:人|机构|专家|老师|办法|渠道|平台|银行|企业|单位|"
    r"公司|门路|路子|资源|地方|团队|院校|高校|项目|厂家|买家|推荐|产品|岗位|合适|可以帮|能帮|"
    r"愿意)|"
    r"打算|准备(?!什么|哪些)|计划(?=[把将做用拿找请引])|缺(?:乏|少|个|一|人|钱|资金|专|技|懂|代)|"
    r"(?:想|要|来|在|急着|帮我?们?)?找(?:个|人|一|位|家|些|几|专家|银行|企业|机构|买家|下家|高校|"
    r"老师|律师|技术|客户|合作|大学|厂家|代理|渠道|投资|谁(?:帮|能))|"
    r"求助|急用|急着|急寻|最好(?:有|能|请|派)|对接|牵线|搭桥|介绍(?:一|个|几|下|银行|专家|企业|"
    r"机构)|推荐(?:一|个|几|下|银行|专家|企业|机构|靠谱)|请(?:局里|你们|贵局|专家|老师|派|帮|"
    r"协助|支持|安排|协调|求|给我们)|"
    r"要(?:个|一个|找|请|招|转让|卖|办|申请|注册|做|搞|把|融资|贷)|拿(?:去|来|到)|指导一下|"
    r"把把关|出出主意|支支招|搭把手|拉一把|解决一下|协调一下"
)
_CALLS = re.compile(
    r"(?:想|希望|需要|求|盼|要|能)(?:请|找|让|派|安排|组织)[^，,。；;]{0,8}(?:专家|老师|人|机构|"
    r"律师|审查员|代理|院校|高校|银行|企业)"
)
_TROUBLE = re.compile(
    r"看不懂|不懂|不会(?:写|弄|做|用|申|办|搞|操|检)|搞不(?:定|懂|清)|弄不(?:来|懂|清)|"
    r"被[^，,。；;]{0,14}(?:侵权|抢注|抄|仿|告|起诉|驳回|冒|盗|山寨|恶意|注册|投诉|下架|索赔|"
    r"警告|律师函|傍|拒|无效|偷|查|扣)|"
    r"(?:侵权|抄袭|仿冒|假冒|仿制|冒充|盗用|山寨|抢注|傍名牌|蹭)(?:了|我|咱|的(?:很|太|越|人)|"
    r"泛滥|严重)|"
    r"卖不[出动掉上]|贷不[到下了]|批不下|不[给肯敢愿][^，,。]{0,4}(?:贷|放|批|认)|没人(?:懂|会|"
    r"要|管|买|用|教|知|指)|没有(?:人(?:懂|会|教|指)|专人|专业|渠道|门路|抵押|经验|懂)|"
    r"找不[到着]|招不[到来]|留不住|用不上|转化?不[了出动]|难(?:题|处|点|办|以|度)?|愁|头疼|头痛|"
    r"伤脑筋|犯难|苦于|困扰|困难|卡(?:在|住|脖子)|"
    r"不(?:知道?|晓得)(?:怎么|咋|该|如何|从哪|找谁|去哪|值|咋)|不清楚(?:怎么|该|如何|价)|闲(?:着|"
    r"置)|吃灰|睡大觉|压着|荒着|不响|打不(?:响|开|赢|过)|没(?:销路|钱|抵押|名气|人才|人手|路子)|"
    r"紧张|吃紧|短缺|周转|发愁|拖(?:了|着|很)|迟迟|一直(?:没|下不来|批不|不)|太慢|耽误|维权|"
    r"太[高贵低难]|负担不起|吃不消|扛不住|(?:仿|抄|冒)(?:我|咱)|投诉(?:了?也?)?(?:没用|无果)|没用"
)
_FIELD = re.compile(
    r"专利|商标|地理标志|地标|知识产权|版权|著作权|软著|品牌|发明|实用新型|外观|技术|成果|质押|"
    r"贷款|融资|许可|转让|导航|培训|侵权|维权|代理|"
    r"特产|产品|银行|资金|人才|招聘|销路|仿冒|抢注|著作|研发|高校|布局|评估|申请|注册|驳回|审查|"
    r"检索|预警|海外|打假|假货|投诉|网店|仿我|贴息|岗位"
)
_ABOUT_RULES = re.compile(
    r"什么时候|啥时候|何时|几号|几月|哪天|哪一?年|哪个月|多久|多长时间|截止|截至|到期|期限|"
    r"时间(?:安排|节点)|还来得及|"
    r"多少(?:个|项|家|件|钱|人|条|天|种|次)|(?:有|分|共|是|分为|一共|总共)几(?:项|个|条|类|家|种|"
    r"大|步|份)(?:重点|主要|具体|大|关键)?(?:任务|目标|行动|指标|阶段|环节|附件|部分|方面|步骤|"
    r"地方|地区|省|条款|时间|要求|活动|单位|部门|[?？]|$)|哪些|哪(?:几|个司|个处|个部门|一?条|"
    r"一?项|家负责|里规定|个文件|份)|第[一二三四五六七八九十\d]+(?:条|项|章|款)|"
    r"谁(?:负责|牵头|来?管|主管|组织|审核)|由谁|归(?:谁|哪)|联系谁|找谁(?:问|联系|咨询)|联系方式|"
    r"电话(?:是|号)?多少|联系人是谁|"
    r"怎么填|填什么|要填|填哪|填写(?:要求|说明|哪)|怎么报(?!警)|报(?:到|给|送|往)|往哪(?:儿|"
    r"里)?(?:报|交|寄|送|发)|交到|交给|寄到|发到|上报|附件|通知(?!书)|方案|文件|文号|发文|意见|"
    r"指引|条款|规定|"
    r"什么(?:意思|是|要求|条件|材料|任务|内容|区别|目标|指标|流程|时间|政策)|是(?:什么|啥|指什么|"
    r"指哪)|啥(?:意思|是|要求|条件|材料)|包括(?:什么|哪|啥)|有(?:什么|哪些|啥)(?!人|机构|专家|"
    r"老师|办法|渠道|平台|好办法|路子)|"
    r"要(?:做|干|求|交|准备|带|提供)(?:什么|啥|哪|些什么|点什么|多)|做(?:些|点)?(?:什么|啥)|"
    r"干(?:什么|啥)(?!都)|任务清单|需求清单|汇总表|(?:目标|指标|总结|成效|报告)(?:是|要|有|几|多|"
    r"怎|什么)|"
    r"是不是(?:必|要|规)|必做|选做|算不算|能算|可以报吗|怎么办理|如何办理|怎么(?:开展|组织|落实|"
    r"考核|评|要求|规定|说的|做的|安排)|如何(?:开展|组织|落实|考核)|"
    r"省里的?呢|国家局的呢|那.{0,8}呢$|多少钱|费用多少|收费标准|百分之几|什么渠道报|是哪|"
    r"在哪(?!找)"
)
_STAFF = re.compile(
    r"我们?(?:局|省|市|县|区|处|科|厅)(?!有家|里有|里的企业|的企业)|我(?:局|省|市|县|区|处)|"
    r"本(?:局|省|市|县|区)"
)
_ASKS = re.compile(
    r"[?？]|[吗呢么]$|什么|怎么|怎样|如何|哪|谁(?!都)|几(?:号|时|月|点钟)|(?:有|分|共|是|分为|"
    r"第)几(?:个|项|条|家|种|类)|多少|多久|多长|是不是|是否|有没有|能不能|可不可以|能否|咋|啥|"
    r"为何|为什么|几点"
)
_MAY_ASK = re.compile(
    _ASKS.pattern
    + r"|几(?:号|月|天|点|年|成|块|时|批|楼|周|倍)|(?<![招请找派])几[^，,。何乎]{0,3}[?？]?$|"
    r"好多|多大|多高|要不要|算不算|可不可|有无|[了过到]没有?$|没得$|嘛$|得[上到了]不|"
    r"能[^，。]{1,6}不$|会不会|"
    r"(?:网址|电话|手机号?|邮箱|文件|原文|通知|附件|表格?)(?:发|给)(?:我|一)|(?:发|给)我(?:看看|"
    r"看一下|一?下)$"
)
_NOT_KNOWING = re.compile(
    r"(?:不(?:太|大)?(?:知道?|清楚|懂|会|晓得|明白|了解)|想想?|看看|说说|讲讲|"
    r"教(?:我们)?)(?:到底|该|要|应该)?(?:怎么|如何|咋|什么|哪|谁|啥|几|多少)+"
)
_RULES_ONLY = re.compile(
    r"任务清单|需求清单|\d+号文|截止|起止|通知|(?:20)?\d\d年.*(?:任务|目标|活动|试点)"
)
_HELP = re.compile(
    r"有没有[^？?]{0,10}(?:人|机构|专家|老师|办法|渠道|平台|银行|资源|路子|团队|高校|厂家|买家|"
    r"项目|推荐|产品|岗位|机会)|能不能|能否|可不可以|可否|有谁(?:能|可以|愿)|谁(?:能|可以)帮|"
    r"帮(?:我|忙|一下|帮|下|着)|怎么办|咋办|咋整|怎么弄|怎么维权|怎么处理|怎么解决|该怎么|该找谁|"
    r"找谁帮|上哪(?:儿)?找|去哪(?:儿)?找|哪里(?:能|可以)(?:找|帮)|哪(?:家|个)银行(?:能|可以|愿|"
    r"肯)"
)
_INFORM = re.compile(
    r"(?:想|想要|希望|请|^来|我来|帮我|帮忙|麻烦|能不能|能否|可以|我要|需要|要)(?:帮我|给我|"
    r"您?帮)?(?:请?问|知道|了解|咨询|查|看看|看一下|请教|确认|核实|打听|告诉|说说|讲讲|说一下|"
    r"讲一下|解释|发一?[下份个]|找一?[下份](?:文件|通知|附件))"
)
_PUBLIC = re.compile(
    r"(?:国家|省|市|20\d\d年?|\d\d年)(?:的|省)?[^，。]{0,8}(?:通知|方案|活动|任务|清单|指引|"
    r"意见|目标|要求)"
)
_IDLE = re.compile(
    r"写(?:首|个|一)?诗|讲(?:个)?笑话|天气|股票|彩票|吃饭|外卖|电影|唱(?:个|首)?歌|翻译|作文|"
    r"论文|聊天|女朋友|男朋友|机票|酒店|打车|快递|作业|下棋|游戏|足球|星座|运势|双色球|下雨|"
    r"(?:放|听)(?:首|个)歌|猪肉|油价|好看的"
)


_CLAUSES = re.compile(r"[，,。；;！!？?\n ]")


@lru_cache(maxsize=4096)
def wants_form(text: str) -> bool:
    """`text` is a command to open the form: 登记需求, 想报个需求, 我要提需求：…."""
    text = tidy(text)
    at = acts.opening(text)
    if at == 0:
        clauses = [c for c in _CLAUSES.split(text) if c]
        return any(acts.opening(c) == len(c) for c in clauses) and not _ASKS.search(text)
    rest = text[at:].lstrip(" ，,：:。；;")
    if rest.startswith("的") or _ABOUT_RULES.match(rest):
        return False
    closed = (
        at == len(text) or text[at - 1] in "，,：:。；; \n!！" or text[at] in "，,：:。；; \n!！"
    )
    return (closed or not _ASKS.search(rest)) and not (
        _ABOUT_RULES.search(text) and _ASKS.search(text)
    )


def looks_like_question(text: str) -> bool:
    """`text` asks for information; asking for help (有没有人能帮忙牵线) does not count."""
    text = tidy(text)
    asks = _MAY_ASK.search(_NOT_KNOWING.sub("", text)) is not None
    if _INFORM.search(text) and (asks or _ABOUT_RULES.search(text)):
        return not _is_need(text, False)
    if not asks:
        return _RULES_ONLY.search(text) is not None and not _is_need(text, False)
    return not _is_need(text, False)


def is_idle(text: str) -> bool:
    """`text` is about something that no bureau could do: a poem, the weather, a film."""
    return _IDLE.search(text) is not None


def _own_wish(text: str) -> bool:
    return _OWN.search(text) is not None and _wishes(text)


def read_need(text: str, form: DemandForm) -> Need | None:
    """The need that `text` states; None for questions about the rules, small talk and the rest."""
    said = tidy(text)
    if not _is_need(said, choice.has_cue(said, form)):
        return None
    found = choice.suggest(said, form)
    return (
        Need(said, found.task, found.cue, found.confident)
        if found
        else Need(said, None, None, False)
    )


def states_need(text: str) -> bool:
    """Whether `text` states a need, where there is no form whose words could tell more of it."""
    return _is_need(tidy(text), False)


def _is_need(text: str, cue: bool) -> bool:
    if len(text) < 5 or is_idle(text):
        return False
    own, wish = _OWN.search(text), _WISH.search(text)
    trouble, topic = _TROUBLE.search(text), cue or _FIELD.search(text) is not None
    if not (wish or trouble) or not topic:
        return False
    if _STAFF.search(text) and (_ASKS.search(text) or _ABOUT_RULES.search(text)):
        return False
    if _INFORM.search(text) and not _beyond_information(text):
        return False
    if _PUBLIC.search(text) and _ASKS.search(text):
        return False
    if _ABOUT_RULES.search(text):
        return _needs_despite_rules(text)
    if not _ASKS.search(text):
        return bool(own or wish or trouble)
    if _HELP.search(text):
        return bool(own or wish or trouble)
    if re.search(r"(?:吗|什么|哪些|多少)[?？]?$", text):
        return False
    calls = _CALLS.search(text) and not re.search(r"[?？]$", text)
    return bool((own and (wish or trouble)) or calls or _tells(text))


def _tells(text: str) -> bool:
    """One clause states a wish, whatever the others ask."""
    clauses = _CLAUSES.split(text)
    plain = [c for c in clauses if not _ASKS.search(c) and not _INFORM.search(c)]
    return any(len(c) >= 4 and _wishes(c) for c in plain) and len(clauses) > 1


def _beyond_information(text: str) -> bool:
    """Besides wanting to know, the sender tells of a wish or a trouble of their own."""
    rest = _INFORM.sub("", text)
    clauses = _CLAUSES.split(rest)
    own = _OWN.search(rest) is not None or _FIELD.search(rest) is not None
    told = any(own and _wishes(c) and not _ASKS.search(c) for c in clauses)
    helps = _HELP.search(rest) is not None
    return told or (helps and (_own_wish(rest) or _TROUBLE.search(rest) is not None))


def _wishes(text: str) -> bool:
    return _WISH.search(text) is not None or _TROUBLE.search(text) is not None


def _needs_despite_rules(text: str) -> bool:
    """Words of the rules in a need: only if a clause without them tells the own wish."""
    clauses = [c for c in _CLAUSES.split(text) if c]
    told = [c for c in clauses if not _ABOUT_RULES.search(c) and not _INFORM.search(c)]
    asked = [c for c in clauses if _ABOUT_RULES.search(c) and _ASKS.search(c)]
    free = any(
        (_WISH.search(c) or _TROUBLE.search(c)) and (_OWN.search(text) or _FIELD.search(c))
        for c in told
    )
    if asked:
        return free and any(_own_wish(c) for c in told)
    return free or _own_wish(text)
