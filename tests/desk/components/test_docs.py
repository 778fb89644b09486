"""The page on components names every tag and filter there is, every value it takes, and every drawing."""

import re
from dataclasses import is_dataclass
from pathlib import Path

from comity.desk.components import law_model, model
from comity.desk.components.templatetags.desk import register

PROJECT = Path(__file__).resolve().parents[3]
PAGE = (PROJECT / "docs" / "components.md").read_text(encoding="utf-8")
SPRITE = PROJECT / "comity" / "desk" / "components" / "templates" / "components" / "sprite.html"


def test_every_tag_and_filter_is_described() -> None:
    assert [name for name in register.tags if f"{{% {name}" not in PAGE] == []
    assert [name for name in register.filters if f"`{name}`" not in PAGE] == []


def test_no_tag_is_described_that_does_not_exist() -> None:
    django = {"extends", "block", "endblock", "load", "translate", "csrf_token", "include", "for"}
    assert set(re.findall(r"{% (\w+)", PAGE)) - django <= set(register.tags)


def test_every_value_is_described_with_its_fields() -> None:
    values = [item for module in (model, law_model) for item in vars(module).values() if is_dataclass(item)]
    assert [value.__name__ for value in values if value.__name__ not in PAGE] == []


def test_every_drawing_is_named() -> None:
    drawn = re.findall(r'id="mark-([\w-]+)"', SPRITE.read_text(encoding="utf-8"))
    listed = re.search(r"a drawing: ([\w -]+)", PAGE)
    assert listed is not None
    assert set(drawn) == set(listed[1].split())
