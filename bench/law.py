"""The law: every ordered pair of twelve States, eight kinds of request, one date: from nothing, and once the register is warm.

    python -m bench.law SECONDS      prints JSON

Cold counts from the first import of `comity.law` in a fresh process: the program, the register's files and every answer worked out anew.
Warm answers come from the engine's memory, as they do in a desk that runs: the same questions again and again. The register knows more
kinds by now than the goal names; what all of them take from nothing is told too.
"""

import json
import sys
import time
from datetime import date
from itertools import permutations, product
from typing import Any

STATES = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")
KINDS = (
    "mla",
    "extradition",
    "transfer-of-proceedings",
    "transfer-of-sentenced",
    "service-of-documents",
    "search-for-persons",
    "asset-recovery",
    "citizen-rights-referral",
)
ON = date(2026, 11, 22)


def measure(seconds: float) -> dict[str, Any]:
    """Seconds until all questions are answered for the first time, and answers a second from then on."""
    started = time.perf_counter()
    from comity.law import default_register, resolve  # what is loaded here is measured

    imported = time.perf_counter()
    register = default_register()
    loaded = time.perf_counter()
    questions = [(*pair, kind) for pair, kind in product(permutations(STATES, 2), KINDS)]
    for requesting, requested, kind in questions:
        resolve(register, requesting, requested, kind, ON)
    answered = time.perf_counter()
    count = 0
    while time.perf_counter() - answered < seconds:
        for requesting, requested, kind in questions:
            resolve(register, requesting, requested, kind, ON)
        count += len(questions)
    warm = time.perf_counter() - answered
    again = time.perf_counter()
    more = [kind for kind in register.kinds if kind not in KINDS]
    for (requesting, requested), kind in product(permutations(STATES, 2), more):
        resolve(register, requesting, requested, kind, ON)
    rest = time.perf_counter() - again
    return {
        "questions": len(questions),
        "cold_seconds": answered - started,
        "import_seconds": imported - started,
        "load_seconds": loaded - imported,
        "answer_seconds": answered - loaded,
        "warm_per_second": count / warm,
        "all_kinds": len(register.kinds),
        "all_kinds_cold_seconds": answered - started + rest,
    }


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))
