"""Signing in, one's own account, and the administrator's pages about everyone's."""

from django.urls import path

from goldenthread.people import account_views
from goldenthread.people.views import SignIn, SignOut, own_password, step_up

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("password/", own_password, name="password"),
    path("confirm/", step_up, name="step-up"),
    path("accounts/open/", account_views.open_account, name="account-open"),
    path("accounts/<int:pk>/", account_views.account, name="account"),
    path("accounts/<int:pk>/change/", account_views.change_account, name="account-change"),
    path("accounts/<int:pk>/close/", account_views.close_account, name="account-close"),
    path("accounts/<int:pk>/reopen/", account_views.reopen_account, name="account-reopen"),
    path("accounts/<int:pk>/password/", account_views.issue_password, name="account-password"),
]
