"""Referrals: one with a decision, an unmet need and an onward referral."""

from uuid import UUID

from assurance.rooms.blanks import WHEN
from assurance.rows import Hands, Pages, Row, World, each

_UID = UUID("6f1f6a5e-0000-4000-8000-00000000abcd")
POSTED = {
    "referral-acknowledge": {"how": "phone", **WHEN},
    "referral-offence": {"answer": "no", "why": "Nobody was hurt, as the school tells it", **WHEN},
    "referral-chase": {"words": "Please confirm in writing what you told us"},
    "referral-search": {"q": "Zqzq"},
}
READING = {"read referral"}


def fill(row: Row, hands: Hands) -> None:
    """It was decided, a need was not met, and another agency was asked."""
    from goldenthread.core.clock import now
    from goldenthread.standards.referrals import actions, onward, unmet_need
    from goldenthread.standards.referrals.choices import Need, WhyUnmet

    words = row.word("words")
    decision = actions.decide(
        referral=row.referral, what="assessment", reason=words, occurred_at=now(), by=hands.manager
    )
    need = unmet_need.NeedItem(Need.values[0], words, WhyUnmet.values[0])
    answer = unmet_need.answer_unmet_need(decision=decision, needs=[need], occurred_at=now(), by=hands.by)
    sent = onward.refer_onward(
        referral=row.referral, agency_kind="health", agency_name=f"Clinic {row.number}", purpose=words, made_at=now(),
        by=hands.by,
    )  # fmt: skip
    row.made |= {"decision": decision.pk, "need": answer.needs.get().pk, "onward": sent.pk}


def keys(row: Row) -> list[tuple[str, int]]:
    """The referral."""
    return [("referrals.referral", row.referral.pk)]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Its pages, and those of a referral that is being taken."""
    pk, made = row.referral.pk, row.made
    return {
        "referral-step": [[_UID, "referrer"], [_UID, "children"]], **each(("referral-check", "referral-discard"), _UID),
        **each((
            "referral", "referral-amend", "referral-confirm", "referral-acknowledge", "referral-offence", "referral-police",
            "referral-onward", "referral-chase", "referral-decide", "referral-assign",
        ), pk),
        "referral-correct": [[pk, "decision", made["decision"]]], "referral-unmet": [[pk, made["decision"]]],
        **each(("referral-told", "referral-response"), pk, made["onward"]), "referral-met": [[pk, made["need"]]],
    }  # fmt: skip
