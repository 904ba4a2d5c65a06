"""What can be done on a child's temporary accommodation: each a form, a verb and a button."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Child
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.housing import actions, shortfalls
from goldenthread.standards.assessment.housing import forms as boxes
from goldenthread.standards.assessment.housing.models import (
    AccommodationReview,
    ShortfallAnswer,
    ShortfallOutcome,
    ShortfallReport,
    Suitability,
    TemporaryMoveEnd,
)
from goldenthread.standards.assessment.housing.rules import SENIOR


@dataclass(frozen=True, slots=True)
class Deed:
    """One of them. key: the last word of its page's name; makes: the fact that it writes; on: what it is done on, where not
    the move itself, and argument: the verb's name for that; senior: only for senior managers."""

    key: str
    title: str
    button: str
    done: str
    form: type[forms.Form]
    verb: Callable[..., object]
    makes: type[Fact]
    settles: str
    on: type[models.Model] | None = None
    argument: str = "move"
    lead: str = ""
    senior: bool = False
    permission: Permission = Permission.RECORD_REFERRALS

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"temporary-{self.key}"

    def for_officer(self, officer: Officer) -> bool:
        """Whether the officer's role allows it."""
        return officer.may(self.permission) and (not self.senior or officer.role in SENIOR)


DEEDS: tuple[Deed, ...] = (
    Deed(
        "assess", "Assess the place for a child", "Record the assessment", "The assessment is recorded.",
        boxes.AssessForm, actions.assess_suitability, Suitability, "assessment.temporary-housing-assessed",
        Child, "child",
        "Go there, with somebody from Housing, and see the rooms in which this child sleeps, eats and washes. What suits a "
        "brother or sister may not suit this child.",
    ),
    Deed(
        "report", "Report the shortfall to a senior manager", "Record the report", "The report is recorded. They owe an answer.",
        boxes.ReportForm, shortfalls.report_shortfall, ShortfallReport, "assessment.shortfall-reported",
        Suitability, "assessment",
    ),
    Deed(
        "answer", "Answer the shortfall", "Record the answer", "The answer is recorded.",
        boxes.AnswerForm, shortfalls.answer_shortfall, ShortfallAnswer, "assessment.shortfall-answered",
        ShortfallReport, "report", senior=True, permission=Permission.SIGN_OFF,
    ),
    Deed(
        "outcome", "Record what came of it", "Record the outcome", "The outcome is recorded.",
        boxes.OutcomeForm, shortfalls.record_outcome, ShortfallOutcome, "", ShortfallReport, "report",
    ),
    Deed(
        "review", "Look at it again", "Record the review", "The review is recorded. The next one is owed in six weeks.",
        boxes.ReviewForm, actions.review_accommodation, AccommodationReview, "assessment.temporary-housing-reviewed",
        lead="Where it no longer suits a child, assess it again for that child as well.",
    ),
    Deed(
        "end", "Record that the children left", "They left", "It is recorded that the children left.",
        boxes.EndForm, actions.end_move, TemporaryMoveEnd, "assessment.bed-and-breakfast-ended",
        lead="Where they went to other temporary accommodation, record that as a new move afterwards.",
    ),
)  # fmt: skip
BY_KEY = {deed.key: deed for deed in DEEDS}
SETTLED_BY = {deed.settles: deed for deed in DEEDS if deed.settles}
BY_KIND = {deed.makes._meta.model_name or "": deed for deed in DEEDS}
