"""Write the explanations of the golden cases anew, for a reader to approve: `python -m scripts.approve`, then read the difference.

A test compares them, so that no word of an explanation changes unread. English texts come with what each sentence cites.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comity.law import Register, default_register, explain, resolve
from comity.law.explain import Sentence, cited, plain

LAW = Path(__file__).resolve().parent.parent / "tests" / "law"
EXPLAINED = LAW / "explained"
LANGUAGES = ("en", "ru")


def cases() -> Iterator[dict[str, Any]]:
    """Every golden case that asks what a request can rest on, of all files."""
    for path in sorted((LAW / "cases").glob("*.toml")):
        yield from (case for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"] if "requesting" in case)


def explanation(case: dict[str, Any], register: Register, language: str) -> tuple[Sentence, ...]:
    """What the law says of a case, in sentences."""
    on = case.get("date") or case["on"]
    asked = (case["requesting"], case["requested"], case["kind"], on, case.get("offence_area"))
    return explain(resolve(register, *asked, committed=case.get("committed")), register, language)


def texts() -> dict[str, str]:
    """Every text by its file name. The release is left out: it changes with every word of the register."""
    register = default_register()
    found = {}
    for case in cases():
        for language in LANGUAGES:
            sentences = explanation(case, register, language)
            text = cited(sentences, language) if language == "en" else plain(sentences)
            found[f"{case['id']}.{language}.txt"] = text.replace(register.release, "…") + "\n"
    return found


def main() -> None:
    """Write the texts, and remove those of cases that are no more."""
    EXPLAINED.mkdir(exist_ok=True)
    written = texts()
    for name, text in written.items():
        (EXPLAINED / name).write_text(text, encoding="utf-8")
    for path in EXPLAINED.glob("*.txt"):
        if path.name not in written:
            path.unlink()


if __name__ == "__main__":
    main()
