"""Where a team's work after the referral is done: a desk that knows the families, their files and what was decided."""

from random import Random
from typing import Any, Self

from goldenthread.demo.arrivals import Family, File
from goldenthread.demo.council import Council
from goldenthread.demo.desk import Desk
from goldenthread.demo.diary import Diary
from goldenthread.demo.writer import Writer


class AssessmentDesk(Desk):
    """families: all, with the numbers of their children. files: all case files in order, each with its referrals and the
    first decision on each (`File.referrals`). Nothing that has not happened by `now` may be written."""

    def __init__(
        self,
        *,
        chance: Random,
        diary: Diary,
        council: Council,
        writer: Writer,
        families: list[Family],
        files: list[File],
    ) -> None:
        super().__init__(chance=chance, diary=diary, council=council, writer=writer)
        self.families, self.files = families, files

    @classmethod
    def of(cls, alcove: str, *, seed: int, **furniture: Any) -> Self:
        """A desk with chance of its own."""
        return cls(chance=Random(f"{seed} {alcove}"), **furniture)
