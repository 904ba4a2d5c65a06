"""Where the browser is."""

import shutil


def find_chromium() -> str | None:
    """The path of Chromium or Chrome, or None."""
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
