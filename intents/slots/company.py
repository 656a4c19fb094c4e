"""Names of enterprises and other organisations, known by their endings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from knowledge.late import late

_LEGAL = (
    "有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团|"
    "专业合作社|合作联社|联合社|合作社|个体工商户|个体户|个人独资企业|合伙企业|家庭农场|农场|林场|"
    "茶场|渔场|牧场|养殖场|种植场|总厂|分厂|工厂|厂|研究总院|研究院|研究所|设计院|科学院|农科院|"
    "实验室|大学|学院|中学|学校|职校|技校|医院|协会|商会|学会|联合会|促进会|基金会|联盟|事务所|"
    "工作室|经营部|门市部|服务部|营业部|加工坊|孵化器|产业园|科技园|创业园|众创空间|管委会|"
    "农业农村局|市场监督管理局|市场监管局|知识产权局|科技局|人民政府"
)
_TRADE = (
    "信息技术|生物科技|生物技术|电子商务|网络科技|电子科技|农业科技|环保科技|新材料科技|建筑工程|"
    "鞋业|木业|茶业|林业|农业|渔业|牧业|酒业|药业|纸业|糖业|盐业|矿业|铝业|钢业|铜业|石业|竹业|"
    "漆业|"
    "实业|工业|企业|置业|物业|乳业|粮业|油业|菌业|花业|水业|食品|饮品|饮料|科技|电子|电器|电气|"
    "电力|"
    "电商|机械|机电|机床|服饰|服装|鞋服|制衣|纺织|针织|印染|家具|家居|家纺|陶瓷|瓷业|瓷艺|水产|"
    "海产|"
    "生物|医药|制药|药械|医疗|化工|化学|化纤|建材|材料|新材料|智能|信息|光电|光学|环保|环境|重工|"
    "能源|新能源|储能|软件|网络|文化|传媒|设计|贸易|商贸|外贸|进出口|物流|塑胶|塑料|橡胶|包装|印刷|"
    "模具|五金|卫浴|石材|汽配|汽车|轴承|阀门|铸造|珠宝|玩具|工艺|工艺品|雕刻|园艺|花卉|茶叶|酒庄|"
    "粮油|"
    "果业|果蔬|生态|动力|半导体|芯片|通信|仪器|仪表|装备|设备|制造|自动化|机器人|精密|数控"
)
_WEAK = (
    r"(?:[^行产专农企作创就毕商营事工职同]业)|"
    "中心|店|商行|商店|超市|餐馆|茶庄|酒楼|饭店|茶行|茶社|作坊|工坊|坊|庄园|庄|铺|馆|[商茶车琴花米药布石木铁瓷鱼洋]行|社|园|场|站"
)

_BODY = r"[\u4e00-\u9fffA-Za-z0-9·&（）()\-]"
_REGION_TAIL = (
    rf"(?:{_BODY}{{1,10}}?(?:分公司|分厂|分院|分校|学院|研究院|研究所)"
    rf"|(?<=[学院所])(?!的){_BODY}{{1,10}}?(?:中心|实验室|园))?"
)
_AGAIN = rf"(?:{_LEGAL}|{_TRADE})*"
_NAME = late(
    rf"{_BODY}{{2,24}}?(?:(?:{_LEGAL}|{_TRADE})[)）]?)+(?:[（(][\u4e00-\u9fff]{{2,6}}[)）]{_AGAIN})?{_REGION_TAIL}"
)
_WEAK_NAME = late(rf"{_BODY}{{2,16}}?(?:{_LEGAL}|{_TRADE}|{_WEAK})+")
_HAS_LEGAL = late(rf"(?:{_LEGAL})$")
_ENDING = late(
    rf"(?:{_LEGAL}|{_TRADE})[)）]?(?:[（(][\u4e00-\u9fff]{{2,6}}[)）]{_AGAIN})?|(?P<weak>{_WEAK})"
)
_BEHIND = late(_REGION_TAIL)
_LONGEST, _MOST_ENDINGS = 48, 8  # characters of a name; places where it may end

# What stands in sentences, and not in names.
_SENTENCE = late(
    r"[我你您咱俺吗呢吧啥谁么什怎这哪那些们个把被给找请让帮求的了着过是也买卖:：，,。；;、？?！!]|(?<![联理梦思])想|希望|"
    r"需要|需求|"
    r"没有|有个|有家|一家|几家|某|该(?!亚)|其他|别的|同行|对方|附近|当地|本地|本市|本县|周边|"
    r"国家局|省局|市局|局里|"
    r"做|搞|不[会能用要是懂想行]|能不能|有没有|怎么|如何|可以|关于|以及|合作的|不方便|不需|不用|暂时|"
    r"跳过|取消|简称|客户|谢谢|您好|你好|回来|同上|现在|目前|最近|一直|手上|手里|同号|微信|"
    r"\d\d年|号文|名单|通知|清单|多少|好多|号码|期限|今天|明天|\d{4}$|"
    r"电话|手机|邮箱|联系|银行(?!股份)|质押|贷款|融资|转让|侵权|抢注|"
    r"座机|处室|部门|职务|职位|^(?:单位|公司名|企业名|机构名|名称|全称)|^(?:系|打|有|要|想|做|是|和|与|跟|在|从|对|为|向|去|来|会|能|可|都|也|还|就|再|又|很|太|最|被|将)"
)
_NO_BODY = late(
    r"^(?:本|贵|该|我|一|两|几|多|各|全|大|小|老|新|某|国内|国外|国家|海外|外地|高新|上市|同类|"
    r"民营|国有|"
    r"优质|专业|科研|高校|相关|其它|隔壁|邻村|园区|小微|中小|入驻|科技型|上游|下游|客户|竞争)"
    rf"(?:{_LEGAL}|{_TRADE}|{_WEAK})*$"
)
_PLAIN = late(r"[\u4e00-\u9fff]{5,12}")
_GENERIC = late(
    r"(?:企业|机构|单位|厂家|商家|平台|园区|团队|部门|个人|用户|客户|代表|行业|领域|技术|人员|"
    r"[人家户性型类])$|[没很已正多]|做|专利|商标|知识产权|开展|成立|地理标志|参加|参展|遇到|第[一二三]|准备|打算|申请|生产|销售|经营|从事|负责|合作"
)
_LOOSE = late(rf"^{_BODY}(?:{_BODY}| ){{1,38}}$")


def at_start(text: str) -> str | None:
    """The organisation's name with which `text` begins; None where it begins with none."""
    match = _NAME.match(text)
    return match[0] if match and is_name(match[0]) else None


def ends(text: str) -> Iterator[tuple[int, bool]]:
    """Where a name that begins `text` may end, the shortest first, and whether surely."""
    for match in islice(_ENDING.finditer(text, 0, _LONGEST), _MOST_ENDINGS):
        if match.start() > 0:
            yield match.end(), match["weak"] is None
            behind = _BEHIND.match(text, match.end())
            if behind and behind[0]:
                yield behind.end(), True


def is_name(text: str) -> bool:
    """`text` as a whole has the shape of an organisation's name."""
    return len(text) >= 4 and not _SENTENCE.search(text) and not _NO_BODY.match(text)


def weak_name(text: str) -> str | None:
    """A name that ends on an everyday word (店, 社, 中心), for texts that say whose name it is."""
    match = _WEAK_NAME.fullmatch(text)
    return text if match and is_name(text) else None


def plain(text: str) -> str | None:
    """A short name with an ending that is no trade's we know (晋江示例鞋材), said to be a name."""
    good = _PLAIN.fullmatch(text) and is_name(text) and not _GENERIC.search(text)
    return text if good else None


def loose(text: str) -> str | None:
    """What was given as a name when one was asked for: anything that is not a sentence."""
    text = text.strip(" 。.，,")
    if not 2 <= len(text) <= 40 or not _LOOSE.match(text) or _SENTENCE.search(text):
        return None
    return None if text.isdigit() or _NO_BODY.match(text) else text


def is_legal(name: str) -> bool:
    """The name ends on a legal form, so that it can hardly be anything else."""
    return _HAS_LEGAL.search(name) is not None
