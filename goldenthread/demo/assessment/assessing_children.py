"""The children of an assessment that is made up: seen and heard, or it is said why not (2.7)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models

from goldenthread.core.clock import day_of
from goldenthread.demo.assessment import assessing_words as words
from goldenthread.demo.assessment.assessing_hands import Hands, Story
from goldenthread.standards.assessment.assessing.choices import Tool, Way
from goldenthread.standards.assessment.assessing.models import ChildSeen, ChildsViews

_WAYS_DISABLED = (Way.MAKATON, Way.PICTURES, Way.DEVICE, Way.TOUCH, Way.BSL)


class Hearing(Hands):
    """Sees and hears the children."""

    def hear(self, story: Story, until: datetime, *, whole: bool = True) -> None:
        """Each child is seen and heard before it is handed in, or it is said why not."""
        for child in story.file.children:
            self.see(story, child, until, whole)
            self.ask(story, child, until, whole)

    def when(
        self, story: Story, key: str, until: datetime, due: datetime | None, whole: bool
    ) -> tuple[datetime | None, bool]:
        """When it is done, and whether it is only said why not."""
        team, _ = story.file.held(story.started)
        at = self.desk.done(key, team, story.made.started_at, due)
        last = until - timedelta(minutes=45)
        if at is not None and story.started < at < last:
            return at, False
        return (max(last, story.started + timedelta(minutes=1)) if whole and last > story.started else None), True

    def note(
        self, model: type[models.Model], story: Story, child: int, at: datetime, until: datetime, **fields: Any
    ) -> None:
        """A fact about one child, now and then recorded late, and always before it is handed in."""
        known = self.desk.recorded(story.file.held(at)[0], at, story.started)
        known = min(known, until - timedelta(minutes=1)) if known >= until else known
        if at < known < self.desk.now:
            self.writer.add(
                model, assessment=story.made, child_id=child, occurred_at=at, recorded_at=known,
                by_id=self.worker(story.file, at), **fields,
            )  # fmt: skip

    def age(self, child: int, at: datetime) -> int:
        """In years."""
        born = self.born[child]
        day = day_of(at)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else 8

    def see(self, story: Story, child: int, until: datetime, whole: bool) -> None:
        """Seen, mostly alone; or why not."""
        at, never = self.when(story, "assessment.child-seen", until, None, whole)
        if at is None:
            return
        if never and self.chance.random() < 0.35:
            self.note(ChildSeen, story, child, at, until, seen=False, why_not_seen=self.desk.pick(words.NOT_SEEN))
            return
        age, disabled = self.age(child, at), child in self.disabled
        alone = self.chance.random() < (0.25 if age < 3 else 0.62 if disabled else 0.8)
        language, interpreter = words.LANGUAGES[int(self.chance.random() * len(words.LANGUAGES))]
        way: str = Way.OBSERVED if age < 2 else self.desk.pick(_WAYS_DISABLED) if disabled else Way.SPEECH
        speaks = way == Way.SPEECH
        self.note(
            ChildSeen, story, child, at, until, seen=True, alone=alone,
            why_not_alone="" if alone else self.desk.pick(words.NOT_ALONE), seen_by="the allocated social worker", way=way,
            language=language if speaks else "", interpreter=speaks and interpreter,
        )  # fmt: skip

    def ask(self, story: Story, child: int, until: datetime, whole: bool) -> None:
        """The child's own words; or why there are none."""
        at, never = self.when(story, "assessment.childs-views", until, story.due, whole)
        if at is None:
            return
        age, disabled = self.age(child, at), child in self.disabled
        if never:
            why = self.desk.pick(words.NONE_YOUNG if age < 2 else words.NONE_OLDER)
            self.note(ChildsViews, story, child, at, until, why_none=why)
            return
        said = (
            words.WORDS_DISABLED
            if disabled and age > 1
            else next(w for limit, w in words.WORDS if age <= limit or limit == 18)
        )
        tool = self.desk.pick(Tool.values) if disabled or age < 4 else ""
        understood = self.desk.pick(words.UNDERSTOOD) if self.chance.random() < 0.7 else ""
        self.note(ChildsViews, story, child, at, until, words=self.desk.pick(said), understanding=understood, tool=tool)
