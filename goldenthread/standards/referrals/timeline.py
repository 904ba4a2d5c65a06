"""Everything that happened on a referral, in order, as its page tells it."""

from collections.abc import Iterable

from django.db.models import Model, Prefetch, QuerySet

from goldenthread.cases.facts import Fact, standing
from goldenthread.cases.timeline import Entry, as_they_stand, latest_first
from goldenthread.standards.referrals.choices import in_words
from goldenthread.standards.referrals.models import (
    Acknowledgement,
    Amendment,
    Chaser,
    Decision,
    NeedMet,
    OffenceView,
    OnwardReferral,
    OnwardResponse,
    PoliceAdvice,
    PoliceTold,
    Referral,
    UnmetNeed,
    UnmetNeedAnswer,
    WrittenConfirmation,
)

# What hangs on a referral: how it is reached, and what each of its rows names, fetched with it in one query.
_HANGS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "decisions": (Decision, ("by",)),
    "decisions__unmet_need_answers": (UnmetNeedAnswer, ("by",)),
    "decisions__unmet_need_answers__needs": (UnmetNeed, ("by",)),
    "decisions__unmet_need_answers__needs__met": (NeedMet, ("by",)),
    "acknowledgements": (Acknowledgement, ("by",)),
    "written_confirmations": (WrittenConfirmation, ("by",)),
    "offence_views": (OffenceView, ("by",)),
    "police_advice": (PoliceAdvice, ("by",)),
    "onward_referrals": (OnwardReferral, ("by", "agency")),
    "onward_referrals__police_told": (PoliceTold, ("by",)),
    "onward_referrals__responses": (OnwardResponse, ("by",)),
    "chasers": (Chaser, ("by",)),
    "amendments": (Amendment, ("by",)),
}


def with_everything(referrals: QuerySet[Referral]) -> QuerySet[Referral]:
    """The referrals with all that hangs on them: a fixed number of queries, one for each kind, however much there is."""
    return referrals.select_related("agency", "case_file__team", "case_file__worker", "by").prefetch_related(
        "children",
        *(Prefetch(path, kind._default_manager.select_related(*named)) for path, (kind, named) in _HANGS.items()),
    )


def said(fact: Fact) -> tuple[str, tuple[str, ...]]:
    match fact:
        case Decision():
            return f"Decision: {fact.get_what_display().lower()}", (fact.reason,)
        case Acknowledgement():
            return f"Acknowledged to the referrer, {in_words(fact.how)}", ()
        case WrittenConfirmation():
            return f"Confirmed in writing, {in_words(fact.how)}", ()
        case OffenceView():
            return f"May be an offence against a child? {fact.get_answer_display()}", (fact.why,)
        case PoliceAdvice(answer="advised"):
            return f"Police advised: {fact.advised}", (f"Reference {fact.police_reference}",)
        case PoliceAdvice():
            return "Police not advised yet", (fact.why,)
        case OnwardReferral():
            return f"Referred to {fact.agency.name}", (f"Purpose: {fact.purpose}",)
        case PoliceTold():
            return f"Police told of an onward referral: {fact.told}", (fact.police_reference,)
        case OnwardResponse():
            return f"Answer to an onward referral: {fact.get_answer_display().lower()}", (fact.words,)
        case UnmetNeedAnswer(nothing_unmet=True):
            return "Unmet need: nothing unmet", ()
        case UnmetNeedAnswer():
            return "Unmet need recorded", ()
        case UnmetNeed():
            much = f"{fact.quantity.normalize():f} {fact.get_unit_display()}" if fact.quantity is not None else ""
            offered = f"Offered instead: {fact.offered}" if fact.offered else ""
            why = f"{fact.get_need_display()}. Not provided: {fact.get_why_display().lower()}"
            return f"Unmet need: {fact.needed}", (why, much, offered)
        case NeedMet():
            return "A need was met", (fact.how,)
    raise TypeError(f"{type(fact).__name__} has no words")


def timeline(referral: Referral) -> list[Entry]:
    """All facts on the referral, latest first. Fetch it `with_everything`."""
    onward = list(referral.onward_referrals.all())
    decisions = list(referral.decisions.all())
    answers = [a for d in decisions for a in d.unmet_need_answers.all()]
    needs = [n for a in answers for n in a.needs.all()]
    groups: tuple[Iterable[Fact], ...] = (
        decisions,
        referral.acknowledgements.all(),
        referral.written_confirmations.all(),
        referral.offence_views.all(),
        referral.police_advice.all(),
        onward,
        [t for o in onward for t in o.police_told.all()],
        [r for o in onward for r in o.responses.all()],
        [a for a in answers if a.nothing_unmet or not a.needs.all()],
        needs,
        [m for n in needs for m in n.met.all()],
    )
    chasers = (
        Entry("Chaser drafted to the agency", (), c.recorded_at, c.recorded_at, c.by.name, "", c.pk)
        for c in referral.chasers.all()
    )
    return latest_first([*(entry for rows in groups for entry in as_they_stand(rows, said)), *chasers])


def unmet_now(referral: Referral) -> list[UnmetNeed]:
    """The needs that stand and have not been met. Fetch it `with_everything`."""
    answers = [a for d in referral.decisions.all() for a in d.unmet_need_answers.all()]
    needs = [n for a in answers for n in a.needs.all()]
    met = {s.fact.need_id for s in standing([m for n in needs for m in n.met.all()])}
    gone = {n.first_id for n in needs if n.withdrawn}
    return [s.fact for s in standing(needs) if s.first.pk not in met | gone]
