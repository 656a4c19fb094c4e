"""Files of notices, uploaded: each is read apart, and what could be read becomes one draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.console import browser
from bot.console.drafts.adding import add_to_draft
from bot.console.importing.apart import CannotRead, read_apart
from bot.console.importing.imported import Imported
from bot.console.rooms import LARGEST
from bot.console.visit import Answer, Elsewhere, Page, Upload, Visit
from knowledge.importer.reading import SUFFIXES
from storage import drafts, readings
from storage.connection import AsyncConnection

MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Failed:
    name: str
    why: str


async def import_page(visit: Visit) -> Answer:
    return await _shown(visit)


async def upload(visit: Visit) -> Answer:
    if not visit.uploads:
        return await _shown(visit, [Failed("", "还没有选文件")], status=400)
    if len(visit.uploads) > MOST_FILES:
        return await _shown(visit, [Failed("", f"一次最多{MOST_FILES}个文件")], status=400)
    read, failed = await _read_all(visit)
    if not read:
        return await _shown(visit, failed, status=400)
    async with visit.transaction() as conn:
        number = await _stored(visit, conn, read)
    if failed:
        return await _shown(visit, failed, number, read)
    return Elsewhere(_path(number, read[0].id if len(read) == 1 else ""))


async def imported(visit: Visit) -> Answer:
    """The notices of one draft that were uploaded; where it is one, that one."""
    async with visit.transaction() as conn:
        draft = await drafts.find(conn, visit.number)
        counts = await readings.waiting(conn)
    found = [
        (name.removesuffix(".yaml"), *n) for (of, name), n in counts.items() if of == visit.number
    ]
    if draft is None or not found:
        return Page("problem.html", {"status": 404}, 404)
    if len(found) == 1:
        return Elsewhere(_path(visit.number, found[0][0]))
    return Page("import-draft.html", {"draft": draft, "found": sorted(found)})


async def _read_all(visit: Visit) -> tuple[list[Imported], list[Failed]]:
    read: list[Imported] = []
    failed: list[Failed] = []
    for one in visit.uploads:
        try:
            read.append(_fitting(await read_apart(one), read, visit))
        except CannotRead as why:
            failed.append(Failed(_shortened(one), str(why)))
    return read, failed


def _fitting(one: Imported, others: Sequence[Imported], visit: Visit) -> Imported:
    """Raises CannotRead where another notice has its id."""
    if any(other.id == one.id for other in others):
        raise CannotRead(f"编号{one.id}与同时上传的另一份通知相同")
    known = visit.kb.get(one.id)
    if known is not None and not visit.form.get("replace"):
        raise CannotRead(
            f"知识库里已有这份通知（{known.short}）；要重新读入，请勾选“替换已有的通知”"
        )
    return one


async def _stored(visit: Visit, conn: AsyncConnection, read: Sequence[Imported]) -> int:
    files = {f"{one.id}.yaml": one for one in read}
    more = f"等{len(read)}份" if len(read) > 1 else ""
    note = f"导入{read[0].title[:60]}{more}"
    texts = {name: one.text for name, one in files.items()}
    sources = {name: one.source for name, one in files.items()}
    number = await add_to_draft(visit, conn, texts, note, sources=sources)
    for name, one in files.items():
        await readings.add(conn, number, name, [r.as_json() for r in one.readings])
    return number


def _shortened(one: Upload) -> str:
    return one.name if len(one.name) <= 60 else f"{one.name[:40]}…{one.name[-12:]}"


def _path(number: int, id_: str) -> str:
    return f"{browser.PATH}/import/{number}" + (f"/{id_}" if id_ else "")


async def _shown(
    visit: Visit,
    failed: Sequence[Failed] = (),
    number: int | None = None,
    read: Sequence[Imported] = (),
    status: int = 200,
) -> Page:
    async with visit.transaction() as conn:
        counts = await readings.waiting(conn)
        open_ = await drafts.listing(conn)
    under_way = [
        (draft, name.removesuffix(".yaml"), total, left)
        for draft in open_
        for (of, name), (total, left) in counts.items()
        if of == draft.id
    ]
    context = {
        "failed": failed,
        "number": number,
        "read": read,
        "under_way": under_way,
        "suffixes": SUFFIXES,
        "most": LARGEST,
    }
    return Page("import.html", context, status)
