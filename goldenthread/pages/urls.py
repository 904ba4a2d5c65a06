"""Pages that span several rooms."""

from django.urls import path

from goldenthread.pages import trail_views
from goldenthread.pages.accounts import accounts
from goldenthread.pages.case_file import address_add, address_show, case_file
from goldenthread.pages.chronology import chronology_document
from goldenthread.pages.drafting import draft
from goldenthread.pages.drill import drill_down
from goldenthread.pages.figures import figures, requirement
from goldenthread.pages.home import home
from goldenthread.pages.practice import practice
from goldenthread.pages.records import excuse_page, record
from goldenthread.pages.team_board import team_board
from goldenthread.pages.teams import team_work, teams

urlpatterns = [
    path("", home, name="home"),
    path("draft/", draft, name="draft"),
    path("practice/", practice, name="practice"),
    path("teams/", teams, name="teams"),
    path("teams/<slug:team>/", team_board, name="team-board"),
    path("teams/<slug:team>/work/", team_work, name="team-work"),
    path("figures/", figures, name="figures"),
    path("figures/<str:key>/", requirement, name="requirement"),
    path("figures/<str:key>/records/", drill_down, name="drill-down"),
    path("record/<str:subject_type>/<int:pk>/", record, name="record"),
    path("owed/<int:pk>/excuse/", excuse_page, name="excuse"),
    path("files/<int:pk>/", case_file, name="case-file"),
    path("files/<int:pk>/children/<int:child>/address/", address_add, name="address-add"),
    path("files/<int:pk>/children/<int:child>/address/show/", address_show, name="address-show"),
    path("files/<int:pk>/chronology/document/<slug:kind>/", chronology_document, name="chronology-document"),
    path("accounts/", accounts, name="accounts"),
    path("trail/", trail_views.index, name="trail"),
    path("trail/record/<str:subject_type>/<int:pk>/", trail_views.record, name="trail-record"),
    path("trail/officer/<int:pk>/", trail_views.officer_seen, name="trail-officer"),
    path("trail/to-ask-about/", trail_views.snooping, name="trail-snooping"),
    path("trail/accounts/", trail_views.accounts, name="trail-accounts"),
    path("trail/accounts/<int:pk>/", trail_views.account, name="trail-account"),
]
