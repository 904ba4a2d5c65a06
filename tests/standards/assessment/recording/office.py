"""Recording by chance, mixed into everybody's work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from goldenthread.cases.models import Child
from goldenthread.standards.assessment.recording import actions
from goldenthread.standards.assessment.recording.choices import Kind, Seen
from goldenthread.standards.assessment.recording.models import CaseRecord

if TYPE_CHECKING:
    from tests.standards.referrals.test_random_verbs import Office as Base
else:
    Base = object


class RecordingOffice(Base):
    """Contacts recorded, corrected and taken back."""

    def recording_verbs(self) -> "list[Callable[[], object]]":
        return [self.record_contact, self.record_contact, self.correct_contact, self.withdraw_contact]

    def seen(self, children: list[Child]) -> dict[int, str]:
        some = self.chance.sample(children, k=self.chance.randrange(len(children) + 1)) if children else []
        return {child.pk: self.pick(Seen) for child in some}

    def record_contact(self) -> None:
        case_file = self.referral().case_file
        actions.record_contact(
            case_file=case_file,
            kind=self.pick(Kind),
            seen=self.seen(list(case_file.children.all())),
            facts=self.words(),
            view=self.words(),
            next_steps=self.words(),
            where="At home",
            occurred_at=self.at(),
            by=self.by(),
            token=self.token(),
        )

    def a_record(self) -> CaseRecord:
        found = self.one(CaseRecord)
        assert isinstance(found, CaseRecord)
        return found

    def correct_contact(self) -> None:
        record = self.a_record()
        change = self.chance.choice([{"occurred_at": self.at()}, {"facts": self.words()}, {"kind": self.pick(Kind)}])
        seen = self.seen(list(record.case_file.children.all())) if self.chance.random() < 0.4 else None
        actions.correct_record(
            record=record, changes=change, seen=seen, reason=self.words(), by=self.by(), token=self.token()
        )

    def withdraw_contact(self) -> None:
        actions.withdraw_record(record=self.a_record(), reason=self.words(), by=self.by(), token=self.token())
