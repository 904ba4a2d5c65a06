"""The content tree as JSON, and back: how a published report keeps its content, and a format of its own."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

from goldenthread.reports.tree import BLOCKS, Cell, Column, Content, Document, Evidence, Note, Table, clean


def as_data(document: Document) -> dict[str, Any]:
    """The tree as plain data: dictionaries, lists, text and numbers. Each block names its kind."""
    document = clean(document)
    return {
        "title": document.title,
        "subtitle": document.subtitle,
        "as_at": document.as_at.isoformat(),
        "authority": document.authority,
        "language": document.language,
        "blocks": [_data(block) for block in document.blocks],
    }


def _data(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_data(item) for item in value]
    if value is None or isinstance(value, str | int | float):
        return value
    named = {f.name: _data(getattr(value, f.name)) for f in fields(value)}
    return {"kind": type(value).__name__, **named}


def from_data(data: dict[str, Any]) -> Document:
    """The tree that `as_data` wrote. Raises KeyError or TypeError for anything else."""
    return Document(
        title=data["title"],
        subtitle=data["subtitle"],
        as_at=date.fromisoformat(data["as_at"]),
        authority=data["authority"],
        language=data["language"],
        blocks=tuple(_block(block) for block in data["blocks"]),
    )


def _block(data: dict[str, Any]) -> Any:
    named = {name: value for name, value in data.items() if name != "kind"}
    kind = BLOCKS[data["kind"]]
    if kind is Table:
        return Table(
            caption=named["caption"],
            columns=tuple(Column(**_without_kind(column)) for column in named["columns"]),
            groups=tuple(tuple(tuple(_cell(cell) for cell in row) for row in group) for group in named["groups"]),
        )
    return kind(**{name: _tuples(value) for name, value in named.items()})


def _cell(data: dict[str, Any]) -> Cell:
    return Cell(**{**_without_kind(data), "content": tuple(_content(item) for item in data["content"])})


def _content(data: Any) -> Content:
    if isinstance(data, str):
        return data
    return Evidence(**_without_kind(data)) if data["kind"] == "Evidence" else Note(**_without_kind(data))


def _without_kind(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "kind"}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def render(document: Document) -> bytes:
    """The document as a JSON file."""
    return json.dumps(as_data(document), ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


def from_text(text: str) -> Document:
    """The tree of a JSON file that `render` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    return from_data(json.loads(text))
