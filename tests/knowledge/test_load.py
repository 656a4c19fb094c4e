"""Directories of files become one snapshot, or one list of all that is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.load import (
    File,
    KnowledgeError,
    file_of,
    files_of,
    load_knowledge,
    load_with_sources,
    shipped_dir,
)
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import FILE, NOTICE, lay, renamed


def problems(*dirs: Path) -> tuple[str, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(*dirs)
    return caught.value.problems


def place(text: str, needle: str) -> str:
    """`line:column` where the needle stands, counted from 1 as editors do."""
    start = text.index(needle)
    before = text[:start]
    return f"{before.count(chr(10)) + 1}:{start - before.rfind(chr(10))}"


def broken(old: str, new: str) -> str:
    assert old in NOTICE
    return NOTICE.replace(old, new, 1)


def test_a_sound_notice_is_loaded(tmp_path: Path) -> None:
    kb = load_knowledge(lay(tmp_path))
    assert [notice.id for notice in kb.notices] == ["demo-2030-1"]
    assert kb.notice("demo-2030-1").deadlines[0].what == "报送实施计划"


@pytest.mark.parametrize(
    ("old", "new", "at", "told"),
    [
        ("2030-05-20", "2030-13-01", "2030-13-01", 'deadlines[0].due: "2030-13-01" is not a date'),
        ("2030-05-20", "2030-02-30", "2030-02-30", 'deadlines[0].due: "2030-02-30" is not a date'),
        ("2030-05-20", "五月二十日", "五月二十日", 'deadlines[0].due: "五月二十日" is not a date'),
        ("2030-05-20", "20300520", "20300520", 'deadlines[0].due: "20300520" is not a date'),
        ("who: 各市", "whom: 各市", "各市\n    due", "deadlines[0].whom: no such field here"),
        ("year: 2030\n", "yaer: 2030\n", "2030\nclauses", "yaer: no such field here"),
        (
            "    words: 5月20日前\n",
            "",
            "clause: 二（一）\n    what",
            "deadlines[0].words: is missing",
        ),
        ("short: 2030年惠企通知\n", "", "id:", "short: is missing"),
        ("kind: 通知", "kind: 通知\nkind: 方案", "通知\nkind: 方", "kind: this key is named twice"),
        ('["0591-12345678"]', "[12345678]", "12345678]", "contacts[0].phones[0]: "),
        ("short: 2030年惠企通知", "short: 2030", "2030\nkind", "short: "),
        ("end: 2030-06-30", "end: 2030-03-31", "clause: 一\n    what", "periods[0]: "),
        ("kind: 通知", "kind: 通缉令", "通缉令", "kind: "),
        ("    due: 2030-05-20\n", "", "clause: 二（一）\n    what", "deadlines[0]: "),
    ],
)
def test_each_mistake_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, at: str, told: str
) -> None:
    text = broken(old, new)
    (found,) = problems(lay(tmp_path, text))
    assert found.startswith(f"{tmp_path / FILE}:{place(text, at)}: {told}")


def test_text_written_as_a_number_is_told_how_to_mend(tmp_path: Path) -> None:
    (found,) = problems(lay(tmp_path, broken('["0591-12345678"]', "[12345678]")))
    assert found.endswith('"12345678" must be text: put it in quotes')


def test_a_period_that_ends_before_it_starts_names_both_days(tmp_path: Path) -> None:
    (found,) = problems(lay(tmp_path, broken("end: 2030-06-30", "end: 2030-03-31")))
    assert "2030-04-01" in found
    assert "2030-03-31" in found


def test_an_event_has_no_day(tmp_path: Path) -> None:
    text = broken("    due: 2030-05-20\n", "    due: 2030-05-20\n    precision: event\n")
    (found,) = problems(lay(tmp_path, text))
    assert "deadlines[0]: " in found


def test_a_label_that_no_clause_has_is_told(tmp_path: Path) -> None:
    (found,) = problems(lay(tmp_path, broken("- clause: 二（一）", "- clause: 三（一）")))
    assert "deadlines[0].clause: " in found
    assert "三（一）" in found


def test_a_label_that_no_clause_has_is_told_at_its_place(tmp_path: Path) -> None:
    text = broken("- clause: 二（一）", "- clause: 三（一）")
    (found,) = problems(lay(tmp_path, text))
    assert found.startswith(f"{tmp_path / FILE}:{place(text, '三（一）')}: ")


def test_every_label_that_no_clause_has_is_told(tmp_path: Path) -> None:
    text = broken("- clause: 二（一）", "- clause: 三（一）").replace(
        "- clause: 一", "- clause: 四"
    )
    assert len(problems(lay(tmp_path, text))) == 2


def test_a_clause_label_named_twice_is_told(tmp_path: Path) -> None:
    (found,) = problems(
        lay(tmp_path, broken("label: 二（一）", "label: 一").replace("二（一）", "一"))
    )
    assert "named twice: 一" in found


def test_a_label_that_is_none_is_told_at_its_place(tmp_path: Path) -> None:
    text = broken("label: 一\n", "label: 壹条\n")
    assert any(
        found.startswith(f"{tmp_path / FILE}:{place(text, '壹条')}: clauses[0].label: ")
        for found in problems(lay(tmp_path, text))
    )


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    (found,) = problems(lay(tmp_path, NOTICE, "other.yaml"))
    assert found == f'{tmp_path / "other.yaml"}:1:5: id: "demo-2030-1" is not the name of the file'


def test_a_notice_is_superseded_by_one_that_is_there(tmp_path: Path) -> None:
    text = renamed("demo-2030-1", superseded_by="gone-2031-1")
    (found,) = problems(lay(tmp_path, text))
    at = place(text, "gone-2031-1")
    assert found == f'{tmp_path / FILE}:{at}: superseded_by: no notice "gone-2031-1"'


def test_a_superseding_notice_may_lie_in_another_directory(tmp_path: Path) -> None:
    below = lay(tmp_path / "shipped", renamed("demo-2030-1", superseded_by="demo-2031-1"))
    above = lay(tmp_path / "own", renamed("demo-2031-1"), "demo-2031-1.yaml")
    assert len(load_knowledge(below, above).notices) == 2


def test_broken_yaml_and_other_bytes_are_told_with_the_rest(tmp_path: Path) -> None:
    lay(tmp_path, NOTICE + "  - [\n", "torn.yaml")
    (tmp_path / "gbk.yaml").write_bytes(NOTICE.encode("gbk"))
    lay(tmp_path, broken("2030-05-20", "2030-13-01").replace("who:", "whom:"))
    lay(tmp_path, "synonyms:\n  甲: 乙\n", "lexicon.yaml")
    lay(tmp_path, "golden:\n  - q: 你好\n    kind: maybe\n", "golden.yaml")
    found = problems(tmp_path)
    assert {Path(problem.split(":", 1)[0]).name for problem in found} == {
        "torn.yaml", "gbk.yaml", FILE, "lexicon.yaml", "golden.yaml",
    }  # fmt: skip
    assert sum(FILE in problem for problem in found) == 2


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "lexicon.yaml",
            'talk:\n  greet: {patterns: ["(a"]}\n',
            '"(a" is not a regular expression',
        ),
        ("lexicon.yaml", "synonyms:\n  甲: [丙]\n  乙: [丙]\n", '"丙" stands for both 甲 and 乙'),
        ("lexicon.yaml", "aspects:\n  colour: {words: [红]}\n", "colour"),
        ("lexicon.yaml", "talk:\n  greet: [你好]\n", "talk.greet"),
        ("regions.yaml", "regions:\n  - {name: 福建省, citys: []}\n", "regions[0].citys: no such"),
        ("golden.yaml", "golden:\n  - {q: 你好, today: 明天}\n", 'golden[0].today: "明天" is not'),
    ],
)
def test_the_single_files_are_checked_as_well(
    tmp_path: Path, name: str, text: str, told: str
) -> None:
    lay(tmp_path)
    (found,) = problems(lay(tmp_path, text, name))
    assert found.startswith(f"{tmp_path / name}:")
    assert told in found


def test_an_own_lexicon_is_never_taken_on_trust(tmp_path: Path) -> None:
    lay(tmp_path)
    lay(tmp_path, 'talk:\n  greet: {patterns: ["(a"]}\n', "lexicon.yaml")
    with pytest.raises(KnowledgeError, match="is not a regular expression"):
        load_knowledge(shipped_dir(), tmp_path, golden=False)


def test_a_notice_is_replaced_by_one_of_the_same_file_name(tmp_path: Path) -> None:
    below = lay(tmp_path / "shipped")
    lay(below, renamed("demo-2029-1", year="2029"), "demo-2029-1.yaml")
    above = lay(tmp_path / "own", NOTICE.replace("惠企通知", "惠企通知修订"))
    kb = load_knowledge(below, above)
    assert [notice.short for notice in kb.notices] == ["2030年惠企通知修订", "2030年惠企通知"]


def test_a_broken_notice_that_is_replaced_does_no_harm(tmp_path: Path) -> None:
    below = lay(tmp_path / "shipped", "nonsense")
    assert load_knowledge(below, lay(tmp_path / "own")).notices


def test_notices_may_lie_in_a_folder_of_their_own(tmp_path: Path) -> None:
    lay(tmp_path / "notices")
    lay(tmp_path, "golden:\n  - {q: 你好, kind: smalltalk}\n", "golden.yaml")
    kb = load_knowledge(tmp_path)
    assert len(kb.notices) == 1
    assert [len(asked) for asked in kb.golden.values()] == [1]


QUESTION = "golden:\n  - {q: 你好, kind: smalltalk}\n"


def asked(kb: KnowledgeBase) -> dict[str, int]:
    """How many questions each file holds."""
    return {file: len(golden) for file, golden in kb.golden.items()}


def test_golden_questions_lie_in_a_folder_and_over_each_other_by_name(tmp_path: Path) -> None:
    below, above = lay(tmp_path / "shipped"), tmp_path / "own"
    lay(below / "golden", QUESTION, "one.yaml")
    lay(below / "golden", QUESTION, "two.yaml")
    lay(above / "golden", QUESTION + "  - {q: 再见, kind: smalltalk}\n", "two.yaml")
    assert asked(load_knowledge(below, above)) == {"golden/one.yaml": 1, "golden/two.yaml": 2}


def test_a_bureaus_golden_yaml_stands_for_the_shipped_questions_of_no_notice(
    tmp_path: Path,
) -> None:
    below = lay(tmp_path / "shipped")
    lay(below / "golden", QUESTION, "elsewhere.yaml")
    lay(below / "golden", QUESTION, "more.yaml")
    above = lay(tmp_path / "own", "golden: []\n", "golden.yaml")
    assert asked(load_knowledge(below, above)) == {"golden.yaml": 0, "golden/more.yaml": 1}


def test_one_name_for_two_files_of_questions_is_told(tmp_path: Path) -> None:
    lay(lay(tmp_path), QUESTION, "golden.yaml")
    lay(tmp_path / "golden", QUESTION, "elsewhere.yaml")
    (found,) = problems(tmp_path)
    assert found.startswith(f"{tmp_path / 'golden.yaml'}: golden/elsewhere.yaml is the same")


def test_a_directory_of_any_name_may_hold_the_notices(tmp_path: Path) -> None:
    assert asked(load_knowledge(lay(tmp_path / "golden"))) == {}
    assert len(load_knowledge(lay(tmp_path / "golden")).notices) == 1


def test_who_only_answers_does_not_even_read_the_questions(tmp_path: Path) -> None:
    lay(tmp_path / "golden", "nonsense", "more.yaml")
    assert problems(lay(tmp_path))
    kb = load_knowledge(tmp_path, golden=False)
    assert asked(kb) == {}
    (tmp_path / "golden" / "more.yaml").write_text(QUESTION, encoding="utf-8")
    assert load_knowledge(tmp_path).version == kb.version


def test_files_at_hand_keep_their_folder(tmp_path: Path) -> None:
    lay(lay(tmp_path) / "golden", QUESTION, "more.yaml")
    kept = [file_of(file.name, file.text) for file in files_of(tmp_path)]
    assert [file.name for file in kept] == [FILE, "golden/more.yaml"]
    assert asked(load_knowledge(kept)) == {"golden/more.yaml": 1}


def test_an_empty_directory_over_the_shipped_one_changes_nothing(tmp_path: Path) -> None:
    assert load_knowledge(shipped_dir(), tmp_path).version == load_knowledge(shipped_dir()).version


def test_an_empty_directory_alone_has_no_notices(tmp_path: Path) -> None:
    assert problems(tmp_path) == (f"{tmp_path}: no notices here",)


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    assert problems(lay(tmp_path / "own"), gone) == (f"{gone}: no such directory",)


def test_a_file_that_lies_there_twice_is_told(tmp_path: Path) -> None:
    lay(lay(tmp_path) / "notices")
    assert problems(tmp_path) == (f"{tmp_path / FILE}: there is another one in notices/",)


def test_files_at_hand_are_laid_over_a_directory(tmp_path: Path) -> None:
    below = lay(tmp_path / "shipped")
    edited = File(Path(FILE), NOTICE.replace("惠企通知", "惠企通知修订"))
    kb = load_knowledge(below, [edited])
    assert [notice.short for notice in kb.notices] == ["2030年惠企通知修订"]


def test_a_mistake_in_a_file_at_hand_is_told_at_its_place() -> None:
    text = broken("2030-05-20", "2030-13-01")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge([File(Path(FILE), text)])
    assert str(caught.value).startswith(f"{FILE}:{place(text, '2030-13-01')}: deadlines[0].due: ")


def test_a_directorys_files_at_hand_are_what_the_directory_is(tmp_path: Path) -> None:
    own = lay(lay(tmp_path) / "notices", renamed("demo-2031-1"), "demo-2031-1.yaml").parent
    files = files_of(own)
    assert [file.name for file in files] == [FILE, "demo-2031-1.yaml"]
    assert load_knowledge(files).version == load_knowledge(own).version


def test_a_place_can_be_told_of_what_was_loaded(tmp_path: Path) -> None:
    loaded = load_with_sources(lay(tmp_path))
    at = place(NOTICE, "2030-05-20")
    assert loaded.problem(FILE, ("deadlines", 0, "due"), "odd") == (
        f"{tmp_path / FILE}:{at}: deadlines[0].due: odd"
    )


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    file = lay(tmp_path) / FILE
    assert f"{file}: no such directory" in problems(file)


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    one = load_knowledge(lay(tmp_path / "one")).version
    same = load_knowledge(lay(tmp_path / "two")).version
    other = load_knowledge(lay(tmp_path / "three", NOTICE + "# 改过\n")).version
    assert one == same != other


def test_the_shipped_five_are_there_newest_first() -> None:
    ids = [notice.id for notice in load_knowledge(shipped_dir()).notices]
    assert set(ids) >= {
        "cnipa-2021-51", "fujian-2023-10", "cnipa-2021-3", "cnipa-2024-22", "cnipa-2024-tasks",
    }  # fmt: skip
    years = [int(notice_id.split("-")[1]) for notice_id in ids]
    assert years == sorted(years, reverse=True)
