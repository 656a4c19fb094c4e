"""Saved web pages: the notice comes out, the site around it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.importer.page import Page, Paragraph, ReadingError, Table
from knowledge.importer.reading import read_file

TITLE = "江南市知识产权局关于组织申报2024年专利奖的通知"
NOTICE = """
<p>各区知识产权局，各有关单位：</p>
<p style="text-indent:2em">为做好<b>申报</b>工作，推动专利转化运用，现将有关事项通知如下：</p>
<p><strong>一、申报条件</strong></p>
<p>&nbsp;&nbsp;<b>（一）主体。</b>在本市登记注册的企业，运行良好，制度健全。</p>
<p>请于5月10日前报送，逾期不予受理。</p>
<p>附件：<a href="1.docx">1.申报书.docx</a></p>
<p align="right">江南市知识产权局<br>2024年3月5日</p>
"""
READ = [
    "各区知识产权局，各有关单位：",
    "为做好申报工作，推动专利转化运用，现将有关事项通知如下：",
    "一、申报条件",
    "（一）主体。在本市登记注册的企业，运行良好，制度健全。",
    "请于5月10日前报送，逾期不予受理。",
    "附件：1.申报书.docx",
    "江南市知识产权局",
    "2024年3月5日",
]
SITE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}_江南市政府</title>
<script>var a = "，，。。";</script></head><body>
<div class="top"><a href="/">首页</a>
<ul><li><a>政务公开</a></li><li><a>办事服务</a></li></ul></div>
<div>当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; 通知公告</div>
<div><div><ul><li><a>关于召开会议的通知</a></li><li><a>关于放假的通知</a></li></ul></div>
<div><div class="bt">{TITLE}</div>
<div>发布时间：2024-03-06 10:11 　来源：市知识产权局
浏览次数：<span>88</span> [<a>大</a> <a>中</a>]</div>
<div>{{text}}</div><div><a href="2.docx">附件2：汇总表.docx</a></div></div>
<div><h3>相关阅读</h3><ul><li><a>政策解读</a></li></ul></div></div>
<div class="footer">主办单位：江南市人民政府 版权所有，未经许可，不得转载。<br>ICP备0000号</div>
</body></html>"""


def read(html: str, folder: Path, encoding: str = "utf-8") -> Page:
    path = folder / "notice.html"
    path.write_bytes(html.encode(encoding))
    return read_file(path)


def texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Paragraph)]


def cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_the_notice_comes_out_of_its_site(tmp_path: Path) -> None:
    page = read(SITE.format(text=NOTICE), tmp_path)
    assert texts(page) == [TITLE, *READ, "附件2：汇总表.docx"]
    assert page.published is not None
    assert page.published.text == "2024-03-06"
    assert page.text[slice(*page.published.span())] == "2024-03-06"


def test_bold_and_headings_are_kept(tmp_path: Path) -> None:
    page = read(f"<h1>{TITLE}</h1><h3>一、要求</h3>{NOTICE}", tmp_path)
    first, second, *rest = (block for block in page.blocks if isinstance(block, Paragraph))
    assert (first.heading, second.heading) == (1, 3)
    assert [block.bold for block in rest][:4] == [0, 0, 6, 6]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_the_declared_encoding_is_used(tmp_path: Path, declared: str) -> None:
    html = SITE.format(text=NOTICE).replace('"utf-8"', f'"{declared}"')
    assert texts(read(html, tmp_path, "gb18030"))[0] == TITLE


def test_a_wrongly_declared_encoding_is_seen_through(tmp_path: Path) -> None:
    assert texts(read(SITE.format(text=NOTICE), tmp_path, "gb18030"))[0] == TITLE


def test_title_and_date_that_stand_in_the_head_only_are_kept(tmp_path: Path) -> None:
    head = (
        f'<html><head><meta name="ArticleTitle" content="{TITLE}">'
        '<meta name="PubDate" content="2024-03-06 10:11"></head>'
    )
    page = read(f"{head}<body>{NOTICE}</body></html>", tmp_path)
    assert texts(page) == [TITLE, *READ]
    assert page.published is not None
    assert page.published.text == "2024-03-06"


def test_a_merged_cell_stands_once(tmp_path: Path) -> None:
    table = (
        "<table><tr><th rowspan=2>任务</th><th colspan=2>部门</th></tr>"
        "<tr><td>甲</td><td>乙</td></tr>"
        "<tr><td><p>一</p><p>二</p></td><td></td><td>三<br>四</td></tr></table>"
    )
    page = read(NOTICE + table, tmp_path)
    (found,) = (block for block in page.blocks if isinstance(block, Table))
    assert cells(found) == [["任务", "部门", ""], ["", "甲", "乙"], ["一\n二", "", "三\n四"]]


def test_a_table_that_sets_out_the_page_is_no_table(tmp_path: Path) -> None:
    page = read(
        "<table><tr><td><a>首页</a></td><td><a>新闻</a></td></tr>"
        f"<tr><td colspan=2><h1>{TITLE}</h1><table><tr><td>{NOTICE * 3}</td></tr></table></td></tr>"
        "</table>",
        tmp_path,
    )
    assert texts(page) == [TITLE, *READ * 3]


def test_the_metadata_over_a_document_stays(tmp_path: Path) -> None:
    table = (
        "<table><tr><td>索引号：</td><td>0001</td><td>发文机关：</td><td>江南市知识产权局</td></tr>"
        "<tr><td>文号：</td><td>江知〔2024〕5号</td><td>发布日期：</td><td>2024年3月6日</td></tr></table>"
    )
    page = read(f"<body>{table}<div><h1>{TITLE}</h1>{NOTICE}</div></body>", tmp_path)
    (found,) = (block for block in page.blocks if isinstance(block, Table))
    assert cells(found)[1][:2] == ["文号：", "江知〔2024〕5号"]
    assert page.published is not None
    assert page.published.text == "2024年3月6日"


def test_numbers_of_ordered_lists_are_written_out(tmp_path: Path) -> None:
    page = read(
        NOTICE + "<ol><li>申报书</li><li>汇总表</li></ol><ul><li>承诺书</li></ul>", tmp_path
    )
    assert texts(page)[-3:] == ["1. 申报书", "2. 汇总表", "承诺书"]


def test_hidden_text_and_scripts_are_not_read(tmp_path: Path) -> None:
    hidden = (
        "<div style='display:none'>甲。</div><script>乙。</script><!--丙。--><p hidden>丁。</p>"
    )
    assert texts(read(NOTICE + hidden, tmp_path)) == READ


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("<html><frameset><frame src='a.html'></frameset></html>", "框架"),
        ("<html><body><iframe src='a.html'></iframe></body></html>", "框架"),
        ("<html><body><script>a()</script></body></html>", "没有正文"),
        (" ", "没有正文"),
    ],
)
def test_a_page_without_text_says_so(tmp_path: Path, html: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=f"notice.html: .*{reason}"):
        read(html, tmp_path)
