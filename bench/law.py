"""The law: every ordered pair of twelve States, eight kinds of request, one date: from nothing, and once the register is warm.

    python -m bench.law SECONDS      prints JSON

Cold counts from the first import of `comity.law` in a fresh process: the program, the register's files and every answer worked out anew,
with what each doubt touches. Warm answers come from the engine's memory, as they do in a desk that runs: the same questions again and
again. The register knows more kinds by now than the goal names; what all of them take from nothing is told too. A timeline is that of a
pair since 1991, warm; an explanation that of an answer in both languages. Of both the slowest is told beside the usual one. CPU seconds
stand beside those by the clock, since a busy machine stretches the clock.
"""

import json
import sys
import time
from datetime import date
from itertools import combinations, permutations, product
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from comity.law import Register

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
    started, busy = time.perf_counter(), time.process_time()
    from comity.law import default_register, resolve  # what is loaded here is measured

    imported = time.perf_counter()
    register = default_register()
    loaded = time.perf_counter()
    questions = [(*pair, kind) for pair, kind in product(permutations(STATES, 2), KINDS)]
    for requesting, requested, kind in questions:
        resolve(register, requesting, requested, kind, ON)
    answered, spent = time.perf_counter(), time.process_time() - busy
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
        "cold_cpu_seconds": spent,
        **_timelines(register),
        **_explanations(register),
    }


def _timelines(register: "Register") -> dict[str, float]:
    """Seconds of a pair's history since 1991, the answers remembered: of the usual pair, and of the slowest."""
    from comity.law import history  # measured after the cold start, which it must not slow

    spent = []
    for pair in combinations(STATES, 2):
        history(register, *pair, "extradition")
        begun = time.perf_counter()
        history(register, *pair, "extradition")
        spent.append(time.perf_counter() - begun)
    return {"timeline_seconds": median(spent), "timeline_slowest_seconds": max(spent)}


def _explanations(register: "Register") -> dict[str, float]:
    """Seconds of an explanation, once the words are loaded: of the usual answer, and of the longest."""
    from comity.law import explain, resolve  # as above

    spent = []
    for pair, language in product(combinations(STATES, 2), ("en", "ru")):
        basis = resolve(register, *pair, "extradition", ON)
        explain(basis, register, language)
        begun = time.perf_counter()
        explain(basis, register, language)
        spent.append(time.perf_counter() - begun)
    return {"explain_seconds": median(spent), "explain_slowest_seconds": max(spent)}


if __name__ == "__main__":
    print(json.dumps(measure(float(sys.argv[1]))))
