"""The room's pages."""

from django.urls import path

from goldenthread.standards.referrals.deeds import DEEDS
from goldenthread.standards.referrals.views import lists, mending, record, taking, totals

urlpatterns = [
    path("referrals/", lists.referrals, name="referrals"),
    path("referrals/search/", lists.search, name="referral-search"),
    path("referrals/new/", taking.new, name="referral-new"),
    path("referrals/begun/", taking.drafts, name="referral-drafts"),
    path("referrals/new/<uuid:uid>/check/", taking.check, name="referral-check"),
    path("referrals/new/<uuid:uid>/discard/", taking.discard, name="referral-discard"),
    path("referrals/new/<uuid:uid>/<slug:key>/", taking.step, name="referral-step"),
    path("referrals/unmet-need/", totals.unmet_need, name="unmet-need"),
    path("referrals/unmet-need/sent/", totals.report_sent, name="unmet-need-sent"),
    path("referrals/unmet-need/start/", totals.report_start, name="unmet-need-start"),
    path("referrals/written/", totals.written, name="written-referrals"),
    path("referrals/chasers/", totals.chasers, name="referral-chasers"),
    path("referrals/<int:pk>/", record.show, name="referral"),
    path("referrals/<int:pk>/amend/", mending.amend, name="referral-amend"),
    path("referrals/<int:pk>/correct/<slug:kind>/<int:target>/", mending.correct_fact, name="referral-correct"),
    path("referrals/<int:pk>/unmet/<int:target>/", record.unmet, name="referral-unmet"),
    *(
        path(
            f"referrals/<int:pk>/{deed.key}/" + ("<int:target>/" if deed.target else ""),
            record.deed_view(deed.key),
            name=deed.url_name,
        )
        for deed in DEEDS
    ),
]
