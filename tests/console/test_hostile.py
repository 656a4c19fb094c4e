"""Hostile words in every field of every form: inert, whole, and never a fault of ours.

The forms are found on the pages themselves, so that a new page is tried as it comes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
from lxml import html as parser

from bot.console.guard import Route
from bot.console.routes import ROUTES
from bot.console.visit import LONGEST, LONGEST_FILE
from storage.keys import storable
from tests.bot.counter.office import ask_question, file_demand
from tests.console.office import Browser, Office
from tests.console.test_who_may import address

WORDS: Mapping[str, str] = {
    "a script": "<script>alert(1)</script><img src=x onerror=alert(2)>脚本",
    "a way out": "'\"></textarea></title><svg onload=alert(3)><a href='javascript:alert(4)'>出去",
    "a template": "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}模板",
    "a formula": '=HYPERLINK("http://evil.example","公式")',
    "two directions": "厦门\u202e一诺\u2066公司\u2069\u200b有\u200d限\ufeff",
    "emoji": "🏭👩\u200d🔧🀄👨\u200d👩\u200d👧数字𠮷野家❤\ufe0f",
    "what no database holds": "空\x00字节\x1b[31m，行\u2028尾",
}
ALL = " ".join(WORDS.values())
_TYPED = {"text", "search", "date", "number", "time", "email", "tel", "url", None}
_UNSEEN = re.compile("[\x00\x1b\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_TORN = re.compile("(?<![\U0001f300-\U0001faff\ufe0f])\u200d|\u200d(?![\U0001f300-\U0001faff])")
"""What joins emoji is in its place between two of them."""
MEGABYTE = "长" * 350_000


@dataclass(frozen=True)
class Form:
    """As it stands on a page: where it goes, what is in it, what somebody may type into."""

    method: str
    path: str
    values: tuple[tuple[str, str], ...]
    typed: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same for the same form about something else."""
        chosen = [(name, value) for name, value in self.values if name in ("step", "do")]
        return re.sub(r"\d+", "1", f"{self.method} {self.path} {self.typed} {chosen}")

    def filled(self, text: str) -> dict[str, list[str]]:
        """Everything that one may type into holds the text."""
        sent: dict[str, list[str]] = {}
        for name, value in self.values:
            sent.setdefault(name, []).append(text if name in self.typed else value)
        return sent


def forms_of(page: str) -> Iterator[Form]:
    for form in parser.document_fromstring(page).forms:  # type: ignore[attr-defined]
        path = (form.action or "").removeprefix("/console")
        values = list(_values(form))
        typed = [name for name, _ in values if any(map(_is_typed, _fields(form, name)))]
        buttons = [b for b in form.iter("button") if b.get("name")]
        for button in buttons or [None]:
            pressed = (
                [(button.get("name"), button.get("value") or "")] if button is not None else []
            )
            yield Form(form.method, path, (*values, *pressed), tuple(typed))


def _fields(form: parser.FormElement, name: str) -> list[parser.HtmlElement]:
    return [field for field in form.iter("input", "textarea") if field.get("name") == name]


def _is_typed(field: parser.HtmlElement) -> bool:
    return field.tag == "textarea" or field.get("type") in _TYPED


def _values(form: parser.FormElement) -> Iterator[tuple[str, str]]:
    """One box of each name is ticked, and of each list the last is chosen."""
    ticked = set()
    for field in form.iter("input", "textarea", "select"):
        name, kind = field.get("name"), field.get("type")
        if name is None or kind in ("file", "submit"):
            continue
        if kind in ("checkbox", "radio"):
            if name not in ticked:
                yield name, field.get("value") or "on"
            ticked.add(name)
        elif field.tag == "select":
            options = [one.get("value", one.text or "") for one in field.iter("option")]
            yield name, options[-1] if options else ""
        else:
            yield name, (field.text if field.tag == "textarea" else field.get("value")) or ""


async def _sends(browser: Browser, form: Form, text: str) -> None:
    fields = form.filled(text)
    if form.method == "POST":
        await browser.sends(form.path, **fields)
    else:
        pairs = [(name, value) for name, values in fields.items() for value in values]
        await browser.looks_for(form.path, pairs)


def assert_inert(page: str) -> None:
    """Nothing on the page runs, leads elsewhere, looks other than it is, or hides."""
    for element in parser.fromstring(page).iter():
        assert element.tag not in ("iframe", "object", "embed", "base"), element.tag
        if element.tag in ("script", "img", "link"):
            source = str(element.get("src") or element.get("href") or "")
            assert source.startswith("/console/static/"), source
        for name, value in ((str(key), str(one)) for key, one in element.attrib.items()):
            assert not name.startswith("on"), name
            assert name != "style", value
            assert not (name in ("href", "src", "action") and "script:" in value.lower()), value
    assert not _UNSEEN.search(html.unescape(page))
    assert not _TORN.search(html.unescape(page))


def holds(page: str, text: str) -> bool:
    """Whether the whole of it is to be read, but for what nobody sees."""
    return "".join(storable(text).split()) in "".join(html.unescape(page).split())


@pytest.fixture
async def admin(office: Office) -> Browser:
    return await office.hires("管理员甲", "admin", ("全国",))


PAGES = [route for route in ROUTES if route.method == "GET"]


async def forms_to_try(office: Office, admin: Browser) -> list[tuple[str, Form]]:
    """Every form with a field to type into, and the page it stands on; each once."""
    found: dict[str, tuple[str, Form]] = {}
    for route in PAGES:
        path = await address(office, route)
        await admin.opens(path)
        if not admin.page or admin.status >= 400:
            continue
        for form in forms_of(admin.page):
            if form.typed:
                found.setdefault(form.key, (path, form))
    return list(found.values())


async def test_what_is_typed_into_any_form_is_inert(office: Office, admin: Browser) -> None:
    tried = await forms_to_try(office, admin)
    assert len(tried) > 8
    for path, form in tried:
        await admin.opens(path)
        fresh = next((one for one in forms_of(admin.page) if one.key == form.key), form)
        await _sends(admin, fresh, ALL)
        assert admin.status < 500, (path, form.path)
        if admin.page:
            assert_inert(admin.page)


async def test_no_page_is_harmed_by_what_enterprises_wrote(office: Office, admin: Browser) -> None:
    kept = storable(ALL)  # as the desk takes it
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen", company=kept, need=kept)
        asked = await ask_question(conn, "厦门市", kept)
    for route in PAGES:
        await admin.opens(await address(office, route))
        assert admin.status < 500
        if admin.page:
            assert_inert(admin.page)
    await admin.opens(f"/demands/{number}")
    assert_inert(admin.page)
    assert holds(admin.page, ALL)
    await admin.opens(f"/questions/{asked}")
    assert_inert(admin.page)


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
async def test_what_staff_write_about_a_demand_stands_there_whole(
    office: Office, admin: Browser, text: str
) -> None:
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen")
    await admin.opens(f"/demands/{number}")
    version = admin.hidden("version")
    await admin.sends(f"/demands/{number}", version=version, step="reply", why=text)
    assert admin.status == 200
    assert holds(admin.page, text)
    assert_inert(admin.page)


async def test_a_long_note_is_kept_to_the_last_character(office: Office, admin: Browser) -> None:
    text = "长" * (LONGEST - 1) + "末"
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen")
    await admin.opens(f"/demands/{number}")
    version = admin.hidden("version")
    await admin.sends(f"/demands/{number}", version=version, step="note", why=text)
    assert holds(admin.page, text)


async def test_what_is_too_long_is_not_cut_but_given_back(office: Office, admin: Browser) -> None:
    text = "<b>长</b>" * 600
    async with office.db.transaction() as conn:
        number = await file_demand(conn, "xiamen")
    await admin.opens(f"/demands/{number}")
    version = admin.hidden("version")
    said = await admin.sends(f"/demands/{number}", version=version, step="note", why=text)
    assert admin.status == 413
    assert f"最多{LONGEST}个字，您写了{len(text)}个" in said
    assert holds(admin.page, text)
    assert_inert(admin.page)
    await admin.opens(f"/demands/{number}")
    assert "长" * 3 not in admin.page
    assert "备注" not in admin.page.partition('id="history"')[2].partition("</section>")[0]


@pytest.mark.parametrize("signed_in", [True, False])
async def test_a_megabyte_is_told_to_be_too_much_at_once(
    office: Office, admin: Browser, signed_in: bool
) -> None:
    """In every form that is for words, whoever sends it; and the server has not read it."""
    browser = admin if signed_in else office.browser()
    for route in ROUTES:
        if route.method == "POST" and (route.room is None or not signed_in):
            path = await address(office, route)
            said = await browser.pours(path, b"why=" + MEGABYTE.encode())
            assert browser.status == 413, path
            assert browser.page, path
            assert "太长" in said


ROOMY = [route for route in ROUTES if route.room is not None]


@pytest.mark.parametrize("route", ROOMY, ids=lambda route: route.path)
async def test_where_a_file_may_be_typed_a_megabyte_is_given_back(
    office: Office, admin: Browser, route: Route
) -> None:
    """As a browser sends it; and what is past all room is told to be so."""
    path = await address(office, route)
    await admin.opens("/drafts")
    said = await admin.sends(path, name="demo-2030-1.yaml", text=MEGABYTE, opened="")
    assert admin.status == 413
    assert f"最多{LONGEST_FILE}个字，您写了{len(MEGABYTE)}个，没有保存" in said
    assert MEGABYTE in admin.page
    assert_inert(admin.page)
    assert route.room is not None
    said = await admin.pours(path, b"text=" + b"x" * route.room.size)
    assert admin.status == 413
    assert "太长" in said


async def test_fields_that_nobody_types_into_can_be_sent_anything(
    office: Office, admin: Browser
) -> None:
    for path, form in await forms_to_try(office, admin):
        if form.method == "GET":
            continue
        await admin.opens(path)
        office.clock.now += timedelta(seconds=1)
        fields = {name: ALL for name, _ in form.values if name != "proof"}
        await admin.sends(form.path, **fields)
        assert admin.status < 500, form.path
        if admin.page:
            assert_inert(admin.page)


async def test_addresses_hold_anything_and_do_no_harm(office: Office, admin: Browser) -> None:
    pages = [await _page(admin, path) for path in _LISTS]
    names = set(re.findall(r'name="([a-z_]+)"', "".join(pages))) | {"told", "gone", "to", "done"}
    for route in PAGES:
        path = await address(office, route)
        await admin.looks_for(
            path, [(name, ALL) for name in sorted(names | {"told", "gone", "to"})]
        )
        assert admin.status < 500, path
        if admin.page:
            assert_inert(admin.page)


_LISTS = ("/demands", "/audit", "/notices", "/questions", "/pushes")


async def _page(browser: Browser, path: str) -> str:
    await browser.opens(path)
    return browser.page
