"""Write the generated pages of docs/: what the code says of itself. Tests compare them, so that no page can lie."""

from pathlib import Path
from typing import Any

import typer.main

from comity.cli import app
from comity.law.schema import page as schema
from comity.procedures.reference import page as procedures

DOCS = Path(__file__).resolve().parent.parent / "docs"


def commands() -> str:
    """The page of all commands, from the commands themselves."""
    lines = ["# Commands", "", "Written by `make docs` from the commands themselves; a test compares the two.", ""]
    for name, command in sorted(_leaves("comity", typer.main.get_command(app))):
        lines += [f"## `{name}`", "", (command.help or "").strip(), ""]
        rows = [_row(parameter) for parameter in command.params if parameter.name != "help"]
        if rows:
            lines += ["| | |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {"commands.md": commands(), "procedures.md": procedures(), "register-schema.md": schema()}


def _leaves(name: str, command: Any) -> list[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        return [(name, command)]
    return [leaf for key, one in command.commands.items() for leaf in _leaves(f"{name} {key}", one)]


def _row(parameter: Any) -> str:
    words = getattr(parameter, "help", None) or ""
    name = ", ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.name.upper()
    return f"| `{name}` | {words} |"


if __name__ == "__main__":
    for file, text in pages().items():
        (DOCS / file).write_text(text, encoding="utf-8")
        print(DOCS / file)
