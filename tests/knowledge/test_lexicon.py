"""The lexicon brings what people say to the notices' words, and recognises what they ask."""

from __future__ import annotations

import re

import pytest
from pydantic import ValidationError

from knowledge.cues import Cues
from knowledge.lexicon import Lexicon
from knowledge.snapshot import KnowledgeBase
from knowledge.strict import ON_TRUST

LEXICON = Lexicon(
    synonyms={
        "知识产权服务万里行": ("万里行活动", "万里行"),
        "国家知识产权局": ("国知局", "国家局"),
        "地理标志": ("地标",),
    }
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("万里行几号结束", "知识产权服务万里行几号结束"),
        ("万里行活动几号结束", "知识产权服务万里行几号结束"),
        ("国知局的地标项目", "国家知识产权局的地理标志项目"),
        ("与此无关的话", "与此无关的话"),
    ],
)
def test_synonyms_become_the_notices_words(said: str, meant: str) -> None:
    assert LEXICON.canonical(said) == meant


def test_the_notices_own_words_are_left_as_they_are() -> None:
    said = "知识产权服务万里行由国家知识产权局组织"
    assert LEXICON.canonical(said) == said
    assert LEXICON.canonical(LEXICON.canonical("国家局的万里行")) == LEXICON.canonical(
        "国家局的万里行"
    )


def test_synonyms_may_be_written_in_any_dress() -> None:
    lexicon = Lexicon(synonyms={"专利合作条约": ("ＰＣＴ", "專利合作條約")})
    assert lexicon.canonical("pct") == lexicon.canonical("专利合作条约") == "专利合作条约"


def test_a_word_stands_for_one_thing_only() -> None:
    with pytest.raises(ValidationError, match="万里行"):
        Lexicon(synonyms={"甲": ("万里行",), "乙": ("万里行",)})


def test_words_are_found_as_they_are_and_patterns_as_expressions() -> None:
    cues = Cues(words=("a.b",), patterns=("哪.司",), kept=("目标",))
    assert cues.found_in("x a.b y")
    assert not cues.found_in("x axb y")
    assert cues.found_in("归哪个司")
    assert cues.found_in("目标是多少")


def test_the_longest_word_is_taken() -> None:
    cues = Cues(words=("什么", "什么时候"))
    match = cues.expression.search("什么时候报")
    assert match
    assert match[0] == "什么时候"


def test_no_cues_find_nothing() -> None:
    assert not Cues().found_in("什么都有")


@pytest.mark.parametrize("field", ["patterns", "kept"])
def test_a_pattern_that_is_none_is_refused(field: str) -> None:
    with pytest.raises(ValidationError, match="is not a regular expression"):
        Cues.model_validate({field: ["(哪"]})


def test_on_trust_a_pattern_is_compiled_when_it_is_asked_for() -> None:
    data = {"talk": {"greet": {"patterns": ["(哪"]}}, "prefaces": {"kept": ["听说"]}}
    lexicon = Lexicon.model_validate(data, context=ON_TRUST)
    assert lexicon.prefaces.found_in("听说")
    assert not lexicon.fillers.search("听说")
    with pytest.raises(re.error):
        lexicon.compile()


def test_the_shipped_lexicon_brings_everything_to_one_wording(kb: KnowledgeBase) -> None:
    """What was brought to the notices' words once stays so."""
    for word, variants in kb.lexicon.synonyms.items():
        for said in (word, *variants):
            once = kb.canonical(said)
            assert kb.canonical(once) == once, said


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("国知局", "国家知识产权局"),
        ("地标", "地理标志"),
        ("万里行", "知识产权服务万里行"),
        ("萬里行", "知识产权服务万里行"),
    ],
)
def test_shipped_abbreviations_are_known(kb: KnowledgeBase, said: str, meant: str) -> None:
    assert kb.canonical(said) == kb.canonical(meant)


def test_commands_and_small_talk_are_no_synonyms_of_each_other(kb: KnowledgeBase) -> None:
    """One message means one thing: no phrase stands under two commands or kinds of talk."""
    seen: dict[str, str] = {}
    tables = {**kb.lexicon.commands, **kb.lexicon.talk}
    for name, cues in tables.items():
        for phrase in cues.words:
            assert seen.setdefault(phrase, name) == name, phrase
