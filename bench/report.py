"""The figures as tables, each with the goal it has (DESIGN: what it must reach) and whether it reaches it."""

from typing import Any

from rich.console import Console
from rich.table import Table

from bench.meter import DISTURBED

GOALS = {
    "100": 10_000,
    "1000": 20_000,
    "as2": 10.0,
    "bound": 0.5,
    "files": 0.6,
    "memory": 64 * 2**20,
    "cold": 1.0,
    "warm": 20_000,
    "timeline": 0.05,
    "explain": 0.005,
}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def show(found: dict[str, Any], console: Console) -> None:
    """Print what was measured, then every goal beside what was reached."""
    for database, values in found.get("exchange", {}).items():
        if "left_out" in values:
            console.print(f"{NAMES[database]}: {values['left_out']}")
        else:
            _exchange(database, values, console)
    goals = goals_of(found)
    if goals:
        table = Table("goal", "wanted", "measured", "", title="Goals", title_justify="left")
        for name, wanted, measured, reached in goals:
            table.add_row(name, wanted, measured, "reached" if reached else "missed")
        console.print(table)


def _exchange(database: str, values: dict[str, Any], console: Console) -> None:
    if values["rows"]:
        title = f"{NAMES[database]}: durable, receipted events between two nodes"
        table = Table(
            title=title, title_justify="left", caption="µs: CPU an event, a node with its database · others: share of the machine"
        )
        for name in ("a parcel", "a seal", "lanes", "events", "carried/s", "µs sender", "µs receiver", "whole way/s", "µs both", "others"):
            table.add_column(name, justify="right")
        for row in values["rows"]:
            table.add_row(*_cells(row), style="dim" if _others(row) > DISTURBED else "")
        console.print(table)
    if bound := values["bound"]:
        parts = ", ".join(f"{name} {value:.1f}" for name, value in bound["parts_us"].items())
        console.print(f"{NAMES[database]}, the bound at 1000: {_number(bound['per_second'])} events/s (µs an event: {parts})\n")


def _cells(row: dict[str, Any]) -> list[str]:
    carry, whole = row["carry"], row["whole"]
    views = " + views" if row["views"] else ""
    numbers = [_number(row["sealed"]), str(row["lanes"]), _number(row["events"])]
    sides = [_number(cpu_us(row, "carry", side)) for side in ("sender", "receiver")]
    both = cpu_us(row, "whole", "sender") + cpu_us(row, "whole", "receiver")
    return [
        _number(row["parcel"]) + views,
        *numbers,
        _number(carry["per_second"]),
        *sides,
        _number(whole["per_second"]),
        _number(both),
        f"{_others(row):.0%}",
    ]


def cpu_us(row: dict[str, Any], stretch: str, side: str) -> float:
    """CPU µs an event of one side, its database included."""
    cpu: dict[str, float] = row[stretch]["cpu"]
    return (cpu[side] + cpu[f"{side} database"]) / int(row["events"]) * 1e6


def goals_of(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What was wanted, what was measured, and whether that is enough, for each goal that was measured."""
    return [*_exchange_goals(found), *_peer_goals(found), *_file_goals(found), *_law_goals(found)]


def _exchange_goals(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    goals = []
    for database, values in found.get("exchange", {}).items():
        rows = [row for row in values.get("rows", []) if row["parcel"] == row["sealed"] and not row["views"]]
        for row in rows:
            if wanted := GOALS.get(str(row["parcel"])):
                rate = row["carry"]["per_second"]
                name = f"{NAMES[database]}: events/s carried at {row['parcel']} a parcel"
                goals.append((name, f"≥ {_number(wanted)}", _number(rate), rate >= wanted))
        largest = next((row for row in rows if row["parcel"] == 1000), None)
        if largest and values["bound"]:
            share = largest["carry"]["per_second"] / values["bound"]["per_second"]
            goals.append((f"{NAMES[database]}: share of the bound at 1000", "≥ 50 %", f"{share:.0%}", share >= GOALS["bound"]))
    return goals


def _peer_goals(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    peer, goals = found.get("as2"), []
    for row in found.get("exchange", {}).get("sqlite", {}).get("rows", []) if peer else []:
        if row["parcel"] == 1 and row["lanes"] == 4 and not row["views"]:
            for stretch, words in (("carry", "carried"), ("whole", "whole way")):
                spent = cpu_us(row, stretch, "sender") + cpu_us(row, stretch, "receiver")
                ratio = peer["cpu_us"] / spent
                name = f"messages a CPU second against pyas2lib, {words}, {row['sealed']} under a seal"
                goals.append((name, "≥ 10 times", f"{ratio:.1f} times", ratio >= GOALS["as2"]))
    return goals


def _file_goals(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    files = found.get("files")
    if not files:
        return []
    share, memory = files["share"], files["memory_above_idle"]
    rates = f"{share:.0%} ({files['kept_gb_s']:.2f} of {files['alone_gb_s']:.2f} GB/s)"
    return [
        (f"a paper of {files['mebibytes']} MiB, of AES and SHA-256 alone", "≥ 60 %", rates, share >= GOALS["files"]),
        ("memory above the idle process", "≤ 64 MiB", f"{memory / 2**20:.0f} MiB", memory <= GOALS["memory"]),
    ]


def _law_goals(found: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    law = found.get("law")
    if not law:
        return []
    cold, warm = law["cold_seconds"], law["warm_per_second"]
    return [
        (
            f"legal basis, {_number(law['questions'])} questions from nothing",
            "< 1 s",
            f"{cold:.2f} s (CPU {law['cold_cpu_seconds']:.2f} s)",
            cold < GOALS["cold"],
        ),
        ("answers a second, warm", f"≥ {_number(GOALS['warm'])}", _number(warm), warm >= GOALS["warm"]),
        _usual_and_slowest("timeline of a pair since 1991", law, "timeline"),
        _usual_and_slowest("explanation of an answer", law, "explain"),
    ]


def _usual_and_slowest(name: str, law: dict[str, Any], what: str) -> tuple[str, str, str, bool]:
    """The goal holds for the usual one; the slowest is told beside it."""
    usual, slowest, wanted = law[f"{what}_seconds"], law[f"{what}_slowest_seconds"], GOALS[what]
    return name, f"< {wanted * 1000:.0f} ms", f"{usual * 1000:.1f} ms (slowest {slowest * 1000:.1f} ms)", usual < wanted


def _others(row: dict[str, Any]) -> float:
    return max(float(row[stretch]["others"]) for stretch in ("carry", "whole"))


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", "\u202f")
