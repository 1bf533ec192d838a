"""The copy of an imported file in which every cell that kept its row out is explained."""

from collections.abc import Sequence
from pathlib import Path

from p2kp_desktop.exchange import annotated
from p2kp_desktop.exchange.annotated import Remark
from p2kp_desktop.language import say

from .import_plan import Plan


def annotate(plans: Sequence[Plan], source: Path, target: Path) -> None:
    """Write the copy, always an .xlsx; raise Trouble."""
    remarks = [
        Remark(error.place, error.value, error.question, error.rule, error.remedy, error.code)
        for made in plans for error in made.objections()
    ]
    annotated.annotate(source, target, remarks)


def told(source: Path, copy: Path) -> str:
    """Return in words what was written, and what to do with it."""
    words = say("Tersimpan: {path}. Perbaiki sel berwarna di salinan itu, lalu impor lagi; yang sudah masuk "
                "tidak digandakan.", path=copy)
    if annotated.keeps_looks(source):
        return words
    looks = say("Salinan selalu .xlsx, yang juga dibuka LibreOffice; rumus dan warna aslinya tidak ikut.")
    return f"{words} {looks}"
