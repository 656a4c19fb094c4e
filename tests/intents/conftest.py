from __future__ import annotations

import pytest

from knowledge.model import DemandForm
from knowledge.snapshot import KnowledgeBase
from tests.intents import forms
from tests.intents.dialogue import Talk, base


@pytest.fixture(scope="session")
def shipped_form(kb: KnowledgeBase) -> DemandForm:
    form = kb.form_notice().form
    assert form is not None
    return form


@pytest.fixture
def talk() -> Talk:
    """A talk over the tests' own demand list."""
    return Talk(base(forms.DEMANDS))


@pytest.fixture
def roadshow() -> Talk:
    """A talk over a form with other slots and other choices."""
    return Talk(base(forms.ROADSHOW))
