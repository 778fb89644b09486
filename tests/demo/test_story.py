"""Stories are data: what they may say, and what is said of one that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from comity.demo.play import EXAMPLES, stories_in
from comity.demo.story import StoryError, filled, stories
from comity.procedures import procedures


def test_every_act_of_every_story_belongs_to_its_procedure():
    kinds = {kind.name: kind for kind in procedures()}
    for story in stories_in(EXAMPLES):
        for step in story.steps:
            if step.act:
                assert kinds[story.procedure].action(step.act) is not None, f"{story.id}, step {step.number}: {step.act}"


def test_every_story_is_told_in_both_languages():
    for story in stories_in(EXAMPLES):
        assert set(story.title) == {"en", "ru"}
        for step in story.steps:
            assert set(step.say) in (set(), {"en", "ru"}), f"{story.id}, step {step.number}"


def test_branches_share_their_beginning_and_end_apart():
    surrender, refusal = stories(EXAMPLES / "extradition.toml")
    common = [step for step in surrender.steps if step in refusal.steps]
    assert common == list(surrender.steps[: len(common)]) == list(refusal.steps[: len(common)])
    assert surrender.steps[-1].act == "outcome.notified/1"
    assert any(step.act == "extradition.refused/1" for step in refusal.steps)


def test_dates_are_counted_from_today_and_papers_named():
    content = {"on": "today", "by": "today+30", "at": "today-1T09:30", "papers": [{"paper": "a"}], "text": "not today+1 in words"}
    assert filled(content, today=date(2026, 12, 31), papers={"a": {"sha256": "00"}}) == {
        "on": "2026-12-31",
        "by": "2027-01-30",
        "at": "2026-12-30T09:30:00Z",
        "papers": [{"sha256": "00"}],
        "text": "not today+1 in words",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = ", "cannot be read"),
        ('id = "x"\n', "missing"),
        (
            'id="x"\nprocedure="p"\n[title]\nen="a"\n[roles]\na="b"\n[[step]]\noffice="b"\nby="officer"\ndoes="fly"\n',
            "“fly” is nothing anybody does",
        ),
    ],
)
def test_a_story_that_cannot_be_played_is_named(tmp_path: Path, text: str, words: str):
    path = tmp_path / "story.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StoryError) as caught:
        stories(path)
    assert words in str(caught.value)
    assert "story.toml" in str(caught.value)
