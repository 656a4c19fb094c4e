"""A notice's places: what stands before its clauses, the clauses, its sign-off and annexes."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from knowledge.importer.outline import outline_of
from knowledge.importer.page import Outline, Page, Paragraph, Table
from knowledge.importer.passage import passage
from knowledge.model import Label
from tests.knowledge.importer.building import outline, page, plain_page, table

LABEL = TypeAdapter(Label)


def labels(found: Outline) -> list[str]:
    return [place.label for place in found.places]


def headings(found: Outline) -> dict[str, str | None]:
    return {p.label: p.heading.text if p.heading else None for p in found.places}


def body(found: Outline, label: str) -> str:
    return next(place.body.text for place in found.places if place.label == label)


def made(text: str) -> Outline:
    """Of lines as they are, one paragraph each."""
    return outline_of(plain_page(text))


COVER = """青川市知识产权局文件
青知发〔2024〕3号
青川市知识产权局关于开展商标品牌培育的通知
各区县知识产权局：
为推进品牌建设，现将有关事项通知如下：
"""
SIGNED = """青川市知识产权局
2024年3月5日
"""


class TestFrontAndSignOff:
    def test_all_before_the_first_clause_is_the_front(self) -> None:
        found = made(COVER + "一、培育对象\n本市企业。\n" + SIGNED)
        assert labels(found) == ["发文信息", "一", "落款"]
        assert body(found, "发文信息").endswith("通知如下：")
        assert body(found, "落款") == "青川市知识产权局\n2024年3月5日"

    def test_without_clauses_the_text_behind_the_addressees_is_the_body(self) -> None:
        found = made(COVER + "请于4月1日前报送名单。\n" + SIGNED)
        assert labels(found) == ["发文信息", "正文", "落款"]
        assert body(found, "正文").startswith("为推进品牌建设")

    @pytest.mark.parametrize(
        "closing",
        [
            "特此通知。",
            "附件：1.推荐表",
            "附件1：推荐表",
            "（联系人：钱某，电话：2233445）",
            "（此件公开发布）",
            "抄送：省知识产权局。",
            "青川市知识产权局 2024年3月5日",
            "青川市知识产权局办公室2024年3月5日印发",
            "二〇二四年三月五日",
            "２０２４年３月５日",
            "2024-03-05",
        ],
    )
    def test_what_closes_a_notice_belongs_to_the_sign_off(self, closing: str) -> None:
        found = made(COVER + "一、培育对象\n本市企业可以申报。\n" + closing)
        assert body(found, "落款") == closing

    def test_an_attachment_list_over_several_lines_is_no_clause(self) -> None:
        found = made(COVER + "一、培育对象\n本市企业。\n附件：\n1.推荐表\n2. 汇总表\n" + SIGNED)
        assert labels(found) == ["发文信息", "一", "落款"]
        assert body(found, "落款").startswith("附件：\n1.推荐表\n2. 汇总表\n")

    def test_contacts_under_the_last_heading_stay_there(self) -> None:
        found = made(
            COVER + "一、对象\n企业。\n二、联系方式\n联系人：钱某\n电话：2233445\n" + SIGNED
        )
        assert body(found, "二") == "联系人：钱某\n电话：2233445"

    def test_a_date_under_the_title_is_no_sign_off(self) -> None:
        found = made("关于报送名单的通知\n2024年3月5日\n各区县：\n请于4月1日前报送。")
        assert labels(found) == ["发文信息", "正文"]

    def test_last_words_to_all_belong_to_no_item(self) -> None:
        items = "".join(
            f"（{n}）加强{n}类服务。引导各类机构主动了解需求，形成合力。\n" for n in "一二三四"
        )
        found = made(
            COVER + "一、任务\n" + items + "各区县要认真落实，重要情况及时报告。\n" + SIGNED
        )
        assert labels(found)[-2:] == ["正文", "落款"]
        assert body(found, "一（四）") == "引导各类机构主动了解需求，形成合力。"


class TestClauses:
    def test_sections_and_items(self) -> None:
        found = made("一、安排\n（一）启动\n四月开始。\n(二) 总结\n十月结束。\n二、要求\n认真。")
        assert headings(found) == {
            "一": "安排", "一（一）": "启动", "一（二）": "总结", "二": "要求",
        }  # fmt: skip

    @pytest.mark.parametrize("numeral", ["一、", "一．", "一.", "一 、", "  一、"])
    def test_a_section_numeral(self, numeral: str) -> None:
        assert headings(made(f"{numeral}申报条件\n依法登记。")) == {"一": "申报条件"}

    @pytest.mark.parametrize("numeral", ["（一）", "(一)", "（一)", "㈠", "（一）、"])
    def test_an_item_numeral(self, numeral: str) -> None:
        assert headings(made(f"一、条件\n{numeral}主体要求\n依法登记。"))["一（一）"] == "主体要求"

    @pytest.mark.parametrize("mark", [".", "．", "、"])
    def test_points_count_clauses_where_nothing_stands_above(self, mark: str) -> None:
        found = made(COVER + f"1{mark}申报主体：企业。\n2{mark}申报时间：5月1日前。")
        assert labels(found) == ["发文信息", "1", "2"]
        assert headings(found)["2"] == "申报时间"

    def test_points_that_begin_anew_are_lists(self) -> None:
        found = made(COVER + "申报条件\n1.企业。\n2.高校。\n申报材料\n1.申请表。\n2.证书。")
        assert labels(found) == ["发文信息", "正文"]

    def test_chapters_and_articles(self) -> None:
        found = made("第一章 总则\n第一条 为规范管理，制定本办法。\n第二章 附则\n第二条 施行。")
        assert labels(found) == ["第一章", "第一条", "第二章", "第二条"]
        assert headings(found)["第一条"] is None

    def test_items_that_number_on_across_sections(self) -> None:
        found = made("一、创造\n（一）提质\n高。\n二、运用\n（二）转化\n快。\n（三）融资\n多。")
        assert labels(found) == ["一", "一（一）", "二", "二（二）", "二（三）"]

    def test_items_without_a_section_above(self) -> None:
        assert labels(made("（一）对象\n企业。\n（二）时间\n五月。")) == ["（一）", "（二）"]

    def test_a_gap_in_the_numbers_keeps_them(self) -> None:
        assert labels(made("一、甲事\n一。\n二、乙事\n二。\n四、丁事\n四。")) == ["一", "二", "四"]

    def test_a_number_printed_twice_gets_the_next_free_one(self) -> None:
        found = made("一、甲事\n一。\n二、乙事\n二。\n二、丙事\n三。\n四、丁事\n四。")
        assert headings(found) == {"一": "甲事", "二": "乙事", "三": "丙事", "四": "丁事"}

    def test_short_points_stay_in_their_clause_with_their_numerals(self) -> None:
        found = made("一、材料\n应当提交：\n1.申请表；\n2.证书复印件。\n二、时间\n五月。")
        assert labels(found) == ["一", "二"]
        assert body(found, "一") == "应当提交：\n1.申请表；\n2.证书复印件。"

    def test_long_points_are_places(self) -> None:
        long = "支持企业建设专利导航服务基地，" * 6
        found = made(
            f"一、任务\n（一）创造\n1.提升质量。{long}\n2.优化结构。{long}\n二、保障\n好。"
        )
        assert labels(found) == ["一", "一（一）", "一（一）1", "一（一）2", "二"]
        assert headings(found)["一（一）2"] == "优化结构"

    def test_points_right_under_a_section(self) -> None:
        long = "支持企业建设专利导航服务基地，" * 6
        found = made(f"一、任务\n1.提升质量。{long}\n2.优化结构。{long}\n二、保障\n好。")
        assert labels(found) == ["一", "一1", "一2", "二"]

    def test_a_parent_holds_only_what_stands_before_its_children(self) -> None:
        found = made("一、任务\n分为两项。\n（一）甲\n先做。\n再做。\n（二）乙\n后做。")
        assert body(found, "一") == "分为两项。"
        assert body(found, "一（一）") == "先做。\n再做。"

    @pytest.mark.parametrize(
        "line",
        [
            "1.5万元以上的项目优先。",
            "2024.5.1起施行。",
            "5.1前完成报送。",
            "12.5%的比例。",
            "3、5日前两批报送。",
            "一、二、三等奖各若干名。",
            "一是加强领导，二是落实责任。",
            "第一，要重视。",
            "第三条规定的情形除外。",
            "2024年5月1日前报送。",
        ],
    )
    def test_what_only_looks_like_a_numeral(self, line: str) -> None:
        found = made(f"一、要求\n{line}\n二、其他\n无。")
        assert labels(found) == ["一", "二"]
        assert body(found, "一") == line

    def test_an_enumeration_within_a_sentence_is_none(self) -> None:
        text = "申报主体应当（一）依法登记；（二）信用良好；（三）管理规范。"
        found = made(f"一、条件\n{text}\n二、其他\n无。")
        assert body(found, "一") == text


class TestHeadings:
    @pytest.mark.parametrize(
        ("line", "heading", "rest"),
        [
            ("强化组织实施。各地要高度重视。", "强化组织实施", "各地要高度重视。"),
            ("申报时间：5月1日至6月1日。", "申报时间", "5月1日至6月1日。"),
            ("活动启动。", "活动启动", ""),
            ("工作要求", "工作要求", ""),
            ("申请条件：", "申请条件", ""),
            ("各单位应当于5月1日前报送。逾期不收。", None, "各单位应当于5月1日前报送。逾期不收。"),
            ("请认真组织，按时报送。", None, "请认真组织，按时报送。"),
            ("申报条件 在本市依法登记注册满三年，信用记录良好。", "申报条件",
             "在本市依法登记注册满三年，信用记录良好。"),
        ],
    )  # fmt: skip
    def test_where_a_heading_ends(self, line: str, heading: str | None, rest: str) -> None:
        found = made(f"一、要求\n（一）{line}\n（二）其他\n无。")
        assert headings(found)["一（一）"] == heading
        assert body(found, "一（一）") == rest

    def test_a_bold_opening_is_a_heading_whatever_it_says(self) -> None:
        line = "（一）请各地于年底前完成，不得拖延。其余照旧。"
        block = Paragraph(passage(line), bold=17)
        found = outline_of(Page(line, (block,)))
        assert headings(found) == {"（一）": "请各地于年底前完成，不得拖延"}

    def test_a_marked_heading(self) -> None:
        found = outline("## 一、活动主题\n\n以创新为主题。\n\n### **（一）启动。**\n\n四月。\n")
        assert headings(found) == {"一": "活动主题", "一（一）": "启动"}


class TestLostLineBreaks:
    ALL = (
        "关于组织申报示范企业的通知 各区知识产权局： 现组织申报示范企业。 一、申报条件 依法登记并且"
        "信用良好的企业。 二、申报程序 （一）网上填报。企业登录系统填报。（二）推荐。各区局推荐。"
        " 附件：申报表 青川市知识产权局 2024年3月5日"
    )

    def test_all_on_one_line(self) -> None:
        found = made(self.ALL)
        assert labels(found) == ["发文信息", "一", "二", "二（一）", "二（二）", "落款"]
        assert headings(found)["一"] == "申报条件"

    def test_items_in_one_paragraph(self) -> None:
        found = made("一、要求\n（一）提高认识。要重视。（二）加强领导。要落实。\n二、其他\n无。")
        assert labels(found) == ["一", "一（一）", "一（二）", "二"]

    def test_a_text_broken_off_in_the_middle(self) -> None:
        found = made("一、条件\n依法登记。\n二、程序\n请于五月")
        assert body(found, "二") == "请于五月"


class TestAnnexes:
    @pytest.mark.parametrize(
        "heading", ["附件1", "附件 1", "附件1：", "（附件1）", "附件一", "附表1"]
    )
    def test_an_annex_under_its_own_line(self, heading: str) -> None:
        found = made(COVER + f"一、事项\n见附件。\n附件：1.推荐表\n{SIGNED}{heading}\n推荐表\n姓名")
        assert labels(found)[-2:] == ["落款", "附件1"]
        assert headings(found)["附件1"] == "推荐表"
        assert body(found, "附件1") == "姓名"

    def test_tables_stand_in_their_annex(self) -> None:
        text = COVER + f"一、事项\n见附件。\n{SIGNED}附件2\n汇总表\n"
        rows, printed = table([["序号", "名称"], ["1", ""]], len(text))
        found = outline_of(Page(text + printed, (*plain_page(text).blocks, rows)))
        assert list(found.places[-1].tables) == [rows]

    def test_a_title_of_the_list_printed_again(self) -> None:
        found = made(
            COVER + f"一、事项\n见附件。\n附件：1.示范企业推荐表\n{SIGNED}示范企业推荐表\n企业名称"
        )
        assert headings(found)["附件1"] == "示范企业推荐表"

    def test_links_to_files_under_the_text_are_a_list(self) -> None:
        found = made(COVER + f"一、事项\n见附件。\n{SIGNED}附件1：推荐表.docx\n附件2：汇总表.xlsx")
        assert labels(found) == ["发文信息", "一", "落款"]

    def test_a_page_that_is_an_annex_alone(self) -> None:
        found = made("附件\n2024年重点任务清单\n任务内容")
        assert labels(found) == ["附件"]
        assert headings(found) == {"附件": "2024年重点任务清单"}

    def test_a_title_over_two_lines(self) -> None:
        found = made(COVER + f"一、事项\n见附件。\n{SIGNED}附件1\n2024年商标品牌\n培育申报表\n名称")
        assert headings(found)["附件1"] == "2024年商标品牌 培育申报表"

    def test_a_guide_has_clauses_of_its_own(self) -> None:
        guide = "一、对象\n面向在本市依法登记注册并且信用良好的各类企业。\n二、程序\n"
        found = made(
            COVER + f"一、事项\n见附件。\n{SIGNED}附件1\n申报指南\n{guide}（一）填报\n"
            "企业应当登录市级业务管理系统如实填写有关信息并且提交。\n（二）推荐\n区局推荐。"
        )
        assert labels(found)[3:] == [
            "附件1",
            "附件1 一",
            "附件1 二",
            "附件1 二（一）",
            "附件1 二（二）",
        ]


class TestForwarded:
    PLAN = (
        "品牌培育工作方案\n为推进品牌建设，制定本方案。\n一、目标\n培育十个。\n二、任务\n"
        "认真抓好各项任务的组织和落实工作。\n"
    )

    def test_under_a_cover_note_without_clauses_or_sign_off(self) -> None:
        found = made(
            "青川市知识产权局关于印发《品牌培育工作方案》的通知\n各区县：\n现印发给你们，请执行。\n"
            + self.PLAN
        )
        assert labels(found) == ["发文信息", "一", "二"]

    def test_under_a_signed_cover_note(self) -> None:
        found = made(
            "关于印发《品牌培育工作方案》的通知\n各区县：\n现印发给你们，请执行。\n"
            + SIGNED + self.PLAN + "青川市知识产权局\n2024年3月1日"
        )  # fmt: skip
        assert labels(found) == ["发文信息", "正文", "落款", "附件", "一", "二", "附件 落款"]
        assert headings(found)["附件"] == "品牌培育工作方案"

    def test_with_an_annex_of_its_own(self) -> None:
        found = made(
            "关于印发《品牌培育工作方案》的通知\n各区县：\n现印发给你们，请执行。\n"
            + SIGNED + self.PLAN + f"附件：培育名单\n{SIGNED}附件\n培育名单\n企业名称"
        )  # fmt: skip
        assert labels(found)[3:] == ["附件1", "一", "二", "附件1 落款", "附件"]
        assert headings(found)["附件"] == "培育名单"

    def test_under_a_cover_note_with_clauses(self) -> None:
        found = made(COVER + "一、转发\n见后。\n二、要求\n请执行。\n" + SIGNED + self.PLAN)
        assert labels(found)[-3:] == ["附件", "附件 一", "附件 二"]

    def test_sections_counted_anew_under_a_title(self) -> None:
        found = made(COVER + "一、转发\n见后。\n二、要求\n请执行。\n" + self.PLAN)
        assert labels(found)[-3:] == ["附件", "附件 一", "附件 二"]


LINES = st.sampled_from(
    [
        "一、申报条件", "二、申报时间：5月1日前。", "（一）主体要求。应当依法登记。", "(二) 其他",
        "1.企业；", "2．高校。", "（1）甲", "①乙", "三、", "第一章 总则", "第二条 本办法施行。",
        "附件1", "附件：1.推荐表", "附件2：汇总表", "2.汇总表", "青川市知识产权局", "2024年3月5日",
        "各区县：", "为推进工作，现通知如下：", "品牌培育工作方案", "特此通知。", "附件",
        "请按时报送。",
        "关于印发《品牌培育工作方案》的通知", "一、甲事。二、乙事。三、丙事。", "（此件公开发布）",
        "（一）甲。（二）乙。", "十、尾", "抄送：某局。", "附表1", "",
    ]
)  # fmt: skip
DROPPED = re.compile(r"[\s：:。；;．.\u3000]")


def written(found: Outline) -> str:
    """All that the places hold, in their order."""

    def of(label: str) -> str:
        place = next(p for p in found.places if p.label == label)
        texts = chain(
            [place.heading.text] if place.heading else [],
            (
                b.text if isinstance(b, Paragraph) else "".join(c.text for r in b.rows for c in r)
                for b in place.blocks
            ),
        )
        return "".join(texts)

    return "".join(of(label) for label in labels(found))


def missing(found: Outline, text: str) -> str | None:
    """What of the text stands in no place, of its numerals and annex lines abstracted; None where
    the places hold more than the text, or in another order."""
    left = []
    at = 0
    held = DROPPED.sub("", written(found))
    for sign in DROPPED.sub("", text):
        if at < len(held) and held[at] == sign:
            at += 1
        else:
            left.append(sign)
    return "".join(left) if at == len(held) else None


NUMERALS = re.compile(
    r"[一二三四五六七八九十㈠-㈩⒈-⒛⑴-⒇①-⑳\d（）()、第章条附件表录【】\[\]［］﹙﹚﹒-]*"
)


@given(st.lists(LINES, max_size=25).map("\n".join))
@example("一、甲\n二、乙\n二、丙\n二、丁\n")
@example("附件\n附件\n附件1\n附件\n一、甲\n附件 1")
def test_every_character_is_in_one_place_and_in_order(text: str) -> None:
    found = outline_of(plain_page(text))
    spare = missing(found, text)
    assert spare is not None
    assert NUMERALS.fullmatch(spare)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_each_label_is_one_that_the_model_knows_and_stands_once(text: str) -> None:
    found = labels(outline_of(plain_page(text)))
    assert len(found) == len(set(found))
    for label in found:
        LABEL.validate_python(label)


@given(st.text(max_size=300))
def test_any_text_at_all_has_an_outline(text: str) -> None:
    outline_of(plain_page(text))
    outline_of(page(text))


def test_many_clauses_of_one_number_are_still_told_apart() -> None:
    found = labels(made("一、甲\n" * 130))
    assert len(found) == len(set(found))


def test_a_table_alone() -> None:
    rows, printed = table([["序号", "名称"]])
    found = outline_of(Page(printed, (rows,)))
    assert [block for place in found.places for block in place.blocks] == [rows]
    assert isinstance(found.places[0].blocks[0], Table)
