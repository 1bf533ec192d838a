"""Pictures of everything that can be printed, on both papers, grey as an office prints: build/shots/kertas.

    python3 packaging/make.py shots kertas [WORD ...]     only prints whose name holds a word; «salinan» as copied

Six pages stand on one picture. Blank forms, then all prints and reports of a practice village; `salinan` sends each
page through a poor copier first, so that one sees what is lost.
"""

import io
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageFilter

from p2kp_desktop import environment, language
from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.forms import FORMS
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import catalogue, making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.printing.pages.paper import SHEETS
from p2kp_desktop.printing.pages.registry import Needs
from p2kp_desktop.printing.pages.viewing import Pages
from p2kp_desktop.reports import catalogue as reports
from p2kp_desktop.store import Workspace, open_workspace, views
from steps import ROOT

OUT = ROOT / "build" / "shots" / "kertas"
COPIED = "salinan"
ACROSS, DOWN, GAP = 3, 2, 6
DPI, COPIER = 75, 150
DARK, LIGHT = 30, 184  # of 255: what a poor copier makes black and white


def prints(workspace: Workspace) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the name of everything that can be printed, and the records it is printed of."""
    yield from ((f"blank:{form.key}", ()) for form in FORMS if form.by_hand)
    for name, each in catalogue.printables().items():
        if each.needs is Needs.RECORD and each.forms:
            yield name, _records(workspace, each.forms[0])[:1]
        elif name == "record":
            yield from ((f"record:{form.key}", found[:1]) for form in FORMS if (found := _records(workspace, form.key)))
        elif each.needs is not Needs.FORM:
            yield name, ()
    yield from ((f"{catalogue.REPORT}:{name}", ()) for name in reports.reports())


def _records(workspace: Workspace, form: str) -> tuple[str, ...]:
    found = next(each for each in FORMS if each.key == form)
    with workspace.asking() as connection:
        return tuple(each.id for each in views.found(connection, found)) if found.by_hand else ()


def pictures(pdf: bytes, *, copied: bool) -> Iterator[Image.Image]:
    """Yield the pages of a PDF in grey, or as a poor copier copies them."""
    pages = Pages(pdf)
    for number in range(len(pages)):
        page = Image.open(io.BytesIO(pages.picture(number, COPIER if copied else DPI))).convert("L")
        if copied:
            page = page.filter(ImageFilter.GaussianBlur(0.7)).point(
                lambda grey: max(0, min(255, (grey - DARK) * 255 // (LIGHT - DARK))))
        yield page


def sheets(pages: Sequence[Image.Image]) -> Iterator[Image.Image]:
    """Yield pictures with several pages each."""
    wide, high = max(each.width for each in pages) + GAP, max(each.height for each in pages) + GAP
    for start in range(0, len(pages), ACROSS * DOWN):
        some = pages[start:start + ACROSS * DOWN]
        sheet = Image.new("L", (wide * min(ACROSS, len(some)), high * -(-len(some) // ACROSS)), 120)
        for place, page in enumerate(some):
            sheet.paste(page, (place % ACROSS * wide, place // ACROSS * high))
        yield sheet


def main(words: Sequence[str]) -> int:
    """Take the pictures that are asked for; the exit code counts prints that could not be made."""
    copied = COPIED in words
    wanted = [word for word in words if word != COPIED]
    language.use(language.SOURCE, environment.resources() / "language")
    OUT.mkdir(parents=True, exist_ok=True)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="p2kp-kertas-") as folder:
        file = first_start.begin_practice("Rina", Path(folder))
        file.close()
        with open_workspace(file.name) as workspace:
            for name, records in prints(workspace):
                if wanted and not any(word in name for word in wanted):
                    continue
                try:
                    for sheet in SHEETS.values():
                        pdf = making.make(workspace, name, Asked(records=records, sheet=sheet)).pdf
                        for number, picture in enumerate(sheets([*pictures(pdf, copied=copied)]), start=1):
                            picture.save(OUT / f"{name.replace(':', '-')}.{sheet.name}.{number}.png")
                except Trouble as trouble:
                    failed += 1
                    print(f"{name}: {trouble}")
    print(f"{len([*OUT.glob('*.png')])} pictures in {OUT}")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
