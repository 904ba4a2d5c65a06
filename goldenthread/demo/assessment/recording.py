"""What is recorded of visits, calls and meetings, and how soon after they happened (2.3)."""

from datetime import datetime, timedelta

from goldenthread.demo.arrivals import File, Weighted
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.standards.assessment.recording.choices import FACE_TO_FACE, VISITS
from goldenthread.standards.assessment.recording.models import CaseRecord, ChildInRecord

MOST = 6
"""As many contacts are recorded on one file at most, so that a large council is loaded quickly."""
_KINDS = Weighted(
    {"home-visit": 38, "phone": 26, "meeting": 12, "school-visit": 9, "letter": 7, "office-visit": 5, "supervision": 3}
)
_SEEN = Weighted({"alone": 45, "seen": 40, "not-seen": 15})
_WHERE = {"home-visit": "At home", "school-visit": "At school, in the library", "office-visit": "In the family room"}
_FACTS = {
    "visit": (
        "The door was answered at once. There was food in the kitchen and a bed for each child. Asked how school was, the answer was “loud”",
        "The television was on all the time. The mother said that the night had been bad again, and cried. The bruise of last week has faded",
        "Drew a house with four people in it and named each. Said “I like it when Nan is here” and would say no more about the weekend",
        "Nobody opened at first. The father came home after ten minutes and let me in. The bedroom window has been mended",
    ),
    "phone": (
        "The school says: in every day this week but Tuesday, tired, and has a coat now",
        "The health visitor has seen the baby: weight is up by 200 grams, and the mother asked for help with sleep",
        "The grandmother phoned: the children were with her from Friday to Sunday, and went home with their uncle",
    ),
    "meeting": (
        "School, school nurse and both parents were there. The parents said that mornings are the hardest. The nurse offered the breakfast club",
        "The housing officer said that the repair is booked for next week. The mother showed the letter",
    ),
    "letter": ("The surgery writes that two appointments were missed and a third was kept",),
    "supervision": ("We went through the plan. My manager asked when the father was last seen, and I could not say",),
}  # fmt: skip
_VIEW = (
    "The home is warmer than in the autumn and the children are less watchful. What happens at night I do not know",
    "The mother is trying hard and is tired. Without the grandmother the week would not hold together",
    "I am not sure that I was told everything: two accounts of the weekend do not fit",
    "Better than last time in each of the points of the plan. I have seen it twice now",
)
_NEXT = (
    "I visit again in a fortnight, unannounced, and ask the school meanwhile",
    "The mother rings the surgery today; I check with them on Friday",
    "My manager is told today. I see the children at school this week",
)


def practise(desk: AssessmentDesk) -> None:
    """Some contacts on every file, more on those that stay open."""
    for file in desk.files:
        until = min(file.closed_at or desk.now, desk.now)
        days = (until - file.opened_at).days
        wanted = min(MOST, 1 + days // 30)
        for number in range(wanted):
            at = file.opened_at + (until - file.opened_at) * ((number + 0.2 + 0.6 * desk.chance.random()) / wanted)
            at = desk.diary.in_office_hours(at, desk.chance).replace(second=0, microsecond=0)
            if file.opened_at <= at < until:
                _contact(desk, file, at, _KINDS.draw(desk.chance))


def _contact(desk: AssessmentDesk, file: File, at: datetime, kind: str) -> None:
    team, _ = file.held(at)
    made = desk.done("assessment.record-made", team, at)
    if made is None:
        return
    seen = {child: _SEEN.draw(desk.chance) if kind in FACE_TO_FACE else "not-seen" for child in file.children}
    write_contact(desk, file, at, made, kind, seen)


def write_contact(
    desk: AssessmentDesk, file: File, at: datetime, made: datetime, kind: str, seen: dict[int, str]
) -> CaseRecord | None:
    """One case record, unless it lies ahead. made: when it was recorded."""
    made = max(made, at + timedelta(minutes=5))
    if made >= desk.now:
        return None
    team, worker = file.held(at)
    by = worker or desk.worker(team).pk
    whole = kind in VISITS or kind == "meeting"
    record = desk.writer.add(
        CaseRecord,
        case_file_id=file.pk,
        kind=kind,
        made_by_id=by,
        by_id=by,
        where=_WHERE.get(kind, "At home") if kind in VISITS else "",
        facts=desk.pick(_FACTS["visit" if kind in VISITS else kind]),
        view=desk.pick(_VIEW) if whole else "",
        next_steps=desk.pick(_NEXT) if whole else "",
        in_confidence=desk.chance.random() < 0.04,
        occurred_at=at,
        recorded_at=made,
    )
    for child, answer in seen.items():
        desk.writer.add(ChildInRecord, record=record, child_id=child, seen=answer)
    return record
