"""Words that mean harm somewhere, put into every text field there is; and what an output must not have become of them.

Fields are found from the models and forms themselves, so that a new one is covered, or fails, without being listed.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.db import models
from lxml import html as markup

MARK = "gtinert"
"""An element and an attribute that no page of ours has: where one appears, words have become markup."""

HOSTILE = {
    "markup": f'<{MARK} onload=alert(1)></title></textarea></script><script>alert("{MARK}")</script><img src=x onerror=alert(1)>',
    "attribute": f"\" {MARK}=1 onmouseover=\"alert(1)\" x='\u2019 ' {MARK}=2 onfocus='alert(1)' autofocus=` &quot;&#34;&lt;",
    "template": "{{ 7|add:35010 }}{% load static %}{% include '/etc/passwd' %}{# gone #} ${7*7} #{7*7} %s {0} %(name)s",
    "sql": "'; DROP TABLE people_officer; -- \" OR 1=1 /* \\' UNION SELECT password FROM people_officer",
    "typst": '#read("/etc/passwd") #eval("1") #panic() #import "@preview/x:1.0.0" *b* _i_ $x$ `r` <l> @ref // gone /* \\',
    "formula =": '=HYPERLINK("http://example.invalid","x")',
    "formula +": "+1+cmd|' /C calc'!A0",
    "formula -": "-1+1",
    "formula @": "@SUM(1)",
    "formula tab": "\t=1+1",
    "formula return": "\r=1+1",
    "header": "x\r\nBcc: all@example.invalid\r\nSet-Cookie: a=b\r\n\r\nbody",
    "bidi": "abc \u202egpj.exe\u202c \u2067 \u2066 \u200f",
    "zero width": "Zo\u200be\u200d\ufeff \u00ad",
    "emoji": "\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
    "names": "\u0174yn O\u2019Brien-\u0141uczy\u0144ska \u0645\u062d\u0645\u062f Nguy\u1ec5n N\u0303un\u0303ez",
    "xml": "]]><!-- --><?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]>&a;",
    "long": "word " * 20_000,
    "long word": "x" * 100_000,
}
"""Kinds of harm. NUL stands apart: no database keeps it, so it is refused."""

NUL = "nul \x00 here"


def text_fields() -> "list[models.Field[Any, Any]]":
    """Every field of our models that holds words, by its own account: no choices, no key to another record."""
    return [
        field
        for model in apps.get_models()
        if model.__module__.startswith("goldenthread")
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField) and not field.choices and not field.primary_key
    ]


def all_forms(of: type[forms.BaseForm] = forms.BaseForm) -> list[type[forms.BaseForm]]:
    """Every form class of the product that has been imported."""
    found = [one for child in of.__subclasses__() for one in (child, *all_forms(child))]
    return sorted({one for one in found if one.__module__.startswith("goldenthread")}, key=repr)


def free_boxes(form: type[forms.BaseForm]) -> Iterator[tuple[str, forms.CharField]]:
    """A form's boxes that take whatever is typed."""
    for name, box in getattr(form, "base_fields", {}).items():
        if isinstance(box, forms.CharField):
            yield name, box


def same(before: str, after: str) -> bool:
    """Whether words came back, but for how accents are composed, line ends, and spaces around them."""

    def plain(words: str) -> str:
        return unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")).strip()

    return plain(before) == plain(after)


_OURS = re.compile(r"/static/[\w./-]+")


def faults_of_page(page: str, *, sheet: str | None = None) -> list[str]:
    """What on a page is code where there should be words only: it names each. A file that people keep may hold `sheet`,
    its own style sheet."""
    said = [f"the template was worked out: {sum_}" for sum_ in ("35017",) if sum_ in page]
    for element in markup.document_fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.lower()
        if tag == "style" and sheet is not None and element.text_content().strip() == sheet.strip():
            continue
        if tag in {MARK, "style", "iframe", "object", "embed", "base"}:
            said.append(f"an element <{tag}>")
        if tag == "script" and ((element.text or "").strip() or not _OURS.fullmatch(element.get("src", ""))):
            said.append(f"a script that is not a file of ours: {element.get('src')}")
        for name, value in element.attrib.items():
            if name.lower().startswith("on") or name.lower() in {"style", MARK, "srcdoc", "autofocus"}:
                said.append(f"{name}={str(value)[:40]!r} on <{tag}>")
            if re.match(
                r"\s*(javascript|vbscript|data(?!:image/(?:png|svg))):", str(value), re.IGNORECASE
            ) and name in {
                "href",
                "action",
                "src",
            }:
                said.append(f"{name}={str(value)[:40]!r} on <{tag}>")
    return said


POLICY = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def faults_of_headers(headers: dict[str, str]) -> list[str]:
    """Which protections an answer came without."""
    said = [f"{name} is {headers.get(name)}" for name, wanted in POLICY.items() if headers.get(name) != wanted]
    policy = {
        part.split()[0]: part.split()[1:]
        for part in headers.get("Content-Security-Policy", "").split(";")
        if part.split()
    }
    if (
        policy.get("object-src") != ["'none'"]
        or policy.get("default-src") != ["'none'"]
        or policy.get("frame-ancestors") != ["'none'"]
    ):
        said.append(f"Content-Security-Policy is {policy}")
    if policy.get("script-src") != ["'self'"] or policy.get("style-src") != ["'self'"]:
        said.append(f"scripts and styles from {policy.get('script-src')}, {policy.get('style-src')}")
    if policy.get("base-uri") != ["'none'"] or policy.get("form-action") != ["'self'"]:
        said.append(f"base and forms to {policy.get('base-uri')}, {policy.get('form-action')}")
    return said
