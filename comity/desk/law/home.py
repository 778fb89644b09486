"""The answer of the law to one question, as the page shows it."""

from dataclasses import dataclass

from comity.desk.components.model import BasisGroup, Standing
from comity.desk.law.question import Question
from comity.desk.matters.basis_rows import answer_groups, route_lines
from comity.law import Basis, Register, Sentence, explain, resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer: the instruments by how sure they are, the way of a request, and every element of it explained."""

    question: Question
    basis: Basis
    groups: tuple[BasisGroup, ...]
    route: tuple[Standing, ...]
    sentences: tuple[Sentence, ...]


def answer(register: Register, question: Question, language: str) -> Answer:
    """What the law answers, in the language of the page."""
    basis = resolve(register, question.requesting, question.requested, question.kind, question.on, question.area)
    return Answer(
        question=question,
        basis=basis,
        groups=answer_groups(basis, register, language),
        route=route_lines(basis, register, language),
        sentences=explain(basis, register, language),
    )
