"""Every fact of the shipped notices stands in the official texts, and our words are our own."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from knowledge.load import load_knowledge, shipped_dir
from knowledge.model import Deadline, Notice, Period
from knowledge.snapshot import KnowledgeBase

TEXTS = Path(__file__).parents[2].parent / "shared" / "notices"
TASKS = {"cnipa-2021-3": 22, "cnipa-2024-tasks": 23}
NUMERAL = "[一二三四五六七八九十]+"
LONGEST_RUN = 24
"""Characters in a row that a summary may share with the text. Names in 《》 and “” are free, and an
enumeration is as many names as it has members."""


@cache
def knowledge() -> KnowledgeBase:
    return load_knowledge(shipped_dir())


@pytest.fixture(params=sorted(p.stem for p in (shipped_dir() / "notices").glob("*.yaml")))
def notice(request: pytest.FixtureRequest) -> Notice:
    return knowledge().notice(request.param)


@pytest.fixture
def raw(notice: Notice) -> str:
    path = TEXTS / f"{notice.id}.txt"
    if not path.exists():
        pytest.skip(f"the official text {path.name} is not beside the repository")
    return path.read_text(encoding="utf-8").split("相关链接")[0]


@pytest.fixture
def text(raw: str) -> str:
    return plain(raw)


def plain(words: str) -> str:
    """Without blanks, tags and markdown, in one width, with one kind of dash."""
    words = unicodedata.normalize("NFKC", re.sub(r"</?[a-z]+>", "", words))
    return re.sub(r"[—–―]+", "-", re.sub(r"[\s*#|]", "", words))


def missing(words: Iterator[str], text: str) -> list[str]:
    return [word for word in words if plain(word) not in text]


def figures(words: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", unicodedata.normalize("NFKC", words)))


def strings(value: object) -> Iterator[str]:
    """All texts inside a dumped model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


# Names


def test_title_and_number_stand_in_the_text(notice: Notice, text: str) -> None:
    assert not missing((w for w in (notice.title, notice.doc_number) if w), text)


def test_cited_documents_stand_in_the_text(notice: Notice, text: str) -> None:
    words = (w for cited in notice.cites for w in (cited.title, cited.doc_number) if w)
    assert not missing(words, text)


def test_the_day_of_issue_stands_in_the_text(notice: Notice, text: str) -> None:
    if notice.issued:
        day = f"{notice.issued.year}年{notice.issued.month}月{notice.issued.day}日"
        assert day in text
    if notice.year:
        assert str(notice.year) in text


def test_contacts_stand_in_the_text(notice: Notice, text: str) -> None:
    for contact in notice.contacts:
        assert not missing(iter(contact.names + contact.phones + contact.emails), text)


def test_every_phone_of_the_text_is_a_contact(notice: Notice, raw: str) -> None:
    told = "".join(phone for contact in notice.contacts for phone in contact.phones)
    assert not [number for number in re.findall(r"\b\d{8}\b", raw) if number not in told]


def test_departments_stand_in_the_text(notice: Notice, text: str) -> None:
    named = [d for clause in notice.clauses for d in clause.departments]
    named += [d for task in notice.tasks for d in task.departments]
    assert not missing((d.removeprefix("专利局") for d in named), text)


def test_forms_stand_in_the_text(notice: Notice, text: str) -> None:
    for form in notice.attachments:
        assert not missing(iter([form.title, *form.basics, *form.rows]), text)
        assert not missing(iter(form.columns or ()), text)


def test_addressees_stand_in_the_text(notice: Notice, text: str) -> None:
    names = (name for words in notice.addressees for name in words.split("、"))
    assert not missing(names, text)


# Clauses and tasks


def numbered_clauses(raw: str) -> list[str]:
    """Labels of the sections and items that are printed before the attachments."""
    body = re.split(r"(?m)^[#* ]*附件 ?1?\s*$", raw)[0]
    labels: list[str] = []
    section = ""
    for line in body.splitlines():
        line = line.strip("#* ")
        if found := re.match(rf"({NUMERAL})、", line):
            section = found[1]
            labels.append(section)
        elif found := re.match(rf"[（(] ?({NUMERAL}) ?[)）]", line):
            labels.append(f"{section}（{found[1]}）")
    return labels


def test_every_numbered_clause_is_there_in_order(notice: Notice, raw: str) -> None:
    ours = [c.label for c in notice.clauses if re.match(rf"{NUMERAL}(?:（|$)", c.label)]
    printed = numbered_clauses(raw)
    assert set(printed) <= set(ours)
    assert [label for label in ours if label in printed] == printed


def test_headings_stand_in_the_text(notice: Notice, text: str) -> None:
    numbered = (c for c in notice.clauses if re.match(rf"{NUMERAL}(?:（|$)", c.label))
    assert not missing((clause.heading for clause in numbered), text)


def test_all_tasks_are_there_in_order(notice: Notice, text: str) -> None:
    assert [task.no for task in notice.tasks] == list(range(1, TASKS.get(notice.id, 0) + 1))
    at = -1
    for task in notice.tasks:
        assert task.clause == f"附件 任务{task.no}"
        at = text.find(plain(f"{task.no}.{task.title}"), at + 1)
        assert at >= 0, f"{task.no}. {task.title}"
        assert text.rfind(plain(task.section), 0, at) >= 0, task.section


def test_departments_of_a_task_are_those_of_its_row(notice: Notice, raw: str) -> None:
    cells = re.findall(r"局内：([^\s<|]+)", raw)
    cells = cells or re.findall(r"\t([^\t\n]+)\t年(?:底前|内有)", raw)
    printed = [departments(re.split("[、,]", plain(cell))) for cell in cells]
    assert [departments(task.departments) for task in notice.tasks] == printed


def departments(names: Iterable[str]) -> set[str]:
    return {name.removeprefix("专利局") for name in names}


def test_scopes_stand_beside_their_task(notice: Notice, text: str) -> None:
    for task, part in task_parts(notice, text):
        for scope in notice.tasks[task].scopes:
            assert plain(scope.level) in part
            assert plain(scope.who) in part, f"任务{task + 1}: {scope.who}"
            assert scope.duty in part
        assert part.count("必做") + part.count("选做") == len(notice.tasks[task].scopes)


def task_parts(notice: Notice, text: str) -> list[tuple[int, str]]:
    """Index of each task with the text from its title to the next one's."""
    starts = [text.find(plain(f"{task.no}.{task.title}")) for task in notice.tasks]
    ends = [*starts[1:], len(text)]
    return [(i, text[start:end]) for i, (start, end) in enumerate(zip(starts, ends, strict=False))]


# Dates and figures


def test_words_of_dates_stand_in_the_text(notice: Notice, text: str) -> None:
    assert not missing((fact.words for fact in dated(notice)), text)


def test_completion_stands_beside_its_task(notice: Notice, text: str) -> None:
    for task, part in task_parts(notice, text):
        completion = notice.tasks[task].completion
        assert completion is None or plain(completion.words) in part, f"任务{task + 1}"


def test_every_date_of_the_text_is_known(notice: Notice, text: str) -> None:
    said = set(re.findall(r"(\d+)月(\d+)日", text))
    known = {(str(d.month), str(d.day)) for d in dates_of(notice)}
    assert said <= known


def dated(notice: Notice) -> list[Deadline | Period]:
    return [*notice.deadlines, *notice.periods]


def dates_of(notice: Notice) -> Iterator[date]:
    if notice.issued:
        yield notice.issued
    for deadline in notice.deadlines:
        if deadline.due:
            yield deadline.due
    for period in notice.periods:
        yield from (d for d in (period.start, period.end) if d)


def test_deadlines_agree_with_their_words(notice: Notice) -> None:
    for deadline in notice.deadlines:
        told = days_in(deadline.words, notice)
        assert (deadline.due in told) if deadline.due else not told, deadline.words


def test_periods_agree_with_their_words(notice: Notice) -> None:
    for period in notice.periods:
        told = days_in(period.words, notice)
        given = [d for d in (period.start, period.end) if d]
        assert bool(told) == bool(given), period.words
        if "至" in period.words:
            assert given == told[:2], period.words
        else:
            assert set(told) & set(given) or not told, period.words


def test_a_year_is_inferred_where_the_words_leave_it_out(notice: Notice) -> None:
    for fact in dated(notice):
        if days_in(fact.words, notice):
            assert fact.inferred == (not re.search(r"20\d\d年", fact.words)), fact.words


def days_in(words: str, notice: Notice) -> list[date]:
    """The days that the words name; an end of a month is its last day, a beginning its first."""
    words = plain(words)
    found: list[date] = []
    for match in re.finditer(r"(?:(20\d\d)年)?(\d+)月(?:(\d+)日|(底)|(初))", words):
        year, month = int(match[1] or notice.year or 0), int(match[2])
        last = monthrange(year, month)[1]
        found.append(date(year, month, int(match[3]) if match[3] else last if match[4] else 1))
    if re.search(r"年底|年内", words):
        found.append(date(notice.year or 0, 12, 31))
    return found


def test_every_figure_stands_in_the_text(notice: Notice, raw: str) -> None:
    told = notice.model_dump(exclude={"golden", "aliases", "id", "form", "short"})
    extra = figures(" ".join(strings(told))) - figures(raw)
    assert not extra


def test_targets_stand_in_the_text(notice: Notice, text: str) -> None:
    for target in notice.targets:
        for value in re.findall(r"\d+(?:\.\d+)?[^\d至、,，]{0,2}", target.value):
            assert plain(value) in text, target.value


# Our own words


def test_no_summary_copies_the_notice(notice: Notice, text: str) -> None:
    names = official_names(notice)
    copied = [run for words in own_words(notice) for run in shared_runs(words, names, text)]
    assert not copied


def own_words(notice: Notice) -> Iterator[str]:
    yield from (clause.body for clause in notice.clauses)
    yield from (action.summary for task in notice.tasks for action in task.actions)
    yield from (entry.answer for entry in notice.faq)


def official_names(notice: Notice) -> re.Pattern[str]:
    """What cannot be said in other words: titles, headings, addressees, quoted names."""
    names = [notice.title, *notice.addressees, *(cited.title for cited in notice.cites)]
    names += [clause.heading for clause in notice.clauses]
    names += [name for task in notice.tasks for name in (task.title, task.section)]
    listed = sorted((re.escape(plain(name)) for name in names), key=len, reverse=True)
    return re.compile("|".join(["《[^》]*》", "“[^”]*”", "、", *listed]))


def shared_runs(words: str, names: re.Pattern[str], text: str) -> list[str]:
    """For each piece of `words` between names, the first run too long to share with `text`."""
    size = LONGEST_RUN + 1
    runs: list[str] = []
    for piece in names.split(plain(words)):
        windows = (piece[i : i + size] for i in range(len(piece) - size + 1))
        runs.append(next((w for w in windows if w in text), ""))
    return [run for run in runs if run]
