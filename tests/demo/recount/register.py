"""The checks of the register, recounted."""

from collections import defaultdict

from goldenthread.standards.assessment.register import models as register
from goldenthread.standards.referrals import models as room
from tests.demo.recount.books import Books, first_of
from tests.demo.recount.kinds import CHECKED, SETTLED
from tests.demo.recount.raw import Raw, london, night, rows, working


def recount_register(books: Books) -> None:
    """The check of the register for each referral, and each record of which a check was not sure."""
    checks: dict[int, list[int]] = defaultdict(list)
    for check in rows(register.RegisterCheck):
        checks[check["referral_id"]].append(check["id"])
    answers: dict[int, list[Raw]] = defaultdict(list)
    for answer in rows(register.CandidateAnswer):
        answers[answer["decision_id"]].append(answer)
    for referral in rows(room.Referral):
        pk, file, received = referral["id"], referral["case_file_id"], referral["received_at"]
        done, ever = (first_of(told[CHECKED], checks[pk]) for told in (books.then, books.ever))
        key, about = "assessment.register-check", ("referrals.referral", pk, "")
        books.count(key, about, file, received, referral["recorded_at"], night(london(received)), done, ever)
        for decided in [row for check in checks[pk] for row in books.then[CHECKED][check]]:
            for answer in answers[decided["id"]]:
                if answer["answer"] == "unsure":
                    on, at = [answer["shown_id"]], decided["occurred_at"]
                    books.count(
                        "assessment.register-check-settled", ("referrals.referral", pk, f"shown-{on[0]}"), file, at,
                        decided["known"], working(london(at), 1), first_of(books.then[SETTLED], on),
                        first_of(books.ever[SETTLED], on),
                    )  # fmt: skip
