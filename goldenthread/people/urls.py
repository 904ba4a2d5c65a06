"""Signing in and one's own account."""

from django.urls import path

from goldenthread.people.views import SignIn, SignOut, own_password

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="sign-in"),
    path("sign-out/", SignOut.as_view(), name="sign-out"),
    path("password/", own_password, name="password"),
]
