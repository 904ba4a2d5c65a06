"""Plans made up by hypothesis: believable ones, whose cells can be told apart by their words, and wild ones."""

from datetime import date

from hypothesis import strategies as st

from goldenthread.exchange.pairing import Row, pair, settle
from goldenthread.plan.content import PlanContent, RecommendationContent, StandardContent, Words

TITLES = (
    "To make sure that every contact is answered on the day it is received",
    "Chronologies will be kept up to date on the file of every child",
    "Improve the quality of supervision for newly qualified staff",
    "To establish a system for tracking the health assessments of looked after children",
    "Children's wishes and feelings are recorded at every visit",
    "Strengthen management oversight of cases that are stepped down to early help",
    "To reduce the number of assessments that take longer than 45 working days",
)
ACTIONS = (
    "Review the duty rota and publish it each month.",
    "Produce practice guidance on recording",
    "Include the standard in the induction programme",
    "Audit twenty files in each team and share what is learned.",
    "Set up a weekly meeting to look at cases without a plan",
    "Agree a protocol with the hospital trust",
    "All team managers to check files before closure",
    "Commission an independent review of thresholds",
)
LEADS = (
    "Amina Yusuf, Head of Service",
    "All Team Managers",
    "Joan Field and Peter Marsh, Group Managers",
    "Principal Social Worker",
    "Director of Children's Services",
    "Service Manager, Looked After Children",
    "Workforce Development Team",
    "Ann Lowe, Quality Assurance Manager",
)
TIMES = (
    "End Oct 25",
    "31 March 2026",
    "Q2 2025/26",
    "September 2025",
    "by 1st May 2026",
    "30/06/2026",
    "From Jan 26",
    "Dec 2025",
    "Spring 2026",
)
PROGRESS = (
    "Guidance was published in June and sent to all staff.",
    "File audit shows that recording has improved in four of six teams.",
    "The protocol has been agreed and is in place.",
    "Induction programme updated; twelve new starters attended.",
    "Audit completed and findings shared with managers",
)
NEXT = (
    "Service Manager to report the findings to the board",
    "To be repeated in the new year",
    "Continue to monitor through supervision",
    "Review the impact after six months",
    "Head of Service to confirm arrangements with the trust",
)
UNICODE_LINE = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40)
WILD_LINE = st.one_of(
    UNICODE_LINE, st.sampled_from((*TITLES, *LEADS, *TIMES, "=1+1", "=cmd|'/c calc'!A1", "+44", "-2", "@SUM(A1)", "1.1", "As above", "Ongoing"))
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip


def words(texts: list[str]) -> list[Words]:
    return [Words(text) for text in texts]


@st.composite
def believable(draw: st.DrawFn) -> PlanContent:
    """A plan of the usual shape: as many leads and timescales as actions."""
    content = PlanContent("Improvement plan", date(2025, 10, 31))
    content.front = words(["Tuesday, 4th November, 2025", "Improvement plan - Progress as at 31 October 2025"])
    for number in range(1, draw(st.integers(1, 3)) + 1):
        standard = StandardContent(
            number, Words(draw(st.sampled_from(("Referrals", "Assessment and planning", "Care"))))
        )
        for place in range(1, draw(st.integers(1, 5)) + 1):
            rec = RecommendationContent(f"{number}.{place}", Words(draw(st.sampled_from(TITLES))))
            count = draw(st.integers(1, 4))

            def some(bank: tuple[str, ...], least: int, most: int) -> list[Words]:
                return words(draw(st.lists(st.sampled_from(bank), min_size=least, max_size=most)))

            leads = some(LEADS, count, count)
            times = some(TIMES, count, count) if draw(st.integers(0, 9)) else []
            pair(rec, [Row(some(ACTIONS, count, count), leads, times)])
            rec.progress = some(PROGRESS, count, count)
            rec.next_steps = some(NEXT, 0, 2)
            standard.recommendations.append(rec)
        content.standards.append(standard)
    settle(content)
    return content


@st.composite
def wild(draw: st.DrawFn) -> PlanContent:
    """A plan that pairs anyhow and says anything."""
    content = PlanContent("Wild plan", draw(st.dates(date(2001, 1, 1), date(2060, 1, 1))))
    lines = st.lists(WILD_LINE, max_size=3).map(words)
    for number in sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=3))):
        title = draw(
            WILD_LINE.filter(lambda text: any(c.isalnum() for c in text)).map(
                lambda text: f"The {text}".rstrip(" -–—:")
            )
        )
        standard = StandardContent(number, Words(title))
        for place in sorted(draw(st.sets(st.integers(1, 40), min_size=1, max_size=4))):
            rec = RecommendationContent(f"{number}.{place}", Words(draw(WILD_LINE)))
            for _ in range(draw(st.integers(0, 3))):
                row = Row([Words(draw(WILD_LINE))], draw(lines), words(draw(st.lists(WILD_LINE, max_size=1))))
                pair(rec, [row])
            rec.leads, held = draw(lines), RecommendationContent("", Words(""))
            pair(held, [Row(timescales=draw(lines))])
            rec.timescales = held.timescales
            rec.progress, rec.next_steps, rec.monitoring, rec.rating = (
                draw(lines),
                draw(lines),
                draw(lines),
                draw(lines),
            )
            rec.criterion = draw(st.none() | WILD_LINE.map(Words))
            standard.recommendations.append(rec)
        content.standards.append(standard)
    settle(content)
    return content
