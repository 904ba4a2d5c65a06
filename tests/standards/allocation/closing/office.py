"""Everyone at work on closing files, at random: mixed into `tests/catalogue/test_random_verbs_everywhere.py`."""

from typing import Any

from django.db import transaction

from goldenthread.cases.facts import Fact
from goldenthread.obligations.actions import excuse
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing import actions, corrections, signing
from goldenthread.standards.allocation.closing.choices import Reason, State, Told
from goldenthread.standards.allocation.closing.models import Closure


class ClosingOffice:
    """What is done to close files; what they choose is often refused. Mixed with an office that has hands and chance."""

    cast: Any
    hands: Any
    chance: Any
    one: Any
    words: Any
    at: Any
    by: Any
    token: Any
    referral: Any
    pick: Any

    @property
    def closing_verbs(self) -> list[Any]:
        """The verbs, some more than once."""
        return [
            self.ask_to_close, self.ask_to_close, self.tell_family, self.tell_agency, self.look, self.ask_again,
            self.keep_open, self.return_closure, self.sign_off, self.settle_and_close, self.settle_and_close, self.reopen_file,
            self.mend_closure,
        ]  # fmt: skip

    def signer(self) -> Officer:
        found: Officer = self.chance.choice([self.cast.manager, self.cast.group_manager, self.by()])
        return found

    def closure(self, state: State = State.ASKED) -> Closure:
        """Mostly one that stands so."""
        found: Closure = self.one(Closure)
        so = [one for one in Closure.objects.order_by("-pk")[:12] if one.state == state]
        return self.chance.choice([found, *so * 2])

    def ask_to_close(self) -> None:
        actions.ask_to_close(
            case_file=self.referral().case_file, reason=self.pick(Reason), changed=self.words(), support=self.words(),
            asked_at=self.at(), by=self.by(), token=self.token(),
        )  # fmt: skip

    def tell_family(self) -> None:
        actions.tell_family(
            closure=self.closure(), how=self.pick(Told), words=self.words(), occurred_at=self.at(), by=self.by(),
            token=self.token(),
        )  # fmt: skip

    def tell_agency(self) -> None:
        closure = self.closure()
        for agency in closure.agencies.all()[:1]:
            actions.tell_agency(
                closure=closure, agency=agency.involved, how=self.pick(Told), words=self.words(), occurred_at=self.at(),
                by=self.by(), token=self.token(),
            )  # fmt: skip

    def look(self) -> None:
        actions.look_at_chronology(
            closure=self.closure(), words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token()
        )

    def ask_again(self) -> None:
        actions.ask_again(
            closure=self.closure(State.RETURNED),
            words=self.words(),
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def keep_open(self) -> None:
        actions.drop_closure(
            closure=self.closure(), words=self.words(), occurred_at=self.at(), by=self.by(), token=self.token()
        )

    def return_closure(self) -> None:
        signing.return_closure(
            closure=self.closure(), words=self.words(), occurred_at=self.at(), by=self.signer(), token=self.token()
        )

    def sign_off(self) -> None:
        """As it stands, or once what is owed is settled."""
        if self.chance.random() < 0.5:
            self.settle_and_close()
            return
        signing.sign_off_closure(
            closure=self.closure(), words=self.words(), occurred_at=self.at(), by=self.signer(), token=self.token()
        )

    def settle_and_close(self) -> None:
        """All of it at once, or nothing: by chance alone, no file would ever be ready."""
        closure, at, said = self.closure(), self.hands.now, "Nothing depends on it any more"
        with transaction.atomic():
            actions.tell_family(closure=closure, how="visit", words=said, occurred_at=at, by=self.cast.worker)
            for agency in closure.agencies.all():
                actions.tell_agency(
                    closure=closure,
                    agency=agency.involved,
                    how="phone",
                    words=said,
                    occurred_at=at,
                    by=self.cast.worker,
                )
            actions.look_at_chronology(closure=closure, words=said, occurred_at=at, by=self.cast.worker)
            for row in Obligation.objects.open().filter(case_file=closure.case_file_id):
                if row.requirement != "allocation.closure-answered":
                    excuse(obligation=row, reason=said, by=self.cast.head)
            if self.chance.random() < 0.7:  # else it waits for somebody to sign
                signing.sign_off_closure(closure=closure, words=said, occurred_at=at, by=self.signer())

    def reopen_file(self) -> None:
        signing.reopen(
            closure=self.closure(State.CLOSED),
            words=self.words(),
            occurred_at=self.at(),
            by=self.signer(),
            token=self.token(),
        )

    def mend_closure(self) -> None:
        fact: Fact = self.one(self.chance.choice(list(corrections.CORRECTABLE)))
        if self.chance.random() < 0.4:
            corrections.withdraw(fact=fact, reason=self.words(), by=self.by(), token=self.token())
        else:
            corrections.correct(fact=fact, changes={"words": self.words()}, reason=self.words(), by=self.by())
