"""`python -m bench`: measure, print the figures beside their goals, and keep them in artefacts/.

    --quick           a minute instead of ten, of figures that say less
    --only SECTION    exchange, bound, as2, files or law; may be given again
    --json FILE       where in artefacts/ the figures are kept (bench.json)

Everything runs on loopback in processes started here, one section after another; what they leave is taken away.
"""

import argparse
import json
import os
import platform
import signal
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from bench.meter import CORES
from bench.report import goals_of, show
from bench.sections import FULL, QUICK, SECTIONS, exchange

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"
LONGEST = {"full": 480.0, "quick": 40.0}
"""After so many seconds nothing more is begun."""


def main() -> None:
    """The command."""
    options = _options()
    console = Console()
    chosen = options.only or ["exchange", "bound", "as2", "files", "law"]
    counts, longest = (QUICK, LONGEST["quick"]) if options.quick else (FULL, LONGEST["full"])
    found: dict[str, Any] = {"machine": _machine()}
    sections = dict(SECTIONS)
    if "bound" in chosen or "exchange" in chosen:
        sections["exchange"] = partial(exchange, rows="exchange" in chosen, bound="bound" in chosen)
        chosen = ["exchange", *chosen]
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends this ends what it started, too
    started = time.monotonic()
    for name, section in sections.items():
        if name in chosen:
            with tempfile.TemporaryDirectory(prefix="comity-bench-") as folder:
                found[name] = section(Path(folder), counts, lambda words: console.print(f"… {words}", style="dim"), started + longest)
    found["machine"]["seconds"] = round(time.monotonic() - started)
    found["machine"]["load_after"] = os.getloadavg()[0]
    show(found, console)
    _keep(ARTEFACTS / options.json, found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure, and compare with the goals.")
    parser.add_argument("--quick", action="store_true", help="a minute instead of ten")
    parser.add_argument("--only", action="append", choices=["exchange", "bound", "as2", "files", "law"], help="this section alone")
    parser.add_argument("--json", default="bench.json", help="the file in artefacts/ that keeps the figures")
    return parser.parse_args()


def _machine() -> dict[str, Any]:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"cores": CORES, "python": platform.python_version(), "at": at, "load_before": os.getloadavg()[0]}


def _keep(path: Path, found: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    goals = [{"goal": name, "wanted": wanted, "measured": measured, "reached": ok} for name, wanted, measured, ok in goals_of(found)]
    path.write_text(json.dumps({**found, "goals": goals}, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
