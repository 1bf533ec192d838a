"""Any form as a table: filters by any answer, order, pages, copied cells, one answer for many records."""

import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.tables import columns_kept, form_table
from p2kp_desktop.actions.tables.form_table import (
    AT_LEAST,
    AT_MOST,
    CONTAINS,
    EMPTY,
    FILLED,
    IS,
    IS_NOT,
    Filter,
    Order,
    condition,
)
from p2kp_desktop.exchange import table_block
from p2kp_desktop.forms import FORMS, Household, Kawasan, RtSurvey
from p2kp_desktop.forms import form as form_named
from p2kp_desktop.forms.agreement import Agreement, Clause
from p2kp_desktop.language import Trouble
from p2kp_desktop.reports.records import long
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.store import records, views
from p2kp_desktop.store.standing import Standing
from tests import office
from tests.conftest import KELURAHAN, some
from tests.records import YEAR, save

HERE = Filter(KELURAHAN, YEAR)
OTHER = "16.71.06.1005"
USUAL = Order()


def ids(workspace, form=Household, wanted=HERE, order=USUAL):
    return form_table.ids(workspace, form, form_table.found(workspace, form, wanted, order))


def where(workspace, key, how, typed="", form=Household):
    one = condition(form, key, how, typed)
    return set(ids(workspace, form, Filter(KELURAHAN, YEAR, conditions=(one,))))


def values(workspace, record, form=Household):
    with workspace.asking() as connection:
        return records.read(connection, form.key, [record])[record].values()


def test_a_table_can_be_filtered_by_any_answer(workspace):
    siti = save(workspace, head_name="Siti Aminah", water_source="a", pit_distance=None, floor_length="6,5", kk_count=1)
    budi = save(workspace, head_name="Budi", water_source="c", pit_distance="b", floor_length=12, kk_count=3)
    assert where(workspace, "water_source", IS, "c") == {budi}
    assert where(workspace, "water_source", IS_NOT, "c") == {siti}
    assert where(workspace, "pit_distance", EMPTY) == {siti}
    assert where(workspace, "pit_distance", FILLED) == where(workspace, "pit_distance", IS, "b") == {budi}
    assert where(workspace, "pit_distance", IS_NOT, "b") == {siti}
    assert where(workspace, "floor_length", AT_LEAST, "6,5") == {siti, budi}
    assert where(workspace, "floor_length", AT_MOST, "11.99") == {siti}
    assert where(workspace, "kk_count", AT_LEAST, "2") == {budi}
    assert where(workspace, "head_name", CONTAINS, " AMI ") == {siti}
    assert where(workspace, "survey_date", AT_LEAST, "1 jan 2000") == {siti, budi}
    with pytest.raises(Unreadable):
        condition(Household, "kk_count", AT_LEAST, "banyak")


@pytest.mark.parametrize("form", some(FORMS), ids=lambda form: form.key)
def test_every_column_of_every_form_can_be_filtered_and_sorted_by(workspace, form):
    columns = form_table.columns(form)
    assert {column.key for column in columns} >= {question.key for question in form.questions}
    assert set(form_table.usual(form)) <= {column.key for column in columns}
    for column in columns:
        for how in form_table.hows(column):
            empty = form_table.Condition(column.key, how, "1" if how != EMPTY else None)
            assert len(form_table.found(workspace, form, Filter(conditions=(empty,)), Order())) == 0
            assert form_table.sentence(form, empty)
        for descending in (False, True):
            assert len(form_table.found(workspace, form, Filter(), Order(column.key, descending))) == 0


def test_a_derived_value_is_filtered_as_it_is_shown_and_sorted(workspace):
    places = [("4", "5,4", 3), ("5", "4,32", 3), ("4,8", "4,5", 3), ("2,675", "3", 3), ("10", "3", 7), (None, "5", 3)]
    made = [save(workspace, floor_length=length, floor_width=width, floors=1, members_male=people, members_female=0)
            for length, width, people in places]
    handles = form_table.found(workspace, Household, HERE, USUAL)
    lines = {line.id: line.texts for line in form_table.page(workspace, Household, handles).values()}
    shown = [lines[record]["area_per_person"] for record in made]
    assert shown == ["7,2", "7,2", "7,2", "2,68", "4,29", ""]
    for text in ("7,2", "2,68", "4,29", "5"):
        same = {record for record, its in zip(made, shown, strict=True) if its == text}
        assert where(workspace, "area_per_person", IS, text) == same
        assert where(workspace, "area_per_person", IS_NOT, f"{text} m²/jiwa") == set(made) - same
    assert where(workspace, "area_per_person", AT_LEAST, "7,2") == set(made[:3])
    assert where(workspace, "area_per_person", AT_MOST, "4,3") == set(made[3:5])
    assert where(workspace, "area_per_person", EMPTY) == {made[5]}
    assert where(workspace, "area_per_person", FILLED) == set(made[:5])
    assert ids(workspace, order=Order("floor_area"))[0] == made[3]
    assert ids(workspace, order=Order("area_per_person", descending=True))[3:] == [made[4], made[3], made[5]]
    assert form_table.sentence(Household, condition(Household, "area_per_person", AT_LEAST, "7,20")).endswith("≥ 7,2")
    with pytest.raises(Unreadable):
        condition(Household, "area_per_person", AT_LEAST, "luas")


def test_a_derived_value_is_not_made_of_what_cannot_be(workspace):
    crowded = save(workspace, members_male=600, occupants=604)
    usual = save(workspace)
    handles = form_table.found(workspace, Household, HERE, USUAL)
    lines = {line.id: line.texts for line in form_table.page(workspace, Household, handles).values()}
    assert [lines[each]["members_total"] for each in (crowded, usual)] == ["", "4"]
    assert where(workspace, "members_total", EMPTY) == {crowded}
    assert where(workspace, "members_total", AT_MOST, "9999") == {usual}
    too_large = save(workspace, RtSurvey, settlement_ha="3")  # of an RT of 2,5 ha
    empty = Filter(conditions=(condition(RtSurvey, "building_density", EMPTY, ""),))
    assert len(form_table.found(workspace, RtSurvey, empty, USUAL)) == 1
    (line,) = form_table.page(workspace, RtSurvey, form_table.found(workspace, RtSurvey, Filter(), USUAL)).values()
    assert (line.id, line.texts["building_density"]) == (too_large, "")


def test_a_table_is_filtered_by_the_kelurahan(make_workspace):
    city = make_workspace("kota", role="district")
    made = [recording.record(city, Household, {"region": code, "period": YEAR}).id for code in (KELURAHAN, OTHER)]
    offers = {offer.text: offer.name for offer in form_table.answered(city, Household, form_table.REGION)}
    assert set(offers) == {KELURAHAN, OTHER}
    one = condition(Household, form_table.REGION, IS_NOT, KELURAHAN, offers[KELURAHAN])
    assert form_table.sentence(Household, one) == f"Kelurahan/desa ≠ {offers[KELURAHAN]}"
    assert ids(city, wanted=Filter("16.71", YEAR, conditions=(one,))) == made[1:]


def test_records_without_an_rt_are_found(workspace):
    save(workspace, head_name="Siti")
    recording.record(workspace, Household, {"head_name": "Budi"})
    assert len(where(workspace, "rt", EMPTY)) == 1
    assert where(workspace, "rt", EMPTY).isdisjoint(where(workspace, "rt", FILLED))


def test_the_columns_chosen_are_kept_by_form_and_only_those_that_are_still_there(workspace):
    columns_kept.keep_columns(workspace, Household, ["rt", "roof", "gone"])
    columns_kept.keep_columns(workspace, Kawasan, ["name"])
    kept = columns_kept.kept_columns(workspace)
    assert kept == {"household": ("rt", "roof", "gone"), "kawasan": ("name",)}
    assert columns_kept.still_there(Household, kept["household"]) == ("rt", "roof")


def test_words_standing_and_conditions_narrow_together(workspace):
    whole = save(workspace, head_name="Wulan Aminah", roof="a")
    part = save(workspace, head_name="Wulan Rohana", roof=None)
    save(workspace, head_name="Budi", roof=None)
    assert set(ids(workspace, wanted=Filter(KELURAHAN, YEAR, text="wulan"))) == {whole, part}
    assert ids(workspace, wanted=Filter(KELURAHAN, YEAR, text="wulan", standing="incomplete")) == [part]
    keyed_drafts.keep(workspace, Household, whole, {"roof": "b"}, "roof")
    assert ids(workspace, wanted=Filter(KELURAHAN, YEAR, standing="draft")) == [whole]
    assert form_table.count(workspace, Household, HERE) == 3
    assert ids(workspace, wanted=Filter("16.72", YEAR)) == ids(workspace, wanted=Filter(KELURAHAN, "1999")) == []
    assert ids(workspace, wanted=Filter("16", YEAR)) == ids(workspace)
    assert form_table.count(workspace, Household, Filter(KELURAHAN, YEAR, rt="014/005")) == 3


def test_rows_are_sorted_as_people_read_and_empty_answers_come_last(workspace):
    ten = save(workspace, building="10", head_name="abdul", water_source="c")
    two = save(workspace, building="2", head_name="Zainal", water_source="k")
    none = save(workspace, building=None, head_name="Budi", water_source=None)
    assert ids(workspace, order=Order("building")) == [two, ten, none]
    assert ids(workspace, order=Order("building", descending=True)) == [ten, two, none]
    assert ids(workspace, order=Order("head_name")) == [ten, none, two]
    assert ids(workspace, order=Order("water_source")) == [ten, two, none]
    assert set(ids(workspace, order=Order(form_table.STANDING))) == {ten, two, none}


def test_a_page_shows_answers_in_words_and_leaves_out_what_is_gone(workspace):
    siti = save(workspace, head_name="Siti", nik="1671014410850003", floor_length="6,5", mbr="a")
    handles = form_table.found(workspace, Household, HERE, Order())
    (line,) = form_table.page(workspace, Household, [*handles, 999]).values()
    assert (line.id, line.standing) == (siti, "complete")
    assert line.texts["head_name"] == "Siti"
    assert line.texts["nik"] == "1671••••••••0003"
    assert line.texts["floor_length"] == "6,5"
    assert line.texts["mbr"] == next(iter(Household.mbr.options)).label
    assert line.texts["members_total"]
    assert form_table.place_of(workspace, Household, siti, handles) == 0
    assert form_table.place_of(workspace, Household, "nobody", handles) == -1


@pytest.mark.parametrize("form", [form for form in FORMS if form.key not in ("comment", "approval")])
def test_how_a_row_stands_is_what_its_form_says(workspace, form):
    save(workspace, form)
    handles = form_table.found(workspace, form, Filter(), Order())
    (line,) = form_table.page(workspace, form, handles).values()
    with workspace.asking() as connection:
        case = connection.scalar(sa.select(Standing(form, views.rule_sets(connection)).status()))
    assert line.standing == case


def test_copied_cells_are_text_with_tabs_and_a_table(workspace):
    save(workspace, head_name='=1+1\t"A"', nik="1671014410850003", floor_length="6,5", building="007")
    handles = form_table.found(workspace, Household, HERE, Order())
    keys = ("rt", "head_name", "nik", "floor_length", "survey_date", "building", form_table.STANDING)
    block = table_block.block(long(Household, keys).of(workspace, handles))
    heading, row, end = block.text.split("\r\n")
    assert (block.rows, end) == (1, "")
    assert heading.startswith("RT\tNama Kepala Rumah Tangga\tNIK\t6a Luas bangunan hunian: panjang (m)\t")
    cells = row.split("\t", 1)[1]
    assert cells.startswith('"\'=1+1\t""A"""\t1671••••••••0003\t6,5\t2')
    assert cells.endswith("\t007\tLengkap")
    assert 'x:num="6.5" sdval="6.5" sdnum="1033;"' in block.html
    assert "<td style='mso-number-format:\"\\@\"' sdnum=\"1033;0;@\">007</td>" in block.html
    assert "1671014410850003" not in block.text + block.html
    assert "1671014410850003" in table_block.block(long(Household, keys).of(workspace, handles, full=True)).text
    derived = table_block.block(long(Household, ("floor_area", "members_total")).of(workspace, handles)).html
    assert 'x:num="42.25"' in derived


def test_copied_cells_stay_what_they_are_in_an_office_suite(workspace, tmp_path):
    save(workspace, head_name="=1+1", nik="0671014410850003", floor_length="6,5", building="007", kk_count=2,
         survey_date="2026-10-04", rt="005/012")
    handles = form_table.found(workspace, Household, HERE, Order())
    keys = ("rt", "head_name", "nik", "building", "floor_length", "kk_count", "survey_date")
    pasted = tmp_path / "papan klip.html"
    block = table_block.block(long(Household, keys).of(workspace, handles, full=True))
    pasted.write_text(block.html, encoding="utf-8")
    office.started("--infilter=HTML (StarCalc)", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(pasted))
    cells = load_workbook(pasted.with_suffix(".xlsx")).worksheets[0][2]
    assert [cell.value for cell in cells] == ["005/012", "=1+1", "0671014410850003", "007", 6.5, 2,
                                              datetime.datetime(2026, 10, 4)]
    assert cells[1].data_type == "s"


def test_too_many_rows_are_not_copied(workspace, monkeypatch):
    monkeypatch.setattr(table_block, "MOST", 1)
    with pytest.raises(Trouble):
        table_block.block(long(Household, ["rt"]).of(workspace, [1, 2]))


def test_one_answer_for_many_records_is_shown_done_and_taken_back_as_one(workspace):
    mbr, other = Household.mbr.options.codes[:2]
    has = save(workspace, head_name="Ada", mbr="a")
    gets = [save(workspace, head_name=f"Rumah {number}", mbr="b") for number in range(3)]
    plan = form_table.preview(workspace, Household, [has, *gets, "nobody"], "mbr", "a")
    assert [change.subject.name for change in plan.changes] == ["Rumah 0", "Rumah 1", "Rumah 2"]
    assert (plan.same, plan.refused, plan.value) == (1, (), mbr)
    assert plan.changes[0].before == Household.mbr.options.show(other)
    done = form_table.carry_out(workspace, plan)
    assert (done.records, done.left) == (3, ())
    assert isinstance(done.backup, Path)
    assert done.backup.exists()
    assert {values(workspace, record)["mbr"] for record in (has, *gets)} == {mbr}
    back = named_acts.take_back(workspace, done.act)
    assert (back.records, back.left) == (3, ())
    assert [values(workspace, record)["mbr"] for record in gets] == [other] * 3


def test_verified_records_and_those_changed_meanwhile_are_left_alone(make_workspace):
    office = make_workspace("kota", role="district")
    locked, moved, free = (save(office, head_name=name, kk_count=1) for name in ("Terkunci", "Berubah", "Bebas"))
    verification.verify(office, ids=[locked])
    plan = form_table.preview(office, Household, [locked, moved, free], "kk_count", "2")
    assert [(change.subject.name, change.why) for change in plan.refused] == [
        ("Terkunci", "sudah diverifikasi dan terkunci")
    ]
    recording.record(office, Household, {"id": moved, "kk_count": 3})
    done = form_table.carry_out(office, plan)
    assert done.records == 1
    assert [(change.subject.name, change.why) for change in done.left] == [
        ("Berubah", "diubah orang lain sementara itu")
    ]
    assert [values(office, record)["kk_count"] for record in (locked, moved, free)] == [1, 3, 2]


def test_a_bulk_edit_can_empty_an_answer_and_refuses_what_is_none(workspace):
    siti = save(workspace, interviewer="Rina")
    form_table.carry_out(workspace, form_table.preview(workspace, Household, [siti], "interviewer", ""))
    assert values(workspace, siti)["interviewer"] is None
    for key, value in (("kk_count", "banyak"), ("members_total", "3"), ("rt", "1/5")):
        with pytest.raises(Unreadable):
            form_table.preview(workspace, Household, [siti], key, value)


@pytest.mark.parametrize("form", [Household, RtSurvey, Kawasan], ids=lambda form: form.key)
def test_every_editable_answer_can_be_given_back_as_it_was_read(workspace, form):
    """A plan holds a plain answer, which carrying out reads again: the two must agree for every question."""
    record = save(workspace, form)
    given = values(workspace, record, form)
    for column in form_table.editable(form):
        value = given.get(column.key)
        if value is not None:
            plan = form_table.preview(workspace, form, [record], column.key, value)
            assert (plan.same, plan.value) == (1, value), column.key


def test_many_records_go_to_the_trash_and_come_back_as_one(workspace):
    gone = [save(workspace, head_name=f"Rumah {number}") for number in range(3)]
    stays = save(workspace, head_name="Tetap")
    with pytest.raises(Trouble):
        form_table.put_away(workspace, Household, gone, reason=" ")
    done = form_table.put_away(workspace, Household, [*gone, "nobody"], reason="terdata dua kali")
    assert (done.records, len(done.left)) == (3, 1)
    assert ids(workspace) == [stays]
    assert set(ids(workspace, wanted=Filter(KELURAHAN, YEAR, deleted=True))) == set(gone)
    named_acts.take_back(workspace, done.act)
    assert set(ids(workspace)) == {*gone, stays}


def test_nothing_is_changed_without_a_backup(workspace, monkeypatch):
    siti = save(workspace, kk_count=1)
    plan = form_table.preview(workspace, Household, [siti], "kk_count", "2")

    def fails(_workspace):
        raise Trouble("Disk penuh.", remedy="Kosongkan.", code="C02")

    monkeypatch.setattr(backups, "if_changed", fails)
    with pytest.raises(Trouble):
        form_table.carry_out(workspace, plan)
    assert values(workspace, siti)["kk_count"] == 1


def agreements(workspace):
    """Record two agreements with two clauses and one; return the agreements' ids."""
    found = []
    for number, name, clauses in (("AB-02", "Sampah", (3,)), ("AB-01", "Jaga sungai", (2, 1))):
        found.append(recording.record(workspace, Agreement, {"number": number, "name": name}).id)
        for clause in clauses:
            recording.record(workspace, Clause, {"parent": found[-1], "clause_number": clause})
    return found


def test_a_table_says_and_is_filtered_and_sorted_by_what_a_record_belongs_to(workspace):
    waste, river = agreements(workspace)
    lost = recording.record(workspace, Clause, {"clause_number": 9, "parent": "tidak-ada"}).id
    assert form_table.usual(Clause)[0] == "parent"
    found = form_table.found(workspace, Clause, Filter(KELURAHAN), USUAL)
    lines = form_table.page(workspace, Clause, found)
    assert [(lines[each].texts["parent"], lines[each].texts["clause_number"]) for each in found] == [
        ("AB-01 · Jaga sungai", "1"), ("AB-01 · Jaga sungai", "2"), ("AB-02 · Sampah", "3"),
        ("tidak ada di laptop ini", "9"),
    ]
    assert [(one.text, one.name) for one in form_table.answered(workspace, Clause, "parent")] == [
        (river, "AB-01 · Jaga sungai"), (waste, "AB-02 · Sampah"),
    ]
    one = condition(Clause, "parent", IS, waste, "AB-02 · Sampah")
    assert form_table.sentence(Clause, one) == "Aturan Bersama = AB-02 · Sampah"
    assert form_table.count(workspace, Clause, Filter(KELURAHAN, conditions=(one,))) == 1
    assert len(where(workspace, "parent", IS_NOT, waste, Clause)) == 3
    turned = ids(workspace, Clause, Filter(KELURAHAN), Order("parent", descending=True))
    assert (turned[0], turned[-1]) == (next(iter(where(workspace, "parent", IS, waste, Clause))), lost)


def test_many_records_are_given_to_another_one_by_its_title(workspace):
    waste, river = agreements(workspace)
    some = ids(workspace, Clause, Filter(KELURAHAN))
    (offer, _) = form_table.answerable(workspace, Clause, "parent")
    assert (offer.text, offer.name) == (river, "AB-01 · Jaga sungai")
    plan = form_table.preview(workspace, Clause, some, "parent", "sampah")
    assert (plan.value, plan.question, plan.after, plan.same) == (waste, "Aturan Bersama", "AB-02 · Sampah", 1)
    assert {change.before for change in plan.changes} == {"AB-01 · Jaga sungai"}
    form_table.carry_out(workspace, plan)
    assert {values(workspace, each, Clause)["parent"] for each in some} == {waste}
    assert "parent" not in {column.key for column in form_table.editable(form_named("comment"))}


def test_copied_cells_say_titles(workspace):
    waste, _ = agreements(workspace)
    one = condition(Clause, "parent", IS, waste)
    found = form_table.found(workspace, Clause, Filter(KELURAHAN, conditions=(one,)), USUAL)
    assert table_block.block(long(Clause, ["parent", "clause_number"]).of(workspace, found)).text == (
        "Aturan Bersama\tNomor pasal\r\nAB-02 · Sampah\t3\r\n"
    )
