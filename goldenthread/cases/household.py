"""What is known of a child and of those around them: facts, only ever added. Only the verbs of the room that records them
(`standards.assessment.household`) write these.

occurred_at is when somebody told us, or when it became true. What stands is the last that was true and was not taken back.
Codes that may be several are kept as keys with a space between.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from goldenthread.cases.choices import (
    Asked,
    DisabilityAnswer,
    DisabilityCode,
    EthnicCode,
    InterpreterNeed,
    InvolvedKind,
    Language,
    Relation,
    SiblingRelation,
    Way,
    Writing,
    YesNo,
)
from goldenthread.cases.facts import Fact
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


def in_words(codes: str, choices: list[tuple[str, str]]) -> str:
    """Codes with a space between, in words, in the order of the list."""
    held = set(codes.split())
    return ", ".join(label for code, label in choices if code in held)


class Ethnicity(Fact):
    """What the child or the family said of the child's ethnicity. Asked and refused, or not asked yet, are codes; nothing
    recorded is no row."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="ethnicities")
    code = models.CharField(max_length=4, choices=EthnicCode)
    described = models.CharField("in their own words", max_length=120, blank=True)


class LanguageAnswer(Fact):
    """What came of asking which languages a child and those who care for them speak, and whether they need an interpreter."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="languages")
    answer = models.CharField("what came of asking", max_length=10, choices=Asked)
    first = models.CharField("first language", max_length=10, choices=Language, blank=True)
    first_other = models.CharField("which other language", max_length=60, blank=True)
    others = models.CharField("other languages", max_length=200, blank=True)
    interpreter = models.CharField("interpreter needed", max_length=10, choices=InterpreterNeed, blank=True)
    written = models.CharField("how to write to them", max_length=10, choices=Writing, blank=True)

    @property
    def settles(self) -> bool:
        """Whether the question is answered: “not known yet” is honest, and settles nothing."""
        return self.answer != Asked.NOT_KNOWN

    @property
    def language(self) -> str:
        """The first language, in words; nothing where it was not told."""
        return self.first_other if self.first == Language.OTHER else str(self.get_first_display())

    @property
    def needs_interpreter(self) -> bool:
        """Whether somebody has to interpret."""
        return self.interpreter not in {"", InterpreterNeed.NO}


class Disability(Fact):
    """Whether the child has a disability, and what it affects."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="disabilities")
    answer = models.CharField("does the child have a disability", max_length=10, choices=DisabilityAnswer)
    codes = models.CharField("what it affects", max_length=60, blank=True)
    described = models.CharField("in plain words", max_length=300, blank=True)

    @property
    def affects(self) -> str:
        """What it affects, in words."""
        return in_words(self.codes, DisabilityCode.choices)

    class Meta(Fact.Meta):
        verbose_name_plural = "disabilities"


class Communication(Fact):
    """How a child makes themselves understood, and what helps."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="communications")
    ways = models.CharField("how the child communicates", max_length=120)
    helps = models.CharField("what helps", max_length=300, blank=True)

    @property
    def in_words(self) -> str:
        """The ways, in words."""
        return in_words(self.ways, Way.choices)


class Person(Fact):
    """Somebody around a child who has no record of their own. The first row names the person for good."""

    given_names = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    date_of_birth = models.DateField(null=True, blank=True)
    contact = models.CharField("how to reach them", max_length=200, blank=True)
    language = models.CharField("language", max_length=10, choices=Language, blank=True)
    interpreter = models.CharField("interpreter needed", max_length=10, choices=InterpreterNeed, blank=True)
    if TYPE_CHECKING:
        ties: RelatedManager["Tie"]
        dangers: RelatedManager["Danger"]

    class Meta(Fact.Meta):
        verbose_name_plural = "people"

    @property
    def name(self) -> str:
        """Given names, then family name. For pages only."""
        return f"{self.given_names} {self.family_name}".strip()


class Tie(Fact):
    """What a person is to a child, whether they have parental responsibility, and whether they live together."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="ties")
    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="ties")
    relation = models.CharField("what they are to the child", max_length=20, choices=Relation)
    responsibility = models.CharField("parental responsibility", max_length=10, choices=YesNo)
    lives_with = models.BooleanField("lives with the child", default=False)
    since = models.DateField("living together since", null=True, blank=True)
    until = models.DateField("until", null=True, blank=True)


class Danger(Fact):
    """That a person is a danger to somebody, and why we think so."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dangers")
    to_whom = models.CharField("a danger to whom", max_length=200)
    why = models.CharField("why we think so", max_length=300)
    until = models.DateField("no longer, since", null=True, blank=True)


class ChildTie(Fact):
    """What two children are to each other."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="child_ties")
    other = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="child_ties_from")
    relation = models.CharField("what they are to each other", max_length=20, choices=SiblingRelation)


class AgencyInvolved(Fact):
    """An agency that has to do with a child: who there, how to reach them, what for, from when until when."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="agencies")
    kind = models.CharField("kind of agency", max_length=20, choices=InvolvedKind)
    name = models.CharField("name of the agency", max_length=120)
    worker = models.CharField("who there", max_length=120, blank=True)
    contact = models.CharField("how to reach them", max_length=200, blank=True)
    what_for = models.CharField("what for", max_length=300)
    since = models.DateField("since", null=True, blank=True)
    until = models.DateField("until", null=True, blank=True)

    class Meta(Fact.Meta):
        verbose_name_plural = "agencies involved"


class ChildAmendment(models.Model):
    """A correction of a child's name, date of birth or sex: what it said before stays here."""

    child = models.ForeignKey("cases.Child", on_delete=models.PROTECT, related_name="amendments")
    field = models.CharField(max_length=40)
    was = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"child amendment {self.pk}"

    @property
    def label(self) -> str:
        """Which field, in words."""
        named = {"birth_date_is_estimate": "Whether the date of birth is a guess"}
        return named.get(self.field, self.field.replace("_", " ").capitalize())

    @property
    def was_said(self) -> str:
        """What it said, in words."""
        match self.field:
            case "date_of_birth":
                return day(date.fromisoformat(self.was)) if self.was else ""
            case "birth_date_is_estimate":
                return "yes" if self.was == "True" else "no"
            case "sex":
                return {"F": "Female", "M": "Male", "U": "Not known"}.get(self.was, self.was)
        return self.was
