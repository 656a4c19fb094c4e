"""Plain text becomes paragraphs and tables, whatever the lines and pages did to it."""

from __future__ import annotations

import pytest

from knowledge.importer.page import Page, Paragraph, Table
from knowledge.importer.reading import page_of_text


def paragraphs(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def tables(page: Page) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in page.blocks
        if isinstance(block, Table)
    ]


OPENING = "为推动本市专利转化运用，提升企业创新能力，现将有关事项通知如下："


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        (
            "请各单位高度重视，认真组织本辖区企业填报需求，做好汇总\n\n分析工作，按时报送。",
            "请各单位高度重视，认真组织本辖区企业填报需求，做好汇总分析工作，按时报送。",
        ),
        (
            "请各单位高度重视，认真组织本辖区企业填报需求，\n\n— 3 —\n\n按时报送。",
            "请各单位高度重视，认真组织本辖区企业填报需求，按时报送。",
        ),
        (
            "根据《江南市专利转化运用资金管\n理办法》的规定，开展申报。",
            "根据《江南市专利转化运用资金管理办法》的规定，开展申报。",
        ),
        ("现将有关事项通知如下\n：", "现将有关事项通知如下："),
        (
            "（联系人：王小明  \n0571—12345678）",
            "（联系人：王小明 0571—12345678）",
        ),
    ],
)
def test_a_sentence_torn_by_a_page_is_one_paragraph(torn: str, whole: str) -> None:
    assert paragraphs(page_of_text(torn)) == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "江南市知识产权局关于开展专利奖申报、推荐工作的通知\n各区知识产权局、市有关单位：",
        "（一）加强组织领导\n各单位要高度重视，指定专人负责。",
        "认真做好本辖区企业的申报组织工作，严格审核把关\n（二）按时报送材料，逾期不予受理。",
        "特此通知。\n江南市知识产权局\n2024年3月5日",
    ],
)
def test_lines_that_are_paragraphs_of_their_own_stay_apart(text: str) -> None:
    assert paragraphs(page_of_text(text)) == text.split("\n")


def test_hard_line_breaks_are_taken_out() -> None:
    first = "　　" + "一二三四五六七八九" * 2 + "甲乙丙丁戊己庚辛"
    middle = "子丑寅卯辰巳午未申酉戌亥" * 2 + "天地玄黄"
    text = "\n".join([first, middle, middle, "完成。"] * 4)
    assert paragraphs(page_of_text(text)) == [first.strip() + middle * 2 + "完成。"] * 4


def test_headings_bold_and_links_of_markdown_are_understood() -> None:
    page = page_of_text("## **一、总体要求**\n\n**（一）目标。**到年底[完成](#)任务。\n\n---\n")
    heading, item = page.blocks
    assert isinstance(heading, Paragraph)
    assert isinstance(item, Paragraph)
    assert (heading.text, heading.heading, heading.bold) == ("一、总体要求", 2, 6)
    assert (item.text, item.heading, item.bold) == ("（一）目标。到年底完成任务。", None, 6)


def test_residue_of_html_is_gone() -> None:
    text = (
        "<style>.TRS_Editor P{margin:0}</style><p>各有关单位：</p><p>&nbsp;&nbsp;请于5月&lt;5日&gt;"
        "前</p>p {text-indent:2em;}<br/><b>特此</b>通知。"
    )
    assert paragraphs(page_of_text(text)) == ["各有关单位：", "请于5月<5日>前", "特此通知。"]


def test_written_out_line_breaks_part_lines() -> None:
    assert paragraphs(page_of_text(r"各有关单位：\r\n请按时报送。\r\n特此通知。")) == [
        "各有关单位：",
        "请按时报送。",
        "特此通知。",
    ]


def test_a_text_without_line_breaks_is_parted_before_its_numbers() -> None:
    filler = "要进一步提高认识，压实责任，确保各项任务落到实处。" * 6
    text = (
        "江南市知识产权局关于申报专利奖的通知 各区知识产权局："
        f"{OPENING}一、申报条件 申报单位应在本市登记注册。{filler}"
        f"二、申报程序（一）提出申请。{filler}（二）组织推荐。{filler}"
        "三、工作要求{0}特此通知。附件：1.申报书 2.汇总表 江南市知识产权局 2024年3月5日".format(
            filler
        )
    )
    assert paragraphs(page_of_text(text))[:7] == [
        "江南市知识产权局关于申报专利奖的通知",
        "各区知识产权局：",
        OPENING,
        "一、申报条件",
        f"申报单位应在本市登记注册。{filler}",
        "二、申报程序",
        f"（一）提出申请。{filler}",
    ]


def test_lines_of_cells_are_a_table_also_over_pages() -> None:
    text = (
        "任务\t部门\t时间\n1.甲\t<p>发改委</p><p>科技局</p>\t年底前\n\n- 2 -\n\n"
        "任务\t部门\t时间\n2.乙\t财政局\t\n"
    )
    assert tables(page_of_text(text)) == [
        [["任务", "部门", "时间"], ["1.甲", "发改委\n科技局", "年底前"], ["2.乙", "财政局", ""]]
    ]


def test_labels_beside_each_other_are_no_table() -> None:
    page = page_of_text("联系人：王小明\t电话：12345678\n邮箱：a@b.cn\t地址：人民路1号")
    assert paragraphs(page) == ["联系人：王小明 电话：12345678", "邮箱：a@b.cn 地址：人民路1号"]


def test_what_is_the_sites_own_is_left_out_and_its_date_kept() -> None:
    text = (
        "首页\n机构\n政务\n当前位置：首页>政务>通知公告\n江南市知识产权局关于申报专利奖的通知\n"
        "发布时间：2024-03-06 09:30 来源：江南市知识产权局 浏览次数：12 字号：[大 中 小]\n"
        f"各区知识产权局：\n{OPENING}\n请于5月10日前报送。\n江南市知识产权局\n2024年3月5日\n"
        "【打印】 【关闭】\n上一篇：没有了\n主办单位：江南市知识产权局\n京ICP备00000000号\n"
    )
    page = page_of_text(text)
    assert paragraphs(page) == [
        "江南市知识产权局关于申报专利奖的通知",
        "各区知识产权局：",
        OPENING,
        "请于5月10日前报送。",
        "江南市知识产权局",
        "2024年3月5日",
    ]
    assert page.published is not None
    assert page.published.text == "2024-03-06"
    assert text[slice(*page.published.span())] == "2024-03-06"
    assert page.text == text


def test_the_hosts_of_a_meeting_are_no_footer() -> None:
    lines = ["现将培训事项通知如下。", "主办单位：江南市知识产权局", "承办单位：江南大学"]
    assert paragraphs(page_of_text("\n".join(lines))) == lines


def test_contacts_before_the_sign_off_are_no_footer() -> None:
    lines = ["请于5月10日前报送。", "技术支持：400-800-0000", "江南市知识产权局", "2024年3月5日"]
    footer = "\n版权所有：江南市知识产权局"
    assert paragraphs(page_of_text("\n".join(lines) + footer)) == lines


def test_a_section_heading_between_rows_is_a_row() -> None:
    text = (
        "序号\t任务\t部门\n一、提升质量\n1\t甲\t乙科\n二、强化保护\n2\t丙\t丁科\n以上任务请落实。"
    )
    page = page_of_text(text)
    assert tables(page) == [
        [
            ["序号", "任务", "部门"],
            ["一、提升质量", "", ""],
            ["1", "甲", "乙科"],
            ["二、强化保护", "", ""],
            ["2", "丙", "丁科"],
        ]
    ]
    assert paragraphs(page) == ["以上任务请落实。"]


def test_tables_whose_tags_were_left_are_tables() -> None:
    text = (
        "<p>任务如下：</p><table border=1>\n<tr><th>任务</th><th>部门</th></tr>\n"
        "<tr><td><p>甲</p><p>乙</p></td><td>科技局<br/>财政局</td></tr></table><p>特此通知。</p>"
    )
    page = page_of_text(text)
    assert tables(page) == [[["任务", "部门"], ["甲\n乙", "科技局\n财政局"]]]
    assert paragraphs(page) == ["任务如下：", "特此通知。"]


def test_search_boxes_and_sentences_of_the_footer_are_the_sites_too() -> None:
    body = ["江南市知识产权局关于申报专利奖的通知", "各区知识产权局：", OPENING, "请按时报送。"]
    above = ["热门搜索：", "政务公开 > 通知公告", "发布日期：2024-03-06"]
    below = ["主办：江南市知识产权局", "ICP备00000000号", "本网站内容未经许可不得转载。"]
    text = "\n".join([*above, *body, *below])
    page = page_of_text(text)
    assert paragraphs(page) == body
    assert page.published is not None


def test_a_date_within_the_clauses_is_not_the_sites() -> None:
    lines = ["关于举办培训班的通知", "一、培训安排", "时间：2024-05-10", "地点：江南市会议中心"]
    page = page_of_text("\n".join(lines))
    assert paragraphs(page) == lines
    assert page.published is None


def test_torn_tags_and_entities_without_an_end_are_gone() -> None:
    text = (
        '请于5月10日前&nbsp报送，<span lang="EN-US">2</span>份。 style="text-indent:2em">特此通知。'
    )
    assert paragraphs(page_of_text(text)) == ["请于5月10日前 报送，2份。 特此通知。"]
