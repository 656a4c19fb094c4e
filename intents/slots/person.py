"""Names of people: surname and one or two characters, or a surname with a title."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.late import late

_DOUBLE = "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|令狐|慕容|夏侯|端木|南宫|张简|范姜"
_SINGLE = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚"
    "范彭郎鲁韦昌马苗"
    "凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆"
    "萧尹姚邵湛汪祁毛"
    "禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱"
    "骆高夏蔡田樊胡凌霍"
    "虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀羊惠甄曲封储靳段"
    "富巫乌焦巴弓牧山谷"
    "车侯全班仰秋仲伊宫宁仇栾厉祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙"
    "池乔阴苍双闻莘翟"
    "谭贡劳姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾"
    "终居衡步都耿满弘匡"
    "国文寇广禄东殴沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾沙鞠关相查后荆红游竺权逯盖益桓"
    "公肖涂佘佟苟代覃揭官丘丛"
    "甘阙占鄢粘宓揭涵缑亢逄亓仉"
    "付闫楚侍仝邝沐盘候亓麦岳练兰巨归海晋召尧迟练修宾粟藏谯衣阳喜仵"
)
_TITLES = (
    "副总经理|总经理|副总裁|总裁|副总|董事长|副理事长|理事长|经理|总监|总工|厂长|社长|校长|院长|"
    "所长|处长|科长|部长|"
    "局长|主任|主管|会长|秘书长|秘书|书记|场长|店长|站长|队长|组长|老师|教授|博士|律师|工程师|"
    "会计|师傅|老板|先生|女士|"
    "小姐|同志|总|工|董|姐|哥|科|处"
)
_SURNAME = rf"(?:{_DOUBLE}|[{_SINGLE}])"
_GIVEN = r"[\u4e00-\u9fff]{1,2}"
_FULL = late(rf"(?P<name>{_SURNAME}{_GIVEN}?)(?:[（(]?(?P<title>{_TITLES})[)）]?)?")
_TITLED = late(rf"(?:{_SURNAME}(?:{_TITLES})|[小老阿]{_SURNAME})")
FOREIGN = late(r"[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?![A-Za-z])")
_NICKNAME = late(r"[小老阿][\u4e00-\u9fff]")
_NO_NICKNAMES = frozenset(
    f"{first}{second}"
    for first, seconds in {
        "小": "吃时微学区额作店厂型麦米姐众心程规",
        "老": "板师家是客总字牌早被人乡店厂大",
        "阿": "里姨胶",
    }.items()
    for second in seconds
)
_MANY = late(r"[\u4e00-\u9fff]{2,8}(?:[·•][\u4e00-\u9fff]{2,10})+|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}")
_LOOSE = late(r"(?!更多|继续)[\u4e00-\u9fff]{2,3}|[A-Za-z][A-Za-z.·' ]{1,30}")
_NOT_GIVEN = late(
    r"[的了吗呢吧啊呀哦嘛是有不没在我你您他她它这那和与及把被给要想会能可个们么就也还都]"
)
# Everyday words that begin or end like a name.
_NOT_NAMES = """
学院 学校 大学 医院 回来 继续 接着
方便 方法 方面 方式 方案 高新 高校 高级 时间 时候 任务 任何 安排 安全 金融
金额 成果 成本 成效 常见 常用 于是 应该 应当 江苏 江西 马上 商标 通过 通知
单位 单独 温州 连江 连城 宁德 龙岩 石狮 晋江 全部 全称 关于 关键 项目 谢谢
文件 文化 支持 支付 查询 查看 路演 管理 简单 计划 计算 解决 解释 许多 许可
何时 何必 严重 尤其 毛病 相关 平潭 平台 平时 麻烦 广告 广东 康复 施工 华侨
经济 经营 经理 周末 周一 周二 周三 周四 周五 周六 周日 黄金 明天 明白 明年
明确 红色 红茶 白茶 乌龙 花茶 花费 水果 水产 山东 山西 山寨 农产 农业 农户
国家 国内 国外 和你 海外 海关 海南 海峡 那个 那边 那就 那么 都行 都可 空着
空白 公司 公开 公布 公示 东西 从来 归类 师傅 申请 申报 申诉 尚未 别的 别人
别填 通用 符合 景区 车间 班子 后面 后来 后续 相信 权利 权益 盖章 代理 代表
代办 官方 官司 包装 包括 包茶 侵权 强制 危险 盛产 万一 万里 莫名 干嘛 干脆
干什 充分 容易 向您 简介 空调 关系 游客 融资 利息 利用 利率 贷款 银行 双方
闻名 习惯 终于 易懂 步骤 都是 满意 国知 广泛 东南 越快 越来 成功 明显 封面
储能 富硒 焦急 全国 全省 全市 全县 厉害 武夷 白酒 温馨 庄园 米粉 毕业 毕竟
罗源 霍童 柘荣 古田 福鼎 莆田 三明 南平 漳州 泉州 厦门 福州 福建 建瓯 安溪
德化 永春 惠安 惠企 助企 沙县 尤溪 永安 将乐 泰宁 建宁 明溪 清流 宁化 大田
长汀 上杭 武平 漳平 永定 新罗 元旦 房产 石材 茶叶 单价 乐意 计费 计价 成立
成熟 成品 宣传 宣讲 解答 程序 路线 应用 项链 封装 班车 海鲜 海带 紫菜 花生
花卉 花菜 麻布 麻将 米酒 皮鞋 皮革 毛巾 毛笔 牛肉 牛奶 羊毛 鱼丸 龙眼 龙井
柳编 竹编 藤编 石雕 木雕 玉雕 银饰 权威 师资 简历 简章 经验 经费 时限 时机
支行 支部 方向 平均 安装 安心 安置 高端 高管 水平 水电 查新 查重 章程 云端
明细 计入 谈判 谈谈 管辖 诸多 贡献 劳动 劳务 申领 别急 连续 连锁 容量 文创
广大 东北 隆重 融合 冷链 辛苦 游戏 盖楼 益处 公益 公平 公众 公告 官网 付费
付款 修改 修订 喜欢 归属 相应 项下 常规 乐观 应急 应聘 施行 解除 金牌 金属
康养 余额 席位 席卷 强势 华为 华东 和解 和谐 齐全 元器 卫生 卫浴 章节 苗木
苗圃 凤梨 柏油 酱油 葛根
"""
_WORDS = frozenset(_NOT_NAMES.split())
_DAYS = frozenset(f"周{day}" for day in "一二三四五六")


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    title: str | None = None


def read(text: str) -> Person | None:
    """`text` as a whole is a person's name by its shape: 陈一, 王经理, 欧阳锋（主任）."""
    text = text.strip(" 。.，,")
    if _TITLED.fullmatch(text):
        return Person(text) if text not in _WORDS else None
    if _MANY.fullmatch(text):
        return Person(text)
    match = _FULL.fullmatch(text)
    if match is None or not _is_name(match["name"]):
        return None
    if match["title"] and len(match["name"]) == 1:
        return Person(text)
    return Person(match["name"], match["title"])


def surname(text: str) -> str | None:
    """`text` is a surname alone, as in 我姓王."""
    return text if re.fullmatch(_SURNAME, text) else None


def called(text: str) -> Person | None:
    """How somebody is called who was introduced as a person: also 阿二, 小芳, 周六."""
    known = read(text)
    if known or text in _DAYS:
        return known or Person(text)
    good = _NICKNAME.fullmatch(text) and text not in _NO_NICKNAMES
    return Person(text) if good and not _NOT_GIVEN.search(text) else None


def any_name(text: str) -> Person | None:
    """A surname and a given name, even where they begin like an everyday word: 黄金水, 高新."""
    match = _FULL.fullmatch(text)
    good = (
        match
        and len(match["name"]) >= 2
        and match["name"][1] != "总"
        and not _NOT_GIVEN.search(match["name"][1:])
    )
    return Person(match["name"], match["title"]) if match and good and text not in _WORDS else None


def loose(text: str) -> Person | None:
    """What was given as a name when one was asked for."""
    text = text.strip(" 。.，,")
    known = called(text) or any_name(text)
    if known:
        return known
    if _LOOSE.fullmatch(text) and not _NOT_GIVEN.search(text) and not _common(text):
        return Person(text)
    return None


def _is_name(name: str) -> bool:
    return (
        len(name) >= 2 and name[1] != "总" and not _NOT_GIVEN.search(name[1:]) and not _common(name)
    )


def _common(text: str) -> bool:
    return any(text[i : i + 2] in _WORDS for i in range(len(text) - 1))
