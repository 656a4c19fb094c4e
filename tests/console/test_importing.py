"""Notices are brought in by upload, looked over value by value, and put right beside their text."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO

import docx
import pytest
import yaml
from aiohttp import FormData

from bot.console import rooms
from bot.console.importing.apart import CannotRead, read_apart
from bot.console.importing.marking import Mark, pieces_of
from bot.console.visit import Upload
from storage import drafts, readings
from storage.drafts import DraftFile
from tests.console.office import Browser, Office, text_of
from tests.console.upload import TEXT

NAME = "jiangnan-2024-7"


async def uploads(browser: Browser, *files: tuple[str, bytes], **fields: str) -> str:
    """As a browser sends the form of the import page."""
    await browser.opens("/import")
    form = FormData(quote_fields=False)
    for name, value in {"proof": browser.hidden("proof"), **fields}.items():
        form.add_field(name, value)
    for name, content in files:
        form.add_field("file", BytesIO(content), filename=name)
    async with browser.client.post("/console/import", data=form) as response:
        browser.page = await response.text()
        browser.status, browser.at = response.status, response.url.path
        return text_of(browser.page)


@pytest.fixture
async def admin(office: Office) -> Browser:
    return await office.hires("赵", "admin", ("全国",))


async def imported(admin: Browser) -> str:
    return await uploads(admin, (f"{NAME}.txt", TEXT.encode()))


async def file_of(office: Office) -> DraftFile:
    async with office.db.transaction() as conn:
        [draft] = await drafts.listing(conn)
        [file] = await drafts.files(conn, draft.id)
    return file


def card_of(page: str, field: str, holding: str = "") -> dict[str, str]:
    """The fields of the first card of that name, by their names, as a browser would send them."""
    for card in re.findall(r'<details class="sheet reading.*?</details>', page, re.DOTALL):
        if f"<b>{field}</b>" in card and (not holding or f'value="{holding}"' in card):
            told = dict(re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', card))
            told |= dict(re.findall(r'<textarea [^>]*?name="([^"]+)"[^>]*>(.*?)<', card, re.DOTALL))
            for name, options in re.findall(
                r'<select [^>]*?name="([^"]+)"[^>]*>(.*?)</select', card
            ):
                chosen = re.search(r"<option([^>]*) selected>([^<]*)", options)
                value = re.search(r'value="([^"]*)"', chosen[1]) if chosen else None
                told[name] = value[1] if value else chosen[2] if chosen else ""
            return {name: html.unescape(value) for name, value in told.items()}
    raise AssertionError(f"no card {field} {holding}")


async def test_an_uploaded_notice_becomes_a_draft_beside_its_text(
    office: Office, admin: Browser
) -> None:
    page = await imported(admin)
    assert admin.at == f"/console/import/1/{NAME}"
    assert "核对：江南省知识产权局关于开展2024年专利转化活动的通知" in page
    file = await file_of(office)
    assert file.name == f"{NAME}.yaml"
    assert file.source is not None
    assert "请各市知识产权局于5月25日前" in file.source
    told = yaml.safe_load(file.text or "")
    assert told["doc_number"] == "江知发〔2024〕7号"
    assert "draft" in [row.act for row in await office.on_record()]


async def test_doubtful_values_come_first_and_each_is_highlighted_in_the_text(
    admin: Browser,
) -> None:
    await imported(admin)
    states = re.findall(r'<span class="status [^"]*">([^<]*)</span>', admin.page)
    assert "请细看" in states
    assert states == sorted(states, key=lambda state: state != "请细看")
    for target in set(re.findall(r'class="at" href="#([^"]+)"', admin.page)):
        assert f'id="{target}"' in admin.page
    source = admin.page.partition('id="source"')[2]
    due = re.search(r'id="(m\d+-due)">5月25日前</mark>', source)
    assert due
    assert f'href="#{due[1]}"' in admin.page


async def test_a_value_is_put_right_in_place_and_stays_so(office: Office, admin: Browser) -> None:
    await imported(admin)
    before = (await file_of(office)).text or ""
    card = card_of(admin.page, "截止时间", "2024-05-25")
    card |= {"due": "2024年5月28日", "who": "各市、县知识产权局", "time": "17:00", "do": "save"}
    page = await admin.sends(f"/import/1/{NAME}", **card)
    assert "已保存" in page
    file = await file_of(office)
    told = yaml.safe_load(file.text or "")
    [deadline] = [one for one in told["deadlines"] if str(one.get("due")) == "2024-05-28"]
    assert (deadline["who"], deadline["time"]) == ("各市、县知识产权局", "17:00")
    assert deadline["words"] == "5月25日前"
    assert len(set(before.splitlines()) ^ set((file.text or "").splitlines())) <= 5
    await admin.opens(f"/import/1/{NAME}")
    assert card_of(admin.page, "截止时间", "2024-05-28")["who"] == "各市、县知识产权局"
    async with office.db.transaction() as conn:
        stored = await readings.listing(conn, 1, f"{NAME}.yaml")
    assert [one.state for one in stored].count("looked") == 1


async def test_a_value_of_the_head_and_a_list_are_put_right(office: Office, admin: Browser) -> None:
    await imported(admin)
    card = {**card_of(admin.page, "发文日期"), "issued": "2024/5/7"}
    await admin.sends(f"/import/1/{NAME}", do="save", **card)
    card = {**card_of(admin.page, "联系方式"), "phones": "0591-1\r\n0591-2\r\n", "emails": "a@b.cn"}
    await admin.sends(f"/import/1/{NAME}", do="save", **card)
    told = yaml.safe_load((await file_of(office)).text or "")
    assert str(told["issued"]) == "2024-05-07"
    assert told["contacts"][0]["phones"] == ["0591-1", "0591-2"]
    assert told["contacts"][0]["emails"] == ["a@b.cn"]


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("due", "2024-13-01", "“2024-13-01”不是日期"),
        ("due", "", "精度（precision）选“没有写日期”"),
        ("what", "", "缺这一项"),
        ("time", "下班前", "“下班前”的写法不对"),
    ],
)
async def test_what_is_typed_wrongly_is_told_at_its_field_and_kept(
    office: Office, admin: Browser, field: str, typed: str, told: str
) -> None:
    await imported(admin)
    before = await file_of(office)
    card = card_of(admin.page, "截止时间", "2024-05-25")
    card |= {"who": "“某”<b>局", field: typed}
    page = await admin.sends(f"/import/1/{NAME}", do="save", **card)
    assert admin.status == 400
    assert told in page
    kept = card_of(admin.page, "截止时间", html.escape("“某”<b>局"))
    assert (kept[field], kept["who"]) == (typed, "“某”<b>局")
    assert await file_of(office) == before


async def test_what_the_text_does_not_say_is_taken_out(office: Office, admin: Browser) -> None:
    await imported(admin)
    before = yaml.safe_load((await file_of(office)).text or "")["deadlines"]
    assert len(before) == 2
    card = card_of(admin.page, "截止时间", "及时")
    page = await admin.sends(f"/import/1/{NAME}", do="drop", **card)
    assert "已删去" in page
    after = yaml.safe_load((await file_of(office)).text or "")["deadlines"]
    assert after == [one for one in before if one["words"] != "及时"]
    card = {**card_of(admin.page, "截止时间", "2024-05-25"), "due": "2024-05-26"}
    await admin.sends(f"/import/1/{NAME}", do="save", **card)
    [left] = yaml.safe_load((await file_of(office)).text or "")["deadlines"]
    assert str(left["due"]) == "2024-05-26"


async def test_who_saves_second_sees_what_changed_and_overwrites_nothing(
    office: Office, admin: Browser
) -> None:
    await imported(admin)
    other = await office.hires("钱", "admin", ("全国",))
    await other.opens(f"/import/1/{NAME}")
    mine = {**card_of(admin.page, "截止时间", "2024-05-25"), "due": "2024-05-26", "do": "save"}
    theirs = {**card_of(other.page, "截止时间", "2024-05-25"), "due": "2024-05-27", "do": "save"}
    await admin.sends(f"/import/1/{NAME}", **mine)
    page = await other.sends(f"/import/1/{NAME}", **theirs)
    assert other.status == 409
    assert "有人改了这一项，您的改动没有保存" in page
    assert "日期：2024-05-27" in page
    assert "2024-05-26" in page
    assert "2024-05-26" in ((await file_of(office)).text or "")
    elsewhere = {**card_of(other.page, "发文日期"), "issued": "2024-05-07", "do": "save"}
    assert "已保存" in await other.sends(f"/import/1/{NAME}", **elsewhere)


async def test_all_that_is_sure_is_ticked_at_once(office: Office, admin: Browser) -> None:
    await imported(admin)
    doubtful = admin.page.count("请细看</span>")
    page = await admin.sends(f"/import/1/{NAME}", do="all")
    assert f"待核对 {doubtful} 项" in page
    assert f"{doubtful} 项" in await admin.opens("/import")


async def test_a_notice_that_is_there_already_is_only_replaced_when_that_is_wanted(
    office: Office, admin: Browser
) -> None:
    file = ("fujian-2023-10.txt", TEXT.encode())
    assert "知识库里已有这份通知" in await uploads(admin, file)
    assert admin.status == 400
    await uploads(admin, file, replace="yes")
    assert admin.at == "/console/import/1/fujian-2023-10"


async def test_of_several_files_those_that_can_be_read_are_and_the_others_are_told(
    admin: Browser,
) -> None:
    document = docx.Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    word = BytesIO()
    document.save(word)
    page = await uploads(
        admin,
        ("江南通知.docx", word.getvalue()),
        ("jia.txt", TEXT.encode("gb18030")),
        ("扫描.pdf", b"%PDF-1.7 broken"),
        ("表.xlsx", b"PK"),
    )
    assert "已读入2份" in page
    assert "扫描.pdf：不是有效的PDF，或文件已损坏。" in page
    assert "表.xlsx：不支持.xlsx的文件" in page
    assert "jia" in await admin.opens("/import/1")


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(6):
            packed.writestr(f"word/{number}.xml", bytes(60 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", bomb(), "不是有效的 .docx 文件"),
        ("a.docx", b"%PDF-1.4", "文件名以.docx结尾，内容却像PDF，请核对后再上传"),
        ("a.txt", bytes(range(256)) * 200, "不是文本文件"),
        ("a.html", b"<div>" * 200_000, "网页里没有正文"),
        ("a.txt", b"", "文件是空的"),
        ("../../a", b"x", "不支持没有后缀的文件，请上传.txt、.md、.html、.htm、.docx、.pdf"),
    ],
    ids=["zip bomb", "wrong suffix", "binary", "deep", "empty", "no suffix"],
)
async def test_a_hostile_file_gets_one_clear_sentence(name: str, content: bytes, told: str) -> None:
    with pytest.raises(CannotRead, match=re.escape(told)):
        await read_apart(Upload(name, content))


async def test_a_file_that_is_never_read_through_is_given_up() -> None:
    with pytest.raises(CannotRead, match="读了很久也没有读完"):
        await read_apart(Upload("a.txt", TEXT.encode()), seconds=0)


async def test_only_an_admins_upload_may_be_large_and_no_larger_than_told(
    office: Office, admin: Browser
) -> None:
    large = ("a.txt", b"a" * 200_000)
    assert "核对" in await uploads(admin, large)
    assert admin.status == 200
    await uploads(admin, ("a.txt", b"a" * (rooms.LARGEST + 100_000)))
    assert admin.status == 413
    await admin.opens("/account")
    await admin.sends("/demands/act", why="a" * 100_000)
    assert admin.status == 413
    clerk = await office.hires("王芳")
    await clerk.opens("/account")
    form = FormData({"proof": clerk.hidden("proof")})
    form.add_field("file", BytesIO(large[1]), filename="a.txt")
    async with clerk.client.post("/console/import", data=form) as response:
        assert response.status == 413


async def test_invisible_characters_of_a_text_move_no_highlight(
    office: Office, admin: Browser
) -> None:
    strange = TEXT.replace("材料报送\n", "材料\u202e报送\u200b\x00\r\n").replace("<", "&lt;")
    strange = strange.replace("报送活动进展", "<script>alert(1)</script>报送活动进展")
    await uploads(admin, (f"{NAME}.txt", strange.encode()))
    assert re.search(r'id="m\d+-due">5月25日前</mark>', admin.page)
    assert "<script>alert" not in admin.page
    assert "\u202e" not in admin.page


def test_marks_that_overlap_leave_the_text_whole() -> None:
    marks = [
        Mark(0, "a", (2, 6), False),
        Mark(1, "b", (4, 8), True),
        Mark(2, "c", (2, 3), False),
        Mark(3, "d", (9, 99), False),
    ]
    pieces = pieces_of("0123456789", marks)
    assert "".join(piece.text for piece in pieces) == "0123456789"
    assert [piece.text for piece in pieces if marks[0] in piece.within] == ["2", "3", "45"]
    assert [mark.number for piece in pieces for mark in piece.begin] == [0, 2, 1]
