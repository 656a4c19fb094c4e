"""Resources are files that admins keep: what is wrong in them is told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.consistency import findings
from knowledge.load import KnowledgeError, file_of, files_of, load_knowledge, shipped_dir
from knowledge.snapshot import KnowledgeBase
from tests.knowledge.small import lay

LOAN = "{id: loan, name: 示例贷, kind: product, tasks: [质押], regions: [厦门市]}"


def own(directory: Path, *lines: str, name: str = "own.yaml") -> Path:
    text = "resources:\n" + "".join(f"  - {line}\n" for line in lines)
    lay(directory / "resources", text, name)
    return directory


def loaded(*directories: Path) -> KnowledgeBase:
    return load_knowledge(shipped_dir(), *directories, golden=False)


def test_nothing_real_is_shipped(kb: KnowledgeBase) -> None:
    assert kb.resources == ()
    assert kb.resource("loan") is None


def test_the_shipped_example_is_sound_once_it_is_laid_where_it_belongs(tmp_path: Path) -> None:
    (example,) = (shipped_dir() / "resources").glob("*.example")
    lay(tmp_path / "resources", example.read_text(encoding="utf-8"), "own.yaml")
    kb = loaded(tmp_path)
    assert {resource.kind for resource in kb.resources} == {"product", "institution"}
    assert [resource.public for resource in kb.resources] == [False, True]


def test_a_resource_is_found_by_its_id_and_serves_the_country_unless_told(tmp_path: Path) -> None:
    kb = loaded(own(tmp_path, LOAN, "{id: course, name: 示例课, kind: training}"))
    loan, course = kb.resource("loan"), kb.resource("course")
    assert loan is not None
    assert course is not None
    assert (loan.regions, course.regions) == (("厦门市",), ("全国",))
    assert kb.resources == (loan, course)


def test_files_lie_over_each_other_by_name_and_are_no_notices(tmp_path: Path) -> None:
    below, above = tmp_path / "below", tmp_path / "above"
    own(below, LOAN)
    own(below, "{id: b1, name: 乙, kind: expert}", name="more.yaml")
    own(above, "{id: b2, name: 丙, kind: expert}")
    kb = loaded(below, above)
    assert {resource.id for resource in kb.resources} == {"b1", "b2"}
    assert kb.notices == loaded().notices


def test_published_files_keep_their_folder(tmp_path: Path) -> None:
    files = files_of(own(tmp_path, LOAN))
    assert [file.name for file in files] == ["resources/own.yaml"]
    kept = [file_of(file.name, file.text) for file in files]
    kb = load_knowledge(shipped_dir(), kept, golden=False)
    assert [resource.id for resource in kb.resources] == ["loan"]
    assert kb.version == loaded(tmp_path).version != loaded().version


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{id: a1, name: 甲, kind: 银行}", '3:29: resources[1].kind: "银行"'),
        ("{id: 甲, name: 甲, kind: expert}", '3:10: resources[1].id: "甲"'),
        ("{id: a1, kind: expert}", "3:5: resources[1].name: is missing"),
        ("{id: a1, name: 甲, kind: expert, phone: 1}", "phone: no such field here"),
        (
            "{id: a1, name: 甲, kind: expert, regions: [全国, 厦门]}",
            '3:51: resources[1].regions[1]: "厦门" is no division: write 厦门市',
        ),
        ("{id: a1, name: 甲, kind: expert, regions: [某地]}", '"某地" is no division'),
        ("{id: a1, name: 甲, kind: expert, regions: []}", "resources[1].regions: "),
        (
            "{id: loan, name: 甲, kind: expert}",
            '3:10: resources[1].id: "loan": there is another one in resources/own.yaml',
        ),
    ],
)
def test_each_mistake_is_told_at_its_place(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        loaded(own(tmp_path, LOAN, line))
    (problem,) = caught.value.problems
    assert problem.startswith(f"{tmp_path / 'resources' / 'own.yaml'}:3:")
    assert told in problem


def test_a_county_anywhere_may_be_served(tmp_path: Path) -> None:
    kb = loaded(own(tmp_path, "{id: a1, name: 甲, kind: expert, regions: [昆山市, 思明区]}"))
    assert kb.resources[0].regions == ("昆山市", "思明区")


def test_a_name_that_would_be_passed_over_is_told(tmp_path: Path) -> None:
    own(tmp_path, LOAN, name="own.yml")
    with pytest.raises(KnowledgeError, match=r"own\.yml: the name must end in \.yaml"):
        loaded(tmp_path)


@pytest.mark.parametrize(
    ("task", "told"),
    [
        ("质押融资", None),
        ("质压", '"a1": 质压 is no key task'),
        ("惠企", '"a1": 惠企 stands for several key tasks: 开展知识产权质押融资“入园惠企”行动、'),
    ],
)
def test_a_key_task_that_is_none_or_several_is_worth_a_second_look(
    tmp_path: Path, task: str, told: str | None
) -> None:
    kb = loaded(own(tmp_path, f"{{id: a1, name: 甲, kind: expert, tasks: [{task}]}}"))
    hints = [found.what for found in findings(kb) if not found.grave]
    assert len(hints) == (told is not None)
    assert not told or hints[0].startswith(told)
