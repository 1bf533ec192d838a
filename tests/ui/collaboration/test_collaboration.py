"""Kolaborasi with keys alone: a need from a score, a commitment, an activity, progress to 100 %, the score after."""

from fractions import Fraction

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.collaboration import Commitment, Need, Stakeholder
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.forms.target import Target
from p2kp_desktop.reports.funding import village
from p2kp_desktop.ui.collaboration.place import TABS
from p2kp_desktop.ui.place import Destination, Scope
from tests.conftest import KELURAHAN
from tests.examples import RT
from tests.ui.need_journey import CTRL, Key, from_score_to_score, go, place, recap, workspace
from tests.ui.pictures import a_photo
from tests.ui.windows import AREAS, Running, key_in, press


@pytest.fixture
def running(qtbot, tmp_path):
    path = tmp_path / "lorok.p2kp"
    workspaces.init(path, role="facilitator", name="Rina Marlina", regions=[KELURAHAN]).close()
    made = Running(qtbot, path)
    yield made
    made.close()


@pytest.fixture
def scored(running):
    recap(running, running.window.scope.period)
    go(running, "needs")
    return running


def test_a_need_from_a_score_is_funded_built_and_scored_again(scored):
    from_score_to_score(scored)


def test_taking_from_scores_is_undone_with_control_z(scored):
    press(scored, "a")
    press(scored, Key.Key_Z, modifier=CTRL)
    assert place(scored).needs.list.model.lines == ()
    assert "2 kebutuhan dibatalkan" in place(scored).needs.told.text()


def test_an_offer_that_fits_is_given_to_the_need_and_years_turn(scored):
    press(scored, "a")
    recording.record(workspace(scored), Commitment, {
        "who": "PT Bukit Asam", "what": "CSR", "criteria": ["c2b"], "year": 2027, "source": "non_pemerintah",
        "amount": 7_500_000, "reached": "disepakati",
    })
    go(scored, "matrix")
    page = place(scored).matrix
    assert [line.state for line in page.money.model.lines] == ["cocok: menjawab kriteria 2b"]
    press(scored, "p")
    row = next(row for row in page.list.model.lines if row.need.criterion == "c2b")
    assert row.firm == {"non_pemerintah": 7_500_000}
    assert "Rp7.500.000" in page.totals.text()
    press(scored, "t")
    assert page.year == 2027
    press(scored, "t")
    assert page.year is None


def test_an_offer_in_words_becomes_a_commitment_that_knows_giver_and_need(scored):
    press(scored, "a")
    recording.record(workspace(scored), Stakeholder, {"id": "pt", "name": "PT Semen", "offers": "Semen untuk jalan"})
    go(scored, "matrix")
    press(scored, "p")
    answers = scored.window.place.keying.record.answers
    assert (answers["stakeholder"], answers["who"], answers["criteria"]) == ("pt", "PT Semen", "c2b")
    assert answers["need"]


def test_n_begins_what_the_tab_lists(scored):
    for tab, form in (("needs", "need"), ("matrix", "commitment"), ("works", "activity"), ("people", "stakeholder"),
                      ("policies", "policy")):
        go(scored, tab)
        press(scored, "n")
        assert scored.window.place.keying.record.form.key == form


def test_a_policy_is_opened_with_enter_and_thrown_away_with_a_reason(running):
    recording.record(workspace(running), Policy, {"id": "sk", "kind": "sk_kumuh", "name": "SK 488", "area": "Kota"})
    go(running, "policies")
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "sk"
    press(running, Key.Key_Escape)
    assert place(running).policies.list.table.hasFocus()
    press(running, Key.Key_Delete)
    press(running, "dicabut", Key.Key_Return)
    assert place(running).policies.list.model.lines == ()


def test_commitments_of_a_partner_are_reached_and_left_by_keys(running):
    recording.record(workspace(running), Stakeholder, {"id": "pt", "name": "PT Semen", "element": "swasta"})
    recording.record(workspace(running), Commitment, {"id": "k", "stakeholder": "pt", "who": "PT Semen", "year": 2026,
                                                      "amount": 5, "reached": "cair"})
    go(running, "people")
    page = place(running).people
    press(running, "l")
    assert page.promises.table.hasFocus()
    press(running, Key.Key_Return)
    assert running.window.place.keying.record.id == "k"
    press(running, Key.Key_Escape)
    assert page.promises.table.hasFocus()
    press(running, Key.Key_Escape)
    assert page.list.table.hasFocus()


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_fits_both_work_areas(scored, tab):
    press(scored, "a")
    go(scored, tab)
    for area in reversed(AREAS):
        scored.resize(*area)
        scored.until_quiet()
        shown = place(scored)
        assert shown.page.minimumSizeHint().width() <= shown.width() <= area[0]
        assert shown.page.minimumSizeHint().height() <= shown.height()
        press(scored, Key.Key_PageDown, modifier=CTRL)
        assert shown.isAncestorOf(QApplication.focusWidget())
        press(scored, Key.Key_PageUp, modifier=CTRL)


@pytest.mark.parametrize(("tab", "title", "button"), [
    ("needs", "Belum ada kebutuhan", "Ambil dari nilai"), ("matrix", "Belum ada kebutuhan yang dapat didanai",
                                                           "Ke kebutuhan"),
    ("works", "Belum ada kegiatan", "Kegiatan"), ("people", "Belum ada pihak", "Pihak"),
    ("policies", "Belum ada kebijakan", "Kebijakan"),
])
def test_an_empty_tab_says_what_to_do_first_and_nothing_else(running, tab, title, button):
    go(running, tab)
    page = place(running).page
    assert page.whole.isHidden()
    assert title in [label.accessibleName() for label in page.empty.findChildren(QLabel)]
    assert page.empty.action.hasFocus()
    assert page.empty.action.accessibleName() == button


def test_the_button_of_an_empty_matrix_leads_to_the_needs_and_theirs_takes_from_scores(scored):
    go(scored, "matrix")
    press(scored, Key.Key_Space)
    assert place(scored).page is place(scored).needs
    press(scored, Key.Key_Space)
    assert not place(scored).needs.whole.isHidden()
    assert place(scored).needs.list.table.hasFocus()


def test_where_nothing_scores_taking_says_so(running):
    go(running, "needs")
    press(running, "a")
    assert "Tidak ada kriteria bernilai" in place(running).needs.told.text()


@pytest.fixture
def district(qtbot, tmp_path):
    path = tmp_path / "kota.p2kp"
    workspaces.init(path, role="district", name="Dina", regions=["16.71"]).close()
    made = Running(qtbot, path)
    yield made
    made.close()


def test_at_the_district_every_row_names_its_kelurahan(district):
    for number, code in enumerate((KELURAHAN, "16.71.01.1002")):
        need = recording.record(workspace(district), Need, {
            "region": code, "rt": RT, "criterion": "c2b", "what": "Jalan", "volume": 10, "unit_name": "meter"}).id
        recording.record(workspace(district), Activity, {
            "region": code, "period": "2026", "name": f"Paving {number}", "rt_label": RT, "need": need})
    district.window.go(Destination("collaboration", Scope("16.71", None, district.window.scope.period), tab="matrix"))
    district.until_quiet()
    page = place(district).matrix
    need = page.list.shows.column("need")
    rows = [need.of(line) for line in page.list.model.lines]
    assert [row.partition(" · ")[0] for row in rows] == [village(code) for code in (KELURAHAN, "16.71.01.1002")]
    district.window.go(Destination("collaboration", Scope("16.71", None, district.window.scope.period), tab="works"))
    district.until_quiet()
    works_page = place(district).works
    shown = [column.key for place_, column in enumerate(works_page.list.table.columns)
             if not works_page.list.table.isColumnHidden(place_)]
    assert "region" in shown
    district.window.go(Destination("collaboration", Scope(KELURAHAN, None, district.window.scope.period)))
    district.until_quiet()
    keys = [column.key for column in works_page.list.table.columns]
    assert works_page.list.table.isColumnHidden(keys.index("region"))


def test_a_photo_is_attached_to_the_report_in_focus_with_its_stage(scored, tmp_path):
    recording.record(workspace(scored), Activity, {"id": "k", "region": KELURAHAN, "period": "2026", "name": "Paving"})
    recording.record(workspace(scored), Progress, {"id": "l", "parent": "k", "date": "2026-09-01", "physical": 100})
    go(scored, "works")
    page = place(scored).works
    press(scored, "l")
    page._show_files("l", page.list.current(), "p100")
    page.attaching.attach([a_photo(tmp_path)])
    scored.until_quiet()
    assert [(line.entry.words, line.entry.right) for line in page.files.lines] == [
        ("foto", "JPEG · 100 % · -2,99093; 104,75655")]
    assert page.steps.model.lines[0].photo
    press(scored, "b")
    assert page.files.line_in_focus() == 0
    press(scored, Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_a_long_name_takes_a_second_line_instead_of_being_cut(scored):
    name = "Pembangunan saluran drainase lingkungan dan gorong-gorong sepanjang Gang Lorok sampai ke Sungai Sekanak"
    for number, title in enumerate((name, "Paving")):
        recording.record(workspace(scored), Activity, {
            "id": str(number), "region": KELURAHAN, "period": "2026", "name": title})
    go(scored, "works")
    table = place(scored).works.list.table
    heights = {line.name: table.rowHeight(row) for row, line in enumerate(place(scored).works.list.model.lines)}
    assert heights[name] >= heights["Paving"] + 15


def test_every_list_is_copied_as_it_is_shown_and_saved_with_its_source(scored, tmp_path):
    press(scored, "a")
    paving = {"region": KELURAHAN, "period": "2026", "name": "Paving", "amount": 9}
    recording.record(workspace(scored), Activity, paving)
    recording.record(workspace(scored), Stakeholder, {"name": "PT Semen"})
    recording.record(workspace(scored), Policy, {"kind": "sk_kumuh", "name": "SK 488", "area": "Kota"})
    recording.record(workspace(scored), Commitment, {"who": "PT Semen", "amount": 5})
    recording.record(workspace(scored), Target, {"indicator": "water_safe", "end_year": 2030, "end_value": 100})
    recording.record(workspace(scored), Kawasan, {"region": KELURAHAN, "name": "Tepian Musi", "rts": RT})
    for tab in TABS:
        go(scored, tab)
        listed = place(scored).page.main_list()
        assert listed.table.hasFocus()
        press(scored, Key.Key_C, modifier=CTRL)
        head, *rows = QApplication.clipboard().text().splitlines()
        shown = [column for column in listed.shows.written if not column.is_aside]
        assert [column.title for column in shown if column.title not in head] == []
        assert len(rows) == listed.model.rowCount() > 0
        listed.save(listed.makes(), tmp_path / f"{tab}.csv")
        scored.until_quiet()
        assert "Rina Marlina" in (tmp_path / f"{tab}.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "works.csv").read_text(encoding="utf-8-sig").splitlines()[1].startswith("Paving")


def test_a_matrix_of_one_year_says_so_where_it_is_saved(scored, tmp_path):
    press(scored, "a")
    recording.record(workspace(scored), Commitment, {
        "need": needs.lines(workspace(scored), KELURAHAN)[0].id, "who": "PT", "year": 2027, "source": "dak",
        "amount": 7, "reached": "cair"})
    go(scored, "matrix")
    page = place(scored).matrix
    for file, words in (("semua", "semua periode"), ("satu", "periode 2027")):
        page.list.save(page.list.makes(), tmp_path / f"{file}.csv")
        scored.until_quiet()
        assert words in (tmp_path / f"{file}.csv").read_text(encoding="utf-8-sig")
        press(scored, "t")


def test_what_is_given_of_a_commitment_is_keyed_and_changes_how_it_stands(running):
    recording.record(workspace(running), Commitment, {
        "id": "k", "who": "PT Semen", "what": "Paving", "year": 2020, "source": "dak", "amount": 50_000_000,
        "reached": "disepakati"})
    go(running, "promises")
    page = place(running).promises
    assert page.list.current().pledge.state == "terlambat"
    press(running, "r")
    keying = running.window.place.keying
    assert (keying.form.key, keying.record.answers["parent"]) == ("realisation", "k")
    key_in(running, {"date": "4 okt 2026", "amount": "50000000", "evidence": "BA 12"})
    assert place(running).page is page
    assert [step.evidence for step in page.steps.model.lines] == ["BA 12"]
    assert page.list.current().pledge.state == "ditepati"
    assert "1</b> ditepati" in page.intro.text()
    press(running, "l")
    assert page.steps.table.hasFocus()
    press(running, Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_a_target_is_taken_from_what_is_offered_and_saved_by_a_person(running):
    go(running, "targets")
    page = place(running).targets
    press(running, "a")
    assert page.offers.table.hasFocus()
    assert page.offers.current().indicator == "water_safe"
    press(running, Key.Key_Return)
    keying = running.window.place.keying
    assert (keying.form.key, keying.record.answers["baseline"], keying.is_new) == ("target", "41.34", True)
    press(running, Key.Key_S, modifier=CTRL)
    press(running, Key.Key_Escape)
    assert [line.indicator for line in page.list.model.lines] == ["water_safe"]
    assert "Susenas Maret 2013" in page.about.text()
    press(running, "t")
    assert (running.window.place.keying.form.key) == "milestone"
    key_in(running, {"year": 2017, "value": 80})
    assert place(running).page is page
    assert [step.year for step in page.steps.model.lines] == [2017]
    press(running, "a", Key.Key_Escape)
    assert page.list.table.hasFocus()


def test_the_proposed_participants_are_shown_with_their_doubt_and_recorded_on_request(running):
    recording.record(workspace(running), Policy, {"kind": "sk_kumuh", "name": "SK 488", "area": "Kota"})
    go(running, "policies")
    page = place(running).policies
    assert [(each.id, each.region) for each in page.members.model.lines] == [("", "16.71")]
    press(running, "u")
    (member,) = page.members.model.lines
    assert (bool(member.id), member.sure) == (True, False)
    press(running, "l", Key.Key_Return)
    assert running.window.place.keying.record.id == member.id
    press(running, Key.Key_Escape)
    assert page.members.table.hasFocus()


def test_the_ledger_of_a_kawasan_takes_a_later_decree_and_leads_to_what_lacks(running):
    recording.record(workspace(running), Kawasan, {
        "id": "kw", "region": KELURAHAN, "name": "Tepian Musi", "rts": RT, "sk_number": "488", "sk_ha": "12.5"})
    recap(running, running.window.scope.period)
    go(running, "decrees")
    page = place(running).decrees
    assert [row.kind for row in page.rows.model.lines] == ["start", "left", "unexplained"]
    press(running, "k")
    assert running.window.place.keying.form.key == "decree"
    key_in(running, {"kind": "dikurangi", "number": "77", "date": "1 11 2020", "hectares": "9,4"})
    assert place(running).page is page
    assert [row.kind for row in page.rows.model.lines] == ["start", "decree", "left", "unexplained"]
    assert page.list.current().ledger.unexplained == Fraction("3.1")
    press(running, Key.Key_Escape, "j")
    place_ = running.window.place
    assert (place_.keying.record.id, place_.hands.session.focus) == ("kw", "strategic")


def test_k_leads_from_the_kawasan_in_pendataan_to_its_ledger(running):
    for ident, name in (("ka", "Lorok"), ("kb", "Tepian Musi")):
        recording.record(workspace(running), Kawasan, {"id": ident, "region": KELURAHAN, "name": name, "rts": RT})
    running.window.go(Destination("collecting", Scope(KELURAHAN, None, "2026"), tab="kawasan"))
    running.until_quiet()
    press(running, Key.Key_Down, "k")
    page = place(running).decrees
    assert (place(running).page, page.list.current().id) == (page, "kb")


def test_r_begins_a_site_of_the_activity_in_focus(running):
    recording.record(workspace(running), Activity, {"id": "a", "region": KELURAHAN, "period": "2026", "name": "Paving"})
    go(running, "works")
    press(running, "r")
    keying = running.window.place.keying
    assert (keying.form.key, keying.record.answers["parent"]) == ("activity_site", "a")
