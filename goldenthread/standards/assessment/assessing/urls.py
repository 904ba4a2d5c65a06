"""The alcove's pages."""

from django.urls import path

from goldenthread.standards.assessment.assessing.views import figures, hearing, plans, record, writing

urlpatterns = [
    path("files/<int:pk>/assessment/", record.start_on_file, name="file-assessment"),
    path("referrals/<int:pk>/assessment/", record.start_on_referral, name="referral-assessment"),
    path("assessments/", record.assessments, name="assessments"),
    path("assessments/childs-views/", figures.childs_views, name="childs-views"),
    path("assessments/tools/", hearing.tools, name="views-tools"),
    path("assessments/<int:pk>/", record.assessment, name="assessment"),
    path("assessments/<int:pk>/disabled/", record.who_is_disabled, name="assessment-disabled"),
    path("assessments/<int:pk>/part/<slug:part>/", writing.write, name="assessment-write"),
    path("assessments/<int:pk>/seen/<int:child>/", hearing.seen, name="assessment-seen"),
    path("assessments/<int:pk>/views/<int:child>/", hearing.views, name="assessment-views"),
    path("assessments/<int:pk>/correct/<slug:kind>/<int:target>/", hearing.correct_heard, name="assessment-correct"),
    path("assessments/<int:pk>/hand-in/", writing.finish, name="assessment-hand-in"),
    path("assessments/<int:pk>/sign-off/", writing.sign, name="assessment-sign-off"),
    path("assessments/<int:pk>/return/", writing.send_back, name="assessment-return"),
    path("assessments/<int:pk>/reopen/", writing.open_again, name="assessment-reopen"),
    path("assessments/<int:pk>/plan/", plans.make, name="assessment-plan"),
    path("plans-in-need/<int:pk>/", plans.plan, name="needplan"),
    path("plans-in-need/<int:pk>/step/", plans.step, name="needplan-step"),
    path("plans-in-need/<int:pk>/step/<int:target>/", hearing.correct_step, name="needplan-step-change"),
    path("plans-in-need/<int:pk>/sign-off/", plans.sign, name="needplan-sign-off"),
    path("plans-in-need/<int:pk>/review/", plans.review, name="needplan-review"),
]
