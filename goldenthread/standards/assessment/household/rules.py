"""When something about a child may be recorded. Each raises Refused with what to do about it."""

from datetime import date

from goldenthread.cases.choices import (
    Asked,
    DisabilityAnswer,
    DisabilityCode,
    InterpreterNeed,
    Language,
    Way,
    Writing,
)
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import (
    AgencyInvolved,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Person,
    Tie,
)
from goldenthread.core.clock import today
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_words

OLDEST_CHILD = 26 * 366
"""Days: care leavers are known to the service until 25."""


def check_birth(born: date | None) -> None:
    """That of a child; an unborn child's expected one up to ten months ahead."""
    if born and not -305 <= (today() - born).days <= OLDEST_CHILD:
        raise Refused("The date of birth is not that of a child: check the year.")


def check_days(since: date | None, until: date | None) -> None:
    """In order, and not ahead."""
    if since and since > today():
        raise Refused("The first day lies ahead: record it when it has come.")
    if until and until > today():
        raise Refused("The last day lies ahead: record it when it has come.")
    if since and until and until < since:
        raise Refused("It ends before it begins: check both days.")


def _check_codes(codes: str, choices: list[tuple[str, str]], what: str) -> None:
    for code in codes.split():
        check_choice(code, choices, what)


def _language(fact: LanguageAnswer) -> None:
    check_choice(fact.answer, Asked.choices, "what came of asking")
    if fact.answer != Asked.TOLD:
        if fact.first or fact.others or fact.interpreter or fact.written:
            raise Refused("Choose “Told us” where you were told something.")
        return
    check_choice(fact.first, Language.choices, "the first language")
    if (fact.first == Language.OTHER) != bool(fact.first_other.strip()):
        raise Refused("Write which language it is, and only where it is not in the list.")
    check_choice(fact.interpreter, InterpreterNeed.choices, "whether an interpreter is needed")
    if fact.written:
        check_choice(fact.written, Writing.choices, "how to write to the family")


def _disability(fact: Disability) -> None:
    check_choice(fact.answer, DisabilityAnswer.choices, "whether the child has a disability")
    _check_codes(fact.codes, DisabilityCode.choices, "what it affects")
    if (fact.answer == DisabilityAnswer.YES) != bool(fact.codes):
        raise Refused("Say what the disability affects, and only where there is one.")


def check_known(fact: Fact) -> None:
    """What is asked of a fact about a child as a whole: the same when it is first recorded and when it is corrected."""
    check_not_future(fact.occurred_at, "what you were told")
    match fact:
        case Ethnicity():
            check_choice(fact.code, list(Ethnicity._meta.get_field("code").flatchoices), "the child's ethnicity")
        case LanguageAnswer():
            _language(fact)
        case Disability():
            _disability(fact)
        case Communication():
            if not fact.ways:
                raise Refused("Say how the child communicates.")
            _check_codes(fact.ways, Way.choices, "how the child communicates")
        case Person():
            if not (fact.given_names.strip() or fact.family_name.strip()):
                raise Refused("Give at least one name of the person.")
            if fact.date_of_birth and fact.date_of_birth > today():
                raise Refused("The person's date of birth lies ahead: check the year.")
        case Tie():
            check_choice(fact.relation, list(Tie._meta.get_field("relation").flatchoices), "what they are to the child")
            check_choice(
                fact.responsibility, list(Tie._meta.get_field("responsibility").flatchoices), "parental responsibility"
            )
            check_days(fact.since, fact.until)
        case Danger():
            check_words(fact.to_whom, "to whom they are a danger")
            check_words(fact.why, "why you think so")
            check_days(None, fact.until)
        case ChildTie():
            check_choice(
                fact.relation, list(ChildTie._meta.get_field("relation").flatchoices), "what they are to each other"
            )
            if fact.child_id == fact.other_id:
                raise Refused("Choose another child.")
        case AgencyInvolved():
            check_choice(
                fact.kind, list(AgencyInvolved._meta.get_field("kind").flatchoices), "what kind of agency it is"
            )
            check_words(fact.name, "the name of the agency")
            check_words(fact.what_for, "what the agency is there for")
            check_days(fact.since, fact.until)
