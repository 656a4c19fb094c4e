"""The JSON Schemas that editors use are the ones that the loader goes by."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from knowledge.load import KnowledgeError, shipped_dir
from knowledge.schema import MODELS, write_schemas
from knowledge.yaml_source import parse_yaml, read_yaml
from tests.knowledge.small import NOTICE

SHIPPED = shipped_dir() / "schema"
NOTICES = sorted((shipped_dir() / "notices").glob("*.yaml"))
SINGLE = sorted(set(MODELS) - {"notice", "golden", "resources"})
GOLDEN = sorted((shipped_dir() / "golden").glob("*.yaml"))


def schema(name: str) -> Any:
    return json.loads((SHIPPED / f"{name}.schema.json").read_text(encoding="utf-8"))


def errors(text: str) -> list[str]:
    validator = jsonschema.Draft202012Validator(schema("notice"))
    return [error.message for error in validator.iter_errors(parse_yaml(text, Path("x")).data)]


def test_the_shipped_schemas_are_what_the_models_give(tmp_path: Path) -> None:
    written = write_schemas(tmp_path)
    assert {path.name for path in written} == {path.name for path in SHIPPED.glob("*.json")}
    for path in written:
        assert path.read_text(encoding="utf-8") == (SHIPPED / path.name).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_each_shipped_notice_is_valid(path: Path) -> None:
    jsonschema.validate(read_yaml(path).data, schema("notice"))


@pytest.mark.parametrize("name", SINGLE)
def test_each_single_file_is_valid(name: str) -> None:
    jsonschema.validate(read_yaml(shipped_dir() / f"{name}.yaml").data, schema(name))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_each_file_of_golden_questions_is_valid(path: Path) -> None:
    jsonschema.validate(read_yaml(path).data, schema("golden"))


@pytest.mark.parametrize("kind", ["answer", "answer|refuse", ["answer", "clarify"]])
def test_a_question_may_have_more_than_one_right_kind_of_reply(kind: object) -> None:
    jsonschema.validate({"golden": [{"q": "在吗", "kind": kind}]}, schema("golden"))


@pytest.mark.parametrize("kind", ["answers", "answer|", "answer|yes", []])
def test_an_editor_marks_a_kind_of_reply_that_there_is_not(kind: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"golden": [{"q": "在吗", "kind": kind}]}, schema("golden"))


def test_a_sound_notice_has_no_errors() -> None:
    assert errors(NOTICE) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: 通知", "kind: 便条", "便条"),
        ("who: 各市", "whom: 各市", "whom"),
        ("    words: 5月20日前\n", "", "words"),
        ('["0591-12345678"]', "[12345678]", "12345678"),
        ("label: 二（一）", "label: 二(一)", "二(一)"),
    ],
)
def test_an_editor_marks_what_the_loader_refuses(old: str, new: str, told: str) -> None:
    assert any(told in message for message in errors(NOTICE.replace(old, new)))


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(KnowledgeError, match="file: "):
        write_schemas(file)
