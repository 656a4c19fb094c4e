"""Who issued a notice, when, to whom, under what number and name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.importer.facts import Anchor, Head
from knowledge.importer.head import anchor_of, head_of
from knowledge.importer.outline import outline_of
from knowledge.importer.page import Page
from knowledge.importer.passage import passage
from knowledge.load import load_regions
from tests.knowledge.importer.building import page, plain_page, table

REGIONS = load_regions()
BODY = "各区县知识产权局：\n为做好有关工作，现将有关事项通知如下，请认真执行。\n一、对象\n企业。\n"


def head(text: str, published: str | None = None) -> Head:
    made = plain_page(text)
    if published is not None:
        made = Page(text, made.blocks, passage(published))
    return head_of(outline_of(made), REGIONS)


def anchor(text: str) -> Anchor:
    found = outline_of(plain_page(text))
    return anchor_of(found, head_of(found, REGIONS))


class TestTitle:
    @pytest.mark.parametrize(
        ("lines", "title"),
        [
            ("关于组织申报示范企业的通知", "关于组织申报示范企业的通知"),
            ("青川市知识产权局关于\n组织申报示范企业的通知",
             "青川市知识产权局关于组织申报示范企业的通知"),
            ("青川市知识产权局\n关于组织申报示范企业的通知",
             "青川市知识产权局关于组织申报示范企业的通知"),
            ("青川市知识产权局\n青知发〔2024〕3号\n关于组织申报示范企业的通知",
             "关于组织申报示范企业的通知"),
            ("青川市知识产权局\n青川市财政局\n关于组织申报示范企业的通知",
             "青川市知识产权局 青川市财政局关于组织申报示范企业的通知"),
            ("关于组织申报 2024 年示范企业的通知", "关于组织申报2024年示范企业的通知"),
            ("关于组织申报示范企业的通知\n关于组织申报示范企业的通知",
             "关于组织申报示范企业的通知"),
            ("关于组织申报示范企业的通知（青知发〔2024〕3号）", "关于组织申报示范企业的通知"),
            ("青知发〔2024〕3号 关于组织申报示范企业的通知", "关于组织申报示范企业的通知"),
            ("关于组织申报示范企业的通知_青川市知识产权局", "关于组织申报示范企业的通知"),
            ("关于组织申报示范企业的通知 - 青川市人民政府", "关于组织申报示范企业的通知"),
            ("标题：关于组织申报示范企业的通知", "关于组织申报示范企业的通知"),
            ("青川市知识产权局文件\n青知发〔2024〕3号\n关于组织申报示范企业的通知",
             "关于组织申报示范企业的通知"),
            ("关于印发《品牌培育办法（试行）》的通知", "关于印发《品牌培育办法（试行）》的通知"),
            ("2024年示范企业申报指南", "2024年示范企业申报指南"),
            ("关于示范企业名单的公示", "关于示范企业名单的公示"),
            ("转发省知识产权局关于开展检查的通知", "转发省知识产权局关于开展检查的通知"),
        ],
    )  # fmt: skip
    def test_is_found_and_set_on_one_line(self, lines: str, title: str) -> None:
        assert head(f"{lines}\n{BODY}").title == title

    def test_of_a_text_that_begins_with_the_addressees_there_is_none(self) -> None:
        found = head(BODY)
        assert found.title is None
        assert found.look["title"]

    def test_of_a_page_that_is_an_annex_is_the_annex_s(self) -> None:
        assert head("附件\n2024年推动品牌发展任务清单\n任务").title == "2024年推动品牌发展任务清单"

    def test_stands_where_its_span_says(self) -> None:
        text = f"青川市知识产权局文件\n  关于组织申报示范企业的通知\n{BODY}"
        span = head(text).spans["title"]
        assert text[span.start : span.end] == "关于组织申报示范企业的通知"


class TestNumber:
    @pytest.mark.parametrize(
        ("printed", "number"),
        [
            ("青知发〔2024〕3号", "青知发〔2024〕3号"),
            ("青知发[2024] 3号", "青知发〔2024〕3号"),
            ("青知发［2024］３号", "青知发〔2024〕3号"),
            ("青知发【2024】3号", "青知发〔2024〕3号"),
            ("青知发（2024）3号", "青知发〔2024〕3号"),
            ("青知发(2024)第3号", "青知发〔2024〕第3号"),
            ("（青市监知〔2023〕15 号）", "青市监知〔2023〕15号"),
            ("国知办函运字〔2024〕1号", "国知办函运字〔2024〕1号"),
            ("青知发〔2024〕3号 签发人：赵某", "青知发〔2024〕3号"),
            ("2024年第12号", "2024年第12号"),
            ("第550号", "第550号"),
            ("公告第550号", "公告第550号"),
            ("文号：青知发〔2024〕3号", "青知发〔2024〕3号"),
            ("发文字号：青知发〔2024〕3号 成文日期：2024年1月2日", "青知发〔2024〕3号"),
        ],
    )
    @pytest.mark.parametrize("above", [True, False])
    def test_over_or_under_the_title(self, printed: str, number: str, above: bool) -> None:
        lines = [printed, "关于开展商标培育的通知"]
        text = "\n".join(lines if above else reversed(lines))
        assert head(f"{text}\n{BODY}").doc_number == number

    @pytest.mark.parametrize(
        "title",
        [
            "关于开展商标培育的通知（青知发〔2024〕3号）",
            "青知发〔2024〕3号关于开展商标培育的通知",
            "关于开展商标培育的通知青知发〔2024〕3号",
        ],
    )
    def test_in_the_line_of_the_title(self, title: str) -> None:
        found = head(f"{title}\n{BODY}")
        assert (found.title, found.doc_number) == ("关于开展商标培育的通知", "青知发〔2024〕3号")

    def test_in_a_table_over_the_text(self) -> None:
        rows, printed = table(
            [["索引号", "A-1", "发文字号", "青知发〔2024〕3号"], ["成文日期", "2024年1月2日"]]
        )
        below = plain_page("\n" * len(printed) + f"\n关于开展商标培育的通知\n{BODY}")
        made = Page(printed + below.text[len(printed) :], (rows, *below.blocks))
        found = head_of(outline_of(made), REGIONS)
        assert (found.doc_number, found.issued) == ("青知发〔2024〕3号", date(2024, 1, 2))

    @pytest.mark.parametrize(
        "citing",
        [
            "根据《国家知识产权局关于开展检查的通知》（国知发保字〔2023〕5号）要求，现通知如下。",
            "按照省局青知发〔2023〕5号文件精神，现通知如下。",
        ],
    )
    def test_of_another_document_is_not_its_own(self, citing: str) -> None:
        found = head(f"关于开展商标培育的通知\n各区县：\n{citing}\n一、对象\n企业。")
        assert found.doc_number is None

    def test_of_the_forwarded_notice_in_the_title_is_not_its_own(self) -> None:
        title = "关于转发《国家知识产权局关于开展检查的通知》（国知发保字〔2023〕5号）的通知"
        assert head(f"{title}\n{BODY}").doc_number is None

    def test_stands_where_its_span_says(self) -> None:
        text = f"青川市知识产权局文件 青知发〔2024〕3号\n关于开展商标培育的通知\n{BODY}"
        span = head(text).spans["doc_number"]
        assert text[span.start : span.end] == "青知发〔2024〕3号"


class TestIssued:
    @pytest.mark.parametrize(
        ("printed", "day"),
        [
            ("2024年3月5日", date(2024, 3, 5)),
            ("2024 年 3 月 5 日", date(2024, 3, 5)),
            ("２０２４年３月５日", date(2024, 3, 5)),
            ("二〇二四年三月五日", date(2024, 3, 5)),
            ("二○二四年十二月二十三日", date(2024, 12, 23)),
            ("2024-03-05", date(2024, 3, 5)),
            ("2024.3.5", date(2024, 3, 5)),
            ("2024年2月31日", None),
        ],
    )
    def test_under_the_office(self, printed: str, day: date | None) -> None:
        assert head(f"关于培育商标的通知\n{BODY}青川市知识产权局\n{printed}").issued == day

    def test_a_month_alone_is_kept_as_a_month(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}青川市知识产权局\n二〇二三年四月")
        assert (found.issued, found.issued_month, found.year) == (None, "2023-04", 2023)

    def test_on_the_line_of_the_office(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}青川市知识产权局 2024年3月5日")
        assert (found.issuer, found.issued) == ("青川市知识产权局", date(2024, 3, 5))

    def test_the_sign_off_goes_before_the_printing(self) -> None:
        found = head(
            f"关于培育商标的通知\n{BODY}青川市知识产权局\n2024年3月5日\n"
            "青川市知识产权局办公室 2024年3月8日印发"
        )
        assert found.issued == date(2024, 3, 5)

    def test_the_line_of_printing_alone(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}青川市知识产权局办公室2024年3月8日印发")
        assert found.issued == date(2024, 3, 8)

    def test_the_site_s_date_comes_last_and_is_told(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}", published="2024-07-30")
        assert found.issued == date(2024, 7, 30)
        assert found.sure["issued"] < 0.8
        assert found.look["issued"]

    def test_no_date_of_the_text_is_taken(self) -> None:
        found = head(
            "关于培育商标的通知\n各区县：\n根据2020年1月1日施行的条例，请于2024年3月1日前报送。\n"
        )
        assert found.issued is None
        assert found.look["issued"]

    def test_the_cover_note_s_own_date_counts(self) -> None:
        found = head(
            "关于印发《品牌培育方案》的通知\n各区县：\n现印发给你们，请认真贯彻执行。\n青川市知识产权局\n"
            "2024年3月5日\n品牌培育方案\n一、目标\n到年底培育品牌不少于十个。\n二、任务\n抓好落实。\n"
            "青川市知识产权局\n2024年2月1日"
        )
        assert found.issued == date(2024, 3, 5)


class TestIssuer:
    def test_before_the_title(self) -> None:
        assert head(f"青川市知识产权局关于培育商标的通知\n{BODY}").issuer == "青川市知识产权局"

    def test_in_the_letterhead(self) -> None:
        text = f"青川市知识产权局文件\n青知发〔2024〕3号\n关于培育商标的通知\n{BODY}"
        assert head(text).issuer == "青川市知识产权局"

    def test_in_the_sign_off(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}青川市知识产权局（代章）\n2024年3月5日")
        assert found.issuer == "青川市知识产权局"

    def test_several(self) -> None:
        found = head(
            f"关于培育商标的通知\n{BODY}青川市知识产权局　　青川市财政局\n青川市教育局\n"
            "2024年3月5日"
        )
        assert found.issuer == "青川市知识产权局、青川市财政局、青川市教育局"

    def test_several_in_a_row_are_parted_as_they_signed(self) -> None:
        found = head(
            f"青川市知识产权局青川市财政局关于培育商标的通知\n{BODY}青川市知识产权局 青川市财政局\n"
            "2024年3月5日"
        )
        assert found.issuer == "青川市知识产权局、青川市财政局"

    def test_a_name_set_wide(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}青 川 市 知 识 产 权 局\n2024年3月5日")
        assert found.issuer == "青川市知识产权局"

    def test_of_an_announcement(self) -> None:
        found = head(
            "国家知识产权局公告\n第550号\n为规范管理，现将有关事项公告如下，请遵照执行。\n"
        )
        assert (found.issuer, found.doc_number) == ("国家知识产权局", "第550号")

    def test_none(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}")
        assert found.issuer is None
        assert found.look["issuer"]


class TestRegion:
    @pytest.mark.parametrize(
        ("issuer", "region"),
        [
            ("国家知识产权局", "全国"),
            ("工业和信息化部", "全国"),
            ("教育部办公厅", "全国"),
            ("国家市场监督管理总局", "全国"),
            ("国务院办公厅", "全国"),
            ("福建省知识产权局", "福建省"),
            ("厦门市市场监督管理局", "厦门市"),
            ("福州市鼓楼区市场监督管理局", "鼓楼区"),
            ("广西壮族自治区知识产权局", "广西壮族自治区"),
            ("青川市市场监督管理局", "青川市"),
            ("云江省知识产权局", "云江省"),
            ("云江省青川市科学技术局", "青川市"),
        ],
    )
    def test_of_the_issuer(self, issuer: str, region: str) -> None:
        assert head(f"{issuer}关于培育商标的通知\n{BODY}").region == region

    def test_of_the_number_s_first_character(self) -> None:
        found = head(f"关于培育商标的通知\n闽市监知〔2023〕5号\n{BODY}")
        assert found.region == "福建省"
        assert found.sure["region"] < 0.8

    def test_none(self) -> None:
        found = head(f"关于培育商标的通知\n{BODY}")
        assert found.region is None
        assert found.look["region"]


class TestNames:
    @pytest.mark.parametrize(
        ("title", "kind"),
        [
            ("关于培育商标的通知", "通知"),
            ("青川市知识产权局公告", "公告"),
            ("关于名单的公示", "公告"),
            ("关于加强保护的指导意见", "指导意见"),
            ("商标培育工作方案", "工作方案"),
            ("商标培育工作指引（2024）", "工作指引"),
            ("商标专项资金管理办法（试行）", "办法"),
            ("关于征求意见的函", "函"),
            ("2024年任务清单", "任务清单"),
            ("关于印发《商标培育工作方案》的通知", "通知"),
        ],
    )
    def test_the_kind_is_the_title_s_last_word(self, title: str, kind: str) -> None:
        assert head(f"{title}\n{BODY}").kind == kind

    def test_the_kind_of_what_is_sent_with_its_text(self) -> None:
        found = head(
            "关于印发《商标培育工作方案》的通知\n各区县：\n现印发给你们，请认真贯彻执行。\n"
            "商标培育工作方案\n一、目标\n培育十个。"
        )
        assert found.kind == "工作方案"

    @pytest.mark.parametrize(
        ("title", "campaign"),
        [
            ("关于组织开展2023年“品牌护航乡村行”活动的通知", "品牌护航乡村行"),
            ("关于开展2024年度专利奖申报工作的通知", "专利奖申报"),
            ("关于组织申报2024年示范企业的通知", "示范企业"),
            ("2024年推动品牌发展任务清单", "推动品牌发展"),
            ("关于加强品牌保护的通知", None),
        ],
    )
    def test_the_campaign(self, title: str, campaign: str | None) -> None:
        assert head(f"{title}\n{BODY}").campaign == campaign

    @pytest.mark.parametrize(
        ("title", "year"),
        [
            ("关于开展2023年品牌护航活动的通知", 2023),
            ("品牌培育工作指引（2021）", 2021),
            ("关于印发品牌规划（2021—2025年）的通知", 2024),
            ("关于开展品牌护航活动的通知", 2024),
        ],
    )
    def test_the_year_of_the_title_else_of_issue(self, title: str, year: int) -> None:
        assert head(f"{title}\n{BODY}青川市知识产权局\n2024年3月5日").year == year

    def test_the_year_of_the_number(self) -> None:
        assert head(f"关于护航的通知\n青知发〔2022〕1号\n{BODY}").year == 2022


class TestAddressees:
    @pytest.mark.parametrize(
        ("line", "names"),
        [
            ("各有关单位：", ("各有关单位",)),
            ("各省、自治区、直辖市知识产权局，各有关中心；局机关各部门:",
             ("各省、自治区、直辖市知识产权局", "各有关中心", "局机关各部门")),
            ("各市局（知识产权局）、综合实验区市场监管局：",
             ("各市局（知识产权局）", "综合实验区市场监管局")),
            ("各县（市、区）市场监管局：", ("各县（市、区）市场监管局",)),
            ("各县区教育局、科技局，市直各学校：", ("各县区教育局、科技局", "市直各学校")),
            ("各区县局、各有关企业：", ("各区县局", "各有关企业")),
            ("各市、州知识产权局，省直有关单位：", ("各市、州知识产权局", "省直有关单位")),
        ],
    )  # fmt: skip
    def test_are_told_apart(self, line: str, names: tuple[str, ...]) -> None:
        text = f"关于培育商标的通知\n{line}\n为做好工作，现将有关事项通知如下，请认真执行。"
        assert head(text).addressees == names

    def test_none(self) -> None:
        text = "商标培育工作方案\n为做好工作，制定本方案。\n一、要求\n时间如下：\n五月。"
        assert head(text).addressees == ()


class TestCites:
    def test_what_the_opening_rests_on(self) -> None:
        found = head(
            "关于培育商标的通知\n各区县：\n根据《关于加强保护的意见》和《云江省品牌条例》，按照《省局关于检查"
            "的通知》（云知发[2023]5号）要求，我局制定了《培育方案》，请填写《申报表》（附件1）。\n"
            "一、对象\n企业。"
        )
        assert [(c.title, c.doc_number) for c in found.cites] == [
            ("关于加强保护的意见", None),
            ("云江省品牌条例", None),
            ("省局关于检查的通知", "云知发〔2023〕5号"),
        ]

    def test_what_the_notice_sends_is_not_cited(self) -> None:
        found = head(
            "关于印发《培育方案》的通知\n各区县：\n为落实《培育方案》，现予印发，请认真贯彻执行。\n"
        )
        assert found.cites == ()


class TestAnchor:
    def test_is_the_day_of_issue(self) -> None:
        text = f"关于护航的通知\n{BODY}青川市知识产权局\n2024年3月5日"
        assert anchor(text) == Anchor(date(2024, 3, 5), 2024)

    @pytest.mark.parametrize(
        ("text", "year"),
        [
            (f"关于2023年护航的通知\n青知发〔2022〕1号\n{BODY}", 2022),
            (f"关于2023年护航的通知\n{BODY}", 2023),
            (f"关于护航的通知\n{BODY}请于2021年5月1日前报送。", 2021),
            (f"关于护航的通知\n{BODY}青川市知识产权局\n二〇二三年四月", 2023),
            (f"关于护航的通知\n{BODY}请于5月1日前报送。", None),
        ],
    )
    def test_else_a_year_from_elsewhere(self, text: str, year: int | None) -> None:
        assert anchor(text) == Anchor(None, year)


@given(st.text(max_size=300))
def test_any_text_at_all_has_a_head(text: str) -> None:
    for made in (plain_page(text), page(text)):
        found = outline_of(made)
        anchor_of(found, head_of(found, REGIONS))


PIECES = st.sampled_from(
    ["青川市知识产权局", "文件", "关于", "开展2024年", "品牌", "的通知", "（", "）", "〔2024〕",
     "3号", "青知发", "第", "：", "\n", "《", "》", "2024年3月5日", "印发", "二〇二三年四月",
     "各区县", "。", " ", "一、", "附件"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_span_lies_in_the_text(text: str) -> None:
    found = head(text)
    for span in found.spans.values():
        assert 0 <= span.start < span.end <= len(text)
