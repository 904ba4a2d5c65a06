"""An assessment from the decision to the plan, in a real browser: as the worker, as the manager, and back again."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from goldenthread.cases.models import Child
from goldenthread.core import clock
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.journeys.conftest import Traveller, referred

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PARTS = {
    "Information": "The class teacher told me on 4 March that he comes without lunch on Mondays.",
    "Analysis": "He is hungry once a week because money runs out, not because nobody cares.",
    "Conclusions": "He needs a meal on Mondays, and his mother the benefit that she has not claimed.",
    "Decisions": "We make a plan with his mother, because a food bank alone would not last.",
}


@pytest.fixture
def referral(transactional_db: None, cast: Cast) -> Referral:
    """Asha's, since yesterday, of Juno Aldergate, on which it was decided to assess."""
    child = Child.objects.create(
        given_names="Juno", family_name="Aldergate", date_of_birth=(clock.now() - timedelta(days=2900)).date()
    )
    made = referred(cast, child, ago=timedelta(days=1))
    actions.decide(
        referral=made, what="assessment", reason="Nobody has explained it", occurred_at=clock.now(), by=cast.manager
    )
    return made


def test_from_a_decision_to_a_plan_that_is_reviewed(referral: Referral, cast: Cast, traveller: Traveller) -> None:
    page = traveller.page
    traveller.sign_in(cast.worker)
    traveller.go(referral.get_absolute_url())
    page.get_by_role("link", name="Start an assessment").click()
    traveller.look("01-start")
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("What is it to find out?").fill("Can he go to school fed, and what would that take?")
    page.get_by_label("Who expects what of whom?").fill("The school tells us what it sees; we tell it what follows.")
    page.get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_text("The assessment has begun")).to_be_visible()
    traveller.look("02-begun")

    assessment = Assessment.objects.get()
    for name in ("Information", "Conclusions", "Decisions"):
        page.get_by_role("link", name=f"Write “{name}”").click()
        page.locator("textarea").fill(PARTS[name])
        if name == "Decisions":
            page.get_by_label("A plan for a child in need").check()
            traveller.look("03-decisions")
        page.get_by_role("button", name="Save this part").click()
        expect(page.get_by_text(f"The part “{name}” is saved")).to_be_visible()

    page.get_by_role("link", name="Was the child seen?").click()
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_label("If seen: how did you understand each other?").select_option("speech")
    page.get_by_label("In which language?").fill("English")
    page.locator("[name=alone][value=yes]").check()
    traveller.look("04-seen")
    page.get_by_role("button", name="Record it").click()
    page.get_by_role("link", name="The child’s views").click()
    page.get_by_label("If there are none: why?").fill("Too young")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("age alone is no reason")
    page.get_by_label("If there are none: why?").fill("")
    page.get_by_label("The child's own words").fill("“I save my crisps for Mum. I'm not hungry on Tuesdays.”")
    page.get_by_label("What you understand by them").fill("He looks after his mother")
    traveller.look("05-views")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The child's views are recorded")).to_be_visible()

    page.get_by_role("link", name="Hand it in to be signed off").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_role("alert")).to_contain_text("the part “Analysis” is empty")
    traveller.look("06-refused")
    traveller.go(f"/assessments/{assessment.pk}/part/analysis/")
    page.get_by_text("Information, as it stands").click()
    page.locator("textarea").fill(PARTS["Analysis"])
    traveller.look("07-analysis")
    page.get_by_role("button", name="Save this part").click()
    page.get_by_role("link", name="Hand it in to be signed off").click()
    page.get_by_role("button", name="Hand it in").click()
    expect(page.get_by_text("The assessment is handed in")).to_be_visible()
    traveller.look("08-handed-in")

    traveller.sign_in(cast.manager)
    traveller.go("/assessments/")
    page.get_by_role("link", name="To be signed off").click()
    traveller.look("09-list")
    page.get_by_role("link", name=assessment.reference).click()
    page.get_by_role("button", name="Return it for more work").click()
    page.get_by_label("What is missing?").fill("What speaks against this view? Please say so in the analysis.")
    traveller.look("10-return")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("The assessment is returned")).to_be_visible()

    traveller.sign_in(cast.worker)
    traveller.go(assessment.get_absolute_url())
    traveller.look("11-returned")
    page.get_by_role("link", name="Go on writing “Analysis”").click()
    page.locator("textarea").fill(PARTS["Analysis"] + " Against it speaks that he was hungry once on a Thursday.")
    page.get_by_role("button", name="Save this part").click()
    page.get_by_role("link", name="Hand it in to be signed off").click()
    page.get_by_role("button", name="Hand it in").click()

    traveller.sign_in(cast.manager)
    traveller.go(assessment.get_absolute_url())
    page.get_by_role("button", name="Sign it off").click()
    page.get_by_label("Why do you sign it off?").fill("The facts bear it out, and his own words are answered.")
    traveller.look("12-sign-off")
    page.get_by_role("button", name="Sign it off").click()
    expect(page.get_by_text("The assessment is signed off. Its parts are closed")).to_be_visible()
    traveller.look("13-signed-off")

    traveller.sign_in(cast.worker)
    traveller.go(assessment.get_absolute_url())
    page.get_by_role("button", name="Begin the plan for a child in need").click()
    page.get_by_label("What is to be different for the child?").fill("He eats every day, and does not worry about Mum")
    traveller.look("14-plan")
    page.get_by_role("button", name="Begin the plan").click()
    page.get_by_role("button", name="Add a step").click()
    page.get_by_label("What does the child need?").fill("Food on Mondays")
    page.get_by_label("What will be done?").fill("Breakfast club, three days a week")
    page.get_by_label("Another agency").check()
    page.get_by_label("Name", exact=True).fill("Ms Obi, Elmbridge Primary")
    soon = datetime.now(clock.LONDON) + timedelta(days=14)
    for box, value in (("Day", soon.day), ("Month", soon.month), ("Year", soon.year)):
        page.get_by_label(box, exact=True).fill(str(value))
    page.get_by_label("How will the child know that it has worked?").fill("He is not hungry in maths")
    traveller.look("15-step")
    page.get_by_role("button", name="Add it to the plan").click()
    traveller.look("16-plan-unsigned")
    plan = ChildInNeedPlan.objects.get()
    traveller.sign_in(cast.manager)
    traveller.go(plan.get_absolute_url())
    page.get_by_role("button", name="Sign off the plan").click()
    page.get_by_label("Why do you sign it off?").fill("Each need has an answer, and the school has agreed")
    page.get_by_role("button", name="Sign it off").click()
    page.get_by_role("button", name="Record a review").click()
    page.get_by_label("Who came?").fill("Juno, his mother and Ms Obi")
    page.get_by_label("What has changed for the child?").fill("He has had breakfast twice. Mum has claimed.")
    page.get_by_label("The plan goes on").check()
    page.get_by_label("Why?", exact=True).fill("It has only begun")
    traveller.look("17-review")
    page.get_by_role("button", name="Record the review").click()
    expect(page.get_by_text("The review is recorded")).to_be_visible()
    traveller.look("18-plan-reviewed")
    traveller.go(f"/files/{plan.case_file_id}/")
    traveller.look("19-case-file")
    traveller.go("/assessments/childs-views/")
    traveller.look("20-figures")
    traveller.go("/assessments/tools/")
    traveller.look("21-tools")
