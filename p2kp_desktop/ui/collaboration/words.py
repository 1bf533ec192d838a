"""Needs, sources and money in the words and cells of the lists of Kolaborasi."""

from p2kp_desktop.actions.community import needs
from p2kp_desktop.actions.community.needs import NeedLine, Sum
from p2kp_desktop.forms.elements import CRITERIA, SOURCES, criterion_number
from p2kp_desktop.language import say
from p2kp_desktop.schema import written
from p2kp_desktop.schema.places import parents
from p2kp_desktop.ui.kit.tablecells import Verdict
from p2kp_desktop.ui.lists.cells import Cell

_SOURCES = {option.code: option.label for option in SOURCES.all}
_CRITERIA = {option.code: option.label for option in CRITERIA.all}


def source_name(code: str) -> str:
    """Return a source of funds in words."""
    return say(_SOURCES.get(code, code)) if code else say("sumber belum disebut")


def short_source(code: str) -> str:
    """Return a source in a word or two, for the head of a column."""
    return {
        "apbn_pupr": say("APBN PUPR"), "apbn_lain": say("APBN lain"), "apbd_provinsi": say("Provinsi"),
        "apbd_kota": say("Kab/Kota"), "dak": say("DAK"), "hibah": say("Hibah"), "non_pemerintah": say("CSR"),
        "masyarakat": say("Swadaya"), "lainnya": say("Lainnya"),
    }[code]


def criterion_name(code: str) -> str:
    """Return a criterion with its number."""
    return say(_CRITERIA.get(code, code)) if code else ""


def need_name(need: NeedLine) -> str:
    """Return a need in a few words: RT, criterion, what."""
    return " · ".join(part for part in (need.rt, f"{criterion_number(need.criterion)} {need.what}".strip()) if part)


def village(code: str) -> str:
    """Return a kelurahan with its kecamatan, for names of kelurahan repeat in the province."""
    names = [place.name for place in parents(code)]
    return ", ".join(reversed(names[-2:])) if code else ""


def funding(need: NeedLine) -> Cell:
    """Return how a need is funded."""
    if need.doubled:
        return Cell(say("Dana ganda"), Verdict.UNFIT)
    if need.may_be_doubled:
        return Cell(say("Mungkin ganda"), Verdict.ASKED)
    if need.is_met:
        return Cell(say("Terpenuhi"), Verdict.FIT)
    if need.standing == needs.FUNDED:
        return Cell(say("Didanai"), Verdict.FIT)
    return Cell(say("Sebagian") if need.standing == needs.PARTLY else say("Belum"), Verdict.OPEN)


def estimated(amount: int | None) -> str:
    """Return an amount, or words for one that nobody typed."""
    return say("belum ditaksir") if amount is None else written.money(amount)


def about(need: NeedLine) -> tuple[str, ...]:
    """Return in sentences what a need lacks and what is promised."""
    promised = " · ".join(of_sum(each) for each in need.sums) or say("belum ada")
    said = [
        f"**{criterion_name(need.criterion)}** · {need.what}, {need.amount_of_work}",
        say("Biaya {cost} · kurang {lack} · dana: {sums}", cost=estimated(need.cost), lack=estimated(need.lack),
            sums=promised),
    ]
    if need.plan:
        said.append(say("**Menurut:** {plan}", plan=need.plan))
    if need.doubled:
        said.append(say("**Dana ganda:** dana yang pasti melebihi biayanya sebesar {amount}.",
                        amount=written.money(need.doubled)))
    if need.may_be_doubled:
        said.append(say("**Mungkin ganda:** lebih dari satu dana yang pasti, dan biayanya belum ditaksir."))
    if need.is_met:
        said.append(say("**Terpenuhi:** pekerjaan yang selesai mencakup seluruh volumenya."))
    return tuple(said)


def of_sum(each: Sum) -> str:
    """Return one sum in words."""
    source = short_source(each.source) if each.source else source_name("")
    told = f"{source} {each.year or ''} {written.money(each.amount)}"
    return told if each.firm else say("{sum} (tawaran)", sum=told)
