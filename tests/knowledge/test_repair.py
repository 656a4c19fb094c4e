"""Typos in the notices' names are put right; what is right is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalise import digits, normalise
from knowledge.snapshot import KnowledgeBase
from knowledge.units import Unit


def plain(text: str) -> str:
    return digits(normalise(text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("专例导航怎么做", "专利导航怎么做"),  # sounds alike
        ("万理行什么时候结束", "万里行什么时候结束"),
        ("质押溶资的政策", "质押融资的政策"),
        ("优秀岸例几号推荐", "优秀案例几号推荐"),
        ("需救清单几号报", "需求清单几号报"),  # looks alike
        ("成效汇总裱", "成效汇总表"),
        ("乡村镇兴行动", "乡村振兴行动"),
        ("万里行优锈案例", "万里行优秀案例"),
        ("知识产全服务万里行", "知识产权服务万里行"),
    ],
)
def test_one_wrong_character_in_a_name_is_put_right(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("什么实候截止", "什么时候截止"),
        ("几好之前报", "几号之前报"),
        ("联系仁是谁", "联系人是谁"),
        ("电活多少", "电话多少"),
        ("2021念的总结", "2021年的总结"),
        ("第19像任务是什么", "第19项任务是什么"),
        ("帮住", "帮助"),
        ("转人功", "转人工"),
        ("在见", "再见"),
    ],
)
def test_slips_in_words_that_ask_or_command_are_put_right(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("需清单几号报", "需求清单几号报"),
        ("联人是谁", "联系人是谁"),
        ("航导专利怎么做", "导航专利怎么做"),
    ],
)
def test_a_lost_character_comes_back_and_neighbours_change_places(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("副建的万里行", "福建的万里行"),
        ("福键省2023年方案", "福建省2023年方案"),
        ("厦们的企业报给谁", "厦门的企业报给谁"),
    ],
)
def test_a_known_place_typed_wrong_is_put_right(kb: KnowledgeBase, typed: str, meant: str) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    "place", ["浙江", "抚州", "靖江市", "廉江", "淮安", "湖北", "荆江", "宁德", "晋江", "永丰县"]
)
def test_another_place_never_becomes_one_that_sounds_like_it(kb: KnowledgeBase, place: str) -> None:
    for question in ("{}的企业报给谁", "{}2023年的方案几号报"):
        assert kb.repaired(plain(question.format(place))) == plain(question.format(place))


@pytest.mark.parametrize("year", ["2022年", "二零二六年", "2020年"])
def test_a_year_is_never_another_one(kb: KnowledgeBase, year: str) -> None:
    assert kb.repaired(plain(f"{year}的万里行")) == plain(f"{year}的万里行")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("xuqiu qingdan ji hao jiezhi", "需求清单几号截止"),
        ("wo men gongsi xiang zuo zhiya rongzi", "我们公司想做质押融资"),
        ("2021nianwanlixinglianxirenshishui", "2021年万里行联系人是谁"),
        ("gaozhiliang fazhan renwu qingdan di 8 xiang", "高质量发展任务清单第8项"),
        ("fujian 2023 nian you ji xiang zhongdian renwu", "福建2023年有几项重点任务"),
        ("shangbiao bei ren qiangzhu le zenme ban", "商标被人抢注了怎么办"),
        ("er ling er yi nian de wanlixing", "2021年的万里行"),
        ("quxiao", "取消"),
        ("xiexie", "谢谢"),
    ],
)
def test_a_message_all_in_pinyin_is_read(kb: KnowledgeBase, typed: str, meant: str) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    "text", ["hello", "ok", "pct体系", "wto是什么", "请发email给我", "app在哪下载", "tisc有多少家"]
)
def test_words_in_latin_letters_that_are_no_pinyin_stay(kb: KnowledgeBase, text: str) -> None:
    assert kb.repaired(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("需qiu清单几hao报", "需求清单几号报"),
        ("zhuanlidaohang怎么做", "专利导航怎么做"),
        ("wanlixing几号结束", "万里行几号结束"),
        ("需求qingdan几号报", "需求清单几号报"),
    ],
)
def test_names_in_pinyin_are_read(kb: KnowledgeBase, typed: str, meant: str) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


def test_all_that_the_notices_say_passes_unchanged(kb: KnowledgeBase) -> None:
    changed = [
        (unit.notice.id, unit.label, text)
        for unit in kb.units
        for text in map(plain, said_by(unit))
        if kb.repaired(text) != text
    ]
    assert not changed


def said_by(unit: Unit) -> list[str]:
    return [text for text, _ in unit.texts]


@pytest.mark.parametrize(
    "sentence",
    [
        "厦门会不会下雨",
        "营业执照年报怎么弄",
        "我们公司想招人",
        "商标被别人抢注了怎么办",
        "专利复审要多久",
        "请问人工智能领域有没有专门的通知",
        "good morning",
        "我是福州市马尾区的企业",
        "我叫李晓梅",
        "第20项任务是啥",
        "2021万里行需求清单是5月20号前报吧",
        "5月25号交给谁",
        "还有哪几项",
        "那个方案呢",
    ],
)
def test_a_right_sentence_is_never_changed(kb: KnowledgeBase, sentence: str) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "我是做柚子的",
        "货给人扣了",
        "乱报专利凑数的",
        "行里要做个质押的产品",
        "查专利的免费网站",
        "企业自己登系统填",
        "专利证书有一沓",
        "表填坏了去哪换",
        "我们是做阀门的",
        "给我们上堂专利课",
        "能不能帮忙提速",
        "三家合作社想抱团",
    ],
)
def test_everyday_words_are_right_as_they_stand(kb: KnowledgeBase, sentence: str) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "优秀案例要写多少字",
        "那要交多少钱",
        "工作方案用什么字体字号",
        "我们的专利被隔壁厂仿了想找人帮忙维权",
        "厂子资金转不开专利证书有一沓",
    ],
)
def test_a_right_question_is_never_changed(kb: KnowledgeBase, sentence: str) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)


@given(
    text=st.text(
        st.sampled_from("专利导航例需求清单救万里行理zhuanli 省市县报送abc12?"), max_size=20
    )
)
def test_whatever_is_typed_it_does_not_raise_and_keeps_figures(
    kb: KnowledgeBase, text: str
) -> None:
    typed = plain(text)
    repaired = kb.repaired(typed)
    assert [c for c in repaired if c.isdigit()] == [c for c in typed if c.isdigit()]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("福建那份方抄送了谁", "福建那份方案抄送了谁"),
        ("运用促进司司长叫么名字", "运用促进司司长叫什么名字"),
        ("24年押融资的增长目标", "24年质押融资的增长目标"),
        ("51文带几个附件", "51号文带几个附件"),
        ("各省么时候报年度工作总结", "各省什么时候报年度工作总结"),
    ],
)
def test_what_stands_beside_it_tells_which_character_was_left_out(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("工作方按和需求青单几号报", "工作方案和需求清单几号报"),
        ("工作妨案拥什么字体", "工作方案用什么字体"),
        ("2021年最后选了呐几个剩重点支持", "2021年最后选了哪几个省重点支持"),
    ],
)
def test_two_slips_are_put_right_by_what_stands_beside_them(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    "name", ["青禾市", "云岭省", "禾丰县", "澜江市", "沐阳区", "鑫源科技", "启明五金", "博纳公司"]
)
@pytest.mark.parametrize(
    "question", ["{}的万里行方案几号报", "我们是{}的,想做专利质押", "{}2023年的总结交给谁"]
)
def test_places_and_firms_that_nobody_knows_stay(
    kb: KnowledgeBase, name: str, question: str
) -> None:
    asked = plain(question.format(name))
    assert kb.repaired(asked) == asked


def test_a_bold_reading_goes_further_than_a_careful_one(kb: KnowledgeBase) -> None:
    typed = plain("成效材料还剩少天")
    assert kb.repaired(typed) == typed
    assert kb.repaired(typed, bold=True) == plain("成效材料还剩多少天")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024年tisc要建成多稍家", "2024年tisc要建成多少家"),
        ("tisc首朗要建多少家", "tisc首期要建多少家"),
    ],
)
def test_slips_beside_words_in_latin_letters_are_put_right(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24清单第7项归管", "24清单第7项归谁管"),
        ("裴松伟话", "裴松伟电话"),
        ("2024年任12谁必做", "2024年任务12谁必做"),
        ("是第条", "是第几条"),
        ("2021年万里行有少企业", "2021年万里行有多少企业"),
        ("哪写地方必做", "哪些地方必做"),
        ("22号交签发几天后挂的网", "22号文签发几天后挂的网"),
    ],
)
def test_a_character_that_nothing_but_its_neighbours_tells_is_put_right(
    kb: KnowledgeBase, typed: str, meant: str
) -> None:
    assert kb.repaired(plain(typed)) == plain(meant)


@pytest.mark.parametrize(
    "sentence",
    ["这项任务做吗", "第三项归哪个司", "第四项归哪个司", "没有必做的任务吗", "有必做的任务吗"],
)
def test_what_tells_one_from_another_and_yes_from_no_is_never_put_in_or_changed(
    kb: KnowledgeBase, sentence: str
) -> None:
    assert kb.repaired(plain(sentence)) == plain(sentence)
