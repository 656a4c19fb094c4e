"""What is learnt from messages: the same every time, and of use for messages never seen."""

from __future__ import annotations

import pytest

from bot.tuning import messages
from bot.tuning.kinds import train
from bot.tuning.linear import Example, learn
from bot.tuning.messages import LEARNT, Message
from knowledge.golden import placed
from knowledge.kinds import from_json, to_json
from knowledge.snapshot import KnowledgeBase

SAID = tuple(
    Message(text, kind, what)
    for kind, what, texts in (
        ("need", "质押", ["想贷款", "帮我贷款", "缺钱想贷款", "求银行贷款"]),
        ("need", "转移", ["想转让", "帮我转让", "专利想转让", "求人转让"]),
        ("question", None, ["几号截止", "什么时候截止", "哪天截止", "谁负责"]),
        ("talk", "greet", ["你好", "你好呀", "您好", "大家好"]),
    )
    for text in texts
)


def test_learning_twice_gives_the_same_weights(kb: KnowledgeBase) -> None:
    form = kb.form_notice().form
    assert form is not None
    first, second = (train(said, messages.words(), form) for said in (SAID, SAID[::-1]))
    assert to_json(first) == to_json(second)
    assert from_json(to_json(first)) == first


def test_a_feature_tells_the_class_that_it_goes_with() -> None:
    head = learn([Example({"x"}, "a"), Example({"y"}, "b")] * 5)
    shares = head.shares({"x", "never seen"})
    assert shares["a"] > shares["b"]


def test_there_is_nothing_to_learn_from_nothing() -> None:
    with pytest.raises(ValueError, match="no examples"):
        learn([])


def test_sets_that_measure_and_what_is_held_back_are_not_learnt_from(kb: KnowledgeBase) -> None:
    learnt = {message.text for message in messages.golden(kb, messages.words().themes)}
    sets = {file: {g.q for g in asked} for file, asked in kb.golden.items()}
    measure = set().union(*(asked for file, asked in sets.items() if file not in LEARNT))
    own = set().union(*(asked for file, asked in sets.items() if file in LEARNT))
    held = {one.golden.q for one in placed(kb) if one.held}
    assert not learnt & (measure - own)
    assert not learnt & held
    assert learnt & own
