from p2kp_desktop.actions.bundles import arrivals, outbox, sending
from p2kp_desktop.actions.bundles.outbox import Order
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.scores import rt_standings
from p2kp_desktop.forms.household import Household
from p2kp_desktop.forms.rt_survey import RtSurvey

HERLINA = {"rt": "14/5", "head_name": "Herlina", "kk_count": 1, "members_male": 2, "members_female": 1}


def test_the_contents_count_what_is_then_sent_form_by_form_and_rt_by_rt(workspace, tmp_path):
    recording.record(workspace, Household, HERLINA)
    gone = recording.record(workspace, Household, HERLINA | {"rt": "15/5"})
    recording.record(workspace, RtSurvey, {"rt": "16/5", "area_ha": 1})
    recording.delete(workspace, Household, gone.id, reason="dobel")
    inside = outbox.contents(workspace, Order("district"))
    assert dict(inside.forms) == {Household.title: 1, RtSurvey.title: 1}
    assert inside.deleted == 1
    assert [(rt.rt, rt.households, rt.incomplete, rt.surveyed) for rt in inside.rts] == [
        ("014/005", 1, 1, False), ("016/005", 0, 0, True),
    ]
    sent = outbox.send_order(workspace, tmp_path, Order("district"))
    assert sent.records == inside.total == inside.whole == 3


def test_the_contents_of_one_kelurahan_leave_out_the_others(make_workspace):
    workspace = make_workspace("Kota", "district", ("16.71",))
    for region in ("16.71.01.1001", "16.71.01.1002"):
        recording.record(workspace, Household, HERLINA | {"region": region})
    assert outbox.choices(workspace).villages == ()
    assert outbox.contents(workspace, Order("province")).total == 2
    assert outbox.contents(workspace, Order("province", "16.71.01.1002")).total == 1
    assert outbox.choices(workspace).villages == ("16.71.01.1001", "16.71.01.1002")
    assert outbox.choices(workspace).receivers == ("province", "facilitator")


def test_a_stick_comes_first_then_the_folder_of_last_time_then_the_documents(workspace, tmp_path):
    stick, last, papers = (tmp_path / name for name in ("stick", "last", "papers"))
    for folder in (stick, last, papers):
        folder.mkdir()
    outbox.send_order(workspace, last, Order("district"))
    found = outbox.targets(workspace, [("BIRU", stick), ("HILANG", tmp_path / "none")], papers)
    assert [(target.kind, target.folder) for target in found] == [
        ("drive", stick), ("last", last), ("documents", papers),
    ]
    again = outbox.targets(workspace, [("BIRU", last)], last)
    assert [(target.kind, target.name) for target in again] == [("drive", "BIRU")]


def test_a_file_is_recognised_before_anything_changes(workspace, make_workspace, tmp_path):
    recording.record(workspace, Household, HERLINA)
    path = sending.send(workspace, tmp_path).path
    kota = make_workspace("Kota", "district", ("16.71",))
    file = arrivals.recognise(kota, path)
    assert file.sender.startswith("Siti, Fasilitator kelurahan · ")
    assert file.area
    assert (file.before, file.own, file.trouble) == ("", False, None)
    assert arrivals.recognise(workspace, path).own
    arrivals.receive_files(kota, file)
    assert arrivals.recognise(kota, path).before


def test_totals_move_from_nothing_to_what_came(workspace, make_workspace, tmp_path):
    recording.record(workspace, Household, HERLINA | {"water_source": "a"})
    kota = make_workspace("Kota", "district", ("16.71",))
    before = rt_standings.standings(kota)
    outcome = arrivals.receive_files(kota, arrivals.recognise(kota, sending.send(workspace, tmp_path).path))
    assert (outcome.state, outcome.changed, outcome.sentence()) == ("whole", 1, "1 perubahan")
    (movement,) = rt_standings.movements(before, rt_standings.standings(kota))
    assert (movement.before, movement.after.households, movement.after.water) == (None, 1, 100)
    again = arrivals.receive_files(kota, outcome.file)
    assert (again.state, again.sentence()) == ("nothing", "Sudah ada · 0 perubahan")
    assert arrivals.together([outcome, again])["identical"] == 1
    assert rt_standings.movements(rt_standings.standings(kota), rt_standings.standings(kota)) == []


def test_a_bad_file_is_told_in_four_lines_and_changes_nothing(workspace, tmp_path):
    bad = tmp_path / "foto.xlsx"
    bad.write_bytes(b"PK no workbook at all")
    outcome = arrivals.receive_files(workspace, arrivals.recognise(workspace, bad))
    assert outcome.state == "failed"
    assert all((outcome.trouble.what, outcome.trouble.safe, outcome.trouble.remedy, outcome.trouble.code))
    assert outbox.log(workspace) == []


def test_a_file_that_disappears_after_it_was_recognised_is_told_with_its_code(workspace, make_workspace, tmp_path):
    kota = make_workspace("Kota", "district", ("16.71",))
    file = arrivals.recognise(kota, sending.send(workspace, tmp_path).path)
    file.path.unlink()
    assert arrivals.receive_files(kota, file).trouble.code == "B01"


def test_a_folder_stands_for_the_workbooks_in_it(tmp_path):
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", "foto.jpg"):
        (tmp_path / name).touch()
    other = tmp_path / "foto.jpg"
    assert [path.name for path in arrivals.bundles_in([other, tmp_path, tmp_path / "a.xlsx"])] == [
        "foto.jpg", "a.xlsx", "b.xlsx",
    ]


def test_the_log_tells_both_directions_in_words(workspace, make_workspace, tmp_path):
    recording.record(workspace, Household, HERLINA)
    kota = make_workspace("Kota", "district", ("16.71",))
    arrivals.receive_files(kota, arrivals.recognise(kota, sending.send(workspace, tmp_path).path))
    (sent,), (received,) = outbox.log(workspace), outbox.log(kota)
    assert (sent.sent, sent.result) == (True, "1 catatan untuk Kabupaten/Kota")
    assert (received.sent, received.result, received.person) == (False, "1 dibaca · 1 baru", "Kota")


def test_the_contents_count_only_what_no_receipt_covers(workspace, make_workspace, tmp_path):
    kota = make_workspace("Kota", "district", ("16.71",))
    first = recording.record(workspace, Household, HERLINA)
    recording.record(workspace, Household, HERLINA | {"rt": "15/5"})
    arrivals.receive_files(kota, arrivals.recognise(kota, sending.send(workspace, tmp_path).path))
    back = outbox.send_order(kota, tmp_path, Order("facilitator"))
    assert back.records == outbox.contents(kota, Order("facilitator")).total == 0
    arrivals.receive_files(workspace, arrivals.recognise(workspace, back.path))
    recording.record(workspace, Household, {"id": first.id, "kk_count": 3})
    inside = outbox.contents(workspace, Order("district"))
    assert (inside.total, inside.whole) == (1, 2)
    assert [(rt.rt, rt.households, rt.going) for rt in inside.rts] == [("014/005", 1, 1), ("015/005", 1, 0)]
    assert outbox.contents(workspace, Order("district", full=True)).total == 2
    assert outbox.send_order(workspace, tmp_path, Order("district")).records == 1
    (office,) = outbox.choices(kota).offices
    assert (office.name, office.places) == ("Siti", ("16.71.01.1001",))
    assert outbox.contents(kota, Order("facilitator", office=office.node)).whole == 2


def test_a_bundle_is_about_as_large_as_foretold(workspace, tmp_path):
    for number in range(40):
        recording.record(workspace, Household, HERLINA | {"rt": f"{number % 7 + 1}/5"})
    foretold = outbox.contents(workspace, Order("district")).size
    size = outbox.send_order(workspace, tmp_path, Order("district")).path.stat().st_size
    assert size <= foretold <= 2 * size


def test_too_little_room_is_told_in_words_beforehand(tmp_path):
    target = outbox.SaveFolder(tmp_path, "BIRU", "drive", 900_000)
    assert "tidak cukup" in outbox.room_sentence(target, 500_000)
    assert outbox.room_sentence(outbox.SaveFolder(tmp_path, "BIRU", "drive", None), 500_000) == ""
    assert outbox.room_sentence(outbox.SaveFolder(tmp_path, "BIRU", "drive", 9 << 20), 500_000) == ""


def test_names_stay_out_by_default_only_between_district_and_province():
    assert outbox.withholds_by_default("district", "province")
    assert not outbox.withholds_by_default("facilitator", "district")
    assert not outbox.withholds_by_default("district", "facilitator")
