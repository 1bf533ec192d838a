"""What is made of several reports: score sheets, recaps, the SK annex, the mayor's page, the profile."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.home.board import board
from p2kp_desktop.actions.scores import explanations
from p2kp_desktop.language import Trouble
from p2kp_desktop.printing import making
from p2kp_desktop.printing.figures import charts, problems, tables
from p2kp_desktop.printing.pages import offices
from p2kp_desktop.printing.pages.document import Asked, Document
from p2kp_desktop.printing.pages.offices import Office, Signatory
from p2kp_desktop.printing.pages.paper import A4, F4
from p2kp_desktop.reports import catalogue, dashboard, saving
from p2kp_desktop.schema import written
from p2kp_desktop.schema.chart import Chart, Point, Series, Shape
from p2kp_desktop.schema.table import Scope, Subject
from p2kp_desktop.schema.table_words import source_lines

from .pdf_text import outside, pages_of, plain

NAMES = ("rt_sheet", "recap", "dashboard", "progress", "sk_annex", "mayor", "profile")


def made(workspace, name, sheet=A4, **scope):
    return making.make(workspace, name, Asked(Scope(**scope), sheet=sheet)).pdf


@pytest.mark.parametrize("sheet", [A4, F4], ids=lambda sheet: sheet.name)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_outside_the_page_and_each_says_how_sure_it_is(village, name, sheet):
    pdf = made(village, name, sheet)
    pages = [page for page in pages_of(pdf) if page]  # a sheet that begins on the front leaves a back empty
    assert outside(pdf) == []
    for number, page in enumerate(pages, start=1):
        of = "" if name == "rt_sheet" else f"Halaman {number} dari {len(pages)}"
        assert of in page
        assert re.search(r"Halaman \d+ dari \d+", page)
        assert "konflik terbuka" in page
        assert "belum diverifikasi" in page
        assert re.search(r"sidik [0-9a-f]{8}", page)
        assert "LATIHAN" in page


def test_a_score_sheet_has_the_figures_and_reasons_of_its_explanation(village):
    scope = saving.understood(village, Scope(rt="001/005"))
    [told] = explanations.explanations(village, area=scope.area, rt=scope.rt, period=scope.period)
    text = plain("".join(pages_of(made(village, "rt_sheet", rt="001/005"))))
    assert plain(told.title) in text
    for each in told.criteria:
        assert plain(each.criterion.name) in text
        assert plain(f"{written.number(each.percent)} %") in text
    for reason in told.reasons:
        assert plain(reason) in text
    for each in told.criteria:
        if each.score:
            assert plain(each.words) in text


def test_a_preview_needs_the_sheet_of_one_rt_only(village):
    first = making.make(village, "rt_sheet", Asked(preview=True))
    assert "Lembar nilai RT 001 / RW 05" in "".join(pages_of(first.pdf))
    assert first.document.parts == ()


def test_a_score_sheet_names_no_household(village):
    text = "".join(pages_of(made(village, "rt_sheet")))
    names = [line.cause.named for line in catalogue.make(village, "causes", Scope()).lines
             if line.cause.form == "household"]
    assert names
    assert [name for name in names if name in text] == []


def test_each_rt_has_a_sheet_of_its_own_that_says_how_sure_its_own_figures_are(village):
    pages = pages_of(made(village, "rt_sheet"))
    scope = saving.understood(village, Scope())
    found = explanations.explanations(village, area=scope.area, period=scope.period)
    for told in found:
        [first] = [page for page in pages if plain(told.title) in plain(page)]
        assert "Halaman 1 dari" in first
        source = saving.source_of(village, replace(scope, rt=told.rt.rt))
        assert plain(source_lines(source)[1]) in plain(first)


def test_the_annex_has_the_columns_of_the_law_the_rts_and_the_signature(village):
    offices.keep(village, Office(signatories=(Signatory("Wali Kota Palembang", "H. Contoh", "19600101"),)))
    try:
        pages = pages_of(made(village, "sk_annex", F4))
    finally:
        offices.keep(village, Office())
    text = plain("".join(pages))
    for title in ("Nama lokasi", "Luas (ha)", "Lingkup administratif", "Koordinat", "Kondisi kumuh", "Status lahan",
                  "Prioritas penanganan", "Kewenangan", "Lampiran Keputusan Wali Kota Palembang",
                  "Jumlah menurut kecamatan", "H. Contoh", "NIP 19600101"):
        assert plain(title) in text
    table = catalogue.make(village, "sk", Scope())
    for line in table.lines:
        for _region, rt in line.places:
            assert plain(rt.replace("/005", " / RW 05")) in text
    assert "Peta sebaran" in pages[-1]


def test_the_page_for_the_mayor_is_one_page_with_three_rings_and_what_is_to_be_decided(village):
    for sheet in (A4, F4):
        [page] = pages_of(made(village, "mayor", sheet))
        for words in ("Air minum aman (3a)", "Luas kumuh", "Jamban (5a)", "Hektare menurut SK", "Dana menurut sumber",
                      "Keputusan yang diminta"):
            assert words in page
        assert page.count("Setuju") == 3


def test_a_recap_has_the_figures_of_the_dashboard(village):
    text = plain("".join(pages_of(made(village, "recap"))))
    scope = saving.understood(village, Scope())
    for chart in (dashboard.levels, dashboard.review, dashboard.worst):
        for point in chart(board(village, scope.area, scope.period)).points:
            assert plain(point.label) in text
            assert plain(point.shown) in text


@pytest.mark.parametrize(("area", "title"), [("16.71.02", "Daftar kelurahan"), ("16.71", "Daftar kecamatan"),
                                             ("16", "Daftar kabupaten/kota")])
def test_every_level_has_a_recap(village, area, title):
    assert plain(title) in plain("".join(pages_of(made(village, "recap", area=area))))


def test_a_profile_has_contents_with_its_chapters_and_a_page_for_each_rt(village):
    pages = pages_of(made(village, "profile"))
    assert 18 <= len(pages) <= 40
    for chapter in ("Ringkasan", "Peta", "Tujuh indikator kekumuhan", "Masalah, analisis, dan usulan",
                    "Kelembagaan masyarakat", "Sumber dan cara hitung"):
        assert chapter in pages[1]
        assert any(chapter in page for page in pages[2:])
    assert "Matriks masalah" in "".join(pages[2:])


def test_the_matrix_of_problems_names_the_needs_of_each_criterion(village):
    scope = saving.understood(village, Scope())
    wanted = needs.lines(village, scope.area)
    found = problems.problems(explanations.explain(village, Subject(scope)).explanation,
                              explanations.explanations(village, area=scope.area, period=scope.period), wanted)
    named = {need.id for line in found for need in line.needs}
    scored = {line.told.criterion.option for line in found}
    assert named == {need.id for need in wanted if need.criterion in scored} != set()
    table = problems.matrix(found)
    assert table.sums["cost"] == sum(need.cost or 0 for need in wanted if need.criterion in scored)


def test_a_profile_of_a_wider_area_is_refused_with_what_to_do(village):
    with pytest.raises(Trouble) as refused:
        made(village, "profile", area="16.71")
    assert refused.value.code == "N31"


def test_a_chart_keeps_its_figures_and_its_lines_what_was_wanted(village):
    scope = saving.understood(village, Scope())
    found = dashboard.path(board(village, scope.area, scope.period))
    drawn = charts.drawn(found)
    assert found.shape is Shape.LINES
    assert [each["name"] for each in drawn["series"]] == [each.name for each in found.series]
    assert [point["value"] for point in drawn["series"][0]["points"]] == [
        None if each.value is None else float(each.value) for each in found.series[0].points]
    assert drawn["series"][0]["wanted"] == [None if each is None else float(each) for each in found.series[0].wanted]


def test_an_empty_workspace_gives_pages_that_say_so(workspace):
    for name in ("recap", "progress", "sk_annex", "mayor", "profile"):
        assert outside(made(workspace, name)) == []
    assert "Belum ada" in "".join(pages_of(made(workspace, "mayor")))


def test_a_long_name_and_place_in_the_foot_are_not_cut(village):
    table = catalogue.make(village, "rt", Scope())
    long = replace(table.source, person="Raden Ayu Nyimas Siti Fatimah binti Kiagus Muhammad " * 3,
                   workspace="Tim fasilitator kelurahan Tiga-puluh-enam Ilir, Kecamatan Gandus " * 2)
    pdf = making.set_out(village, "rt", Asked(), tables.of_table(replace(table, source=long))).pdf
    assert outside(pdf) == []
    [page] = pages_of(pdf)
    assert plain(long.person) in plain(page)
    assert "belum diverifikasi" in page


def test_marks_of_what_was_wanted_stand_on_the_bars_of_a_chart():
    chart = Chart("c", "Air", Shape.BARS, (Series((Point("A", Fraction(1, 2), "50 %"),), aim=Fraction(1),
                                                  wanted=(Fraction(3, 4),)),), whole=Fraction(1))
    drawn = charts.drawn(chart)
    assert (drawn["series"][0]["aim"], drawn["series"][0]["wanted"]) == (1.0, [0.75])
    document = Document("Judul", "pages", {"blocks": [drawn]})
    [page] = pages_of(making.set_out(None, "x", Asked(), document).pdf)
    assert "50 %" in page
