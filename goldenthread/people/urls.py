"""Signing in, one's own account, and the administrator's pages of an account."""

from django.urls import path

from goldenthread.people import account_views, entry_views, own_views, proof_views
from goldenthread.people.views import SignIn, SignOut, own_password, second_step

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-in/passkey/", entry_views.with_passkey, name="sign-in-passkey"),
    path("sign-in/with/", entry_views.with_provider, name="sign-in-with"),
    path("sign-in/with/return/", entry_views.back_from_provider, name="sign-in-with-return"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("password/", own_password, name="password"),
    path("account/", own_views.own_account, name="own-account"),
    path("account/home/", own_views.own_home, name="own-home"),
    path("account/sessions/end/", own_views.own_session_end, name="own-session-end"),
    path("second-factor/", second_step, name="second-factor"),
    path("second-factor/set-up/", proof_views.set_up, name="second-factor-set-up"),
    path("second-factor/passkey/", proof_views.add_passkey, name="passkey-add"),
    path("second-factor/again/", proof_views.prove_again, name="step-up"),
    path("accounts/open/", account_views.open_account, name="account-open"),
    path("accounts/review/", account_views.review_access, name="access-review"),
    path("accounts/<int:number>/review/", account_views.review_account, name="account-review"),
    path("accounts/<int:number>/", account_views.account, name="account"),
    path("accounts/<int:number>/change/", account_views.change_account, name="account-change"),
    path("accounts/<int:number>/home/", account_views.home_address, name="account-home"),
    path("accounts/<int:number>/home/forget/", account_views.forget_home, name="account-home-forget"),
    path("accounts/<int:number>/close/", account_views.close_account, name="account-close"),
    path("accounts/<int:number>/reopen/", account_views.reopen_account, name="account-reopen"),
    path("accounts/<int:number>/new-password/", account_views.give_new_password, name="account-new-password"),
    path(
        "accounts/<int:number>/reset-second-factor/",
        account_views.reset_second_factor,
        name="account-reset-second-factor",
    ),
]
