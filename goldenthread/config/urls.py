"""Every URL. Each room lists its own; each name stands once in the access table."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
