"""What Beranda shows: the draft, what waits, 100-0-100 with last year, how far RTs are, the bowl."""

from decimal import Decimal
from fractions import Fraction

from p2kp_desktop.actions.home import overview
from p2kp_desktop.actions.keying import keyed_drafts
from p2kp_desktop.actions.practice import demo_journey
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import Household, Kawasan, Period, Rt, RtRecap
from p2kp_desktop.forms.kawasan import Decree
from tests.checked_rt import recap
from tests.conftest import KELURAHAN
from tests.records import YEAR, save

AREA = demo_journey.KELURAHAN


def test_without_data_nothing_waits_and_no_share_is_known(workspace):
    tasks = overview.tasks(workspace, KELURAHAN, YEAR)
    assert tasks.draft is None
    assert {tasks.returned, tasks.conflicts, tasks.incomplete, tasks.problems} == {overview.Waiting(0, 0)}
    picture = overview.picture(workspace, KELURAHAN, YEAR)
    now = picture.now
    assert (now.hundreds.water.percent, now.slum.whole, picture.before, picture.rts) == (None, 0, None, ())
    assert not any(part.ready for part in picture.parts)


def test_what_waits_is_counted_with_its_rts(workspace):
    save(workspace, rt="1/5", roof=None)
    save(workspace, rt="1/5", wall=None)
    save(workspace, rt="2/5", roof=None)
    save(workspace, rt="2/5", occupants=6)
    tasks = overview.tasks(workspace, KELURAHAN, YEAR)
    assert (tasks.incomplete, tasks.problems) == (overview.Waiting(3, 2), overview.Waiting(1, 1))
    assert overview.tasks(workspace, KELURAHAN, YEAR, "002/005").incomplete == overview.Waiting(1, 1)


def test_the_draft_touched_last_is_the_one_to_go_on_with(workspace):
    saved = save(workspace, head_name="Siti Aminah", rt="14/5")
    keyed_drafts.keep(workspace, Kawasan, "other", {"region": KELURAHAN, "name": "Sungai"}, "name")
    keyed_drafts.keep(workspace, Household, saved, {"roof": "b"}, "water_sufficiency")
    with workspace.changing() as connection:
        overview.drafts.keep(connection, overview.drafts.Draft(
            "far", Household.key, {"region": "16.01.01.2001"}, "roof", "Siti", "2099-01-01T00:00:00+07:00"
        ))
    begun = overview.tasks(workspace, KELURAHAN, YEAR).draft
    assert begun is not None
    assert {begun.id, begun.others} <= {saved, "other", 1}
    keyed_drafts.drop(workspace, "other")
    begun = overview.tasks(workspace, KELURAHAN, YEAR).draft
    assert (begun.name, begun.area, begun.rt, begun.number, begun.others) == (
        "Siti Aminah", KELURAHAN, "014/005", "14", 0
    )


def test_slum_hectares_are_held_against_the_decree_where_there_is_one(make_workspace):
    workspace = make_workspace(regions=(AREA,))
    demo_journey.fill(workspace)
    now = overview.picture(workspace, AREA, YEAR).now
    assert not now.slum.by_decree
    assert 0 < now.slum.ha < now.slum.whole
    recording.record(workspace, Kawasan, {"name": "Sungai", "rts": "001/005", "sk_ha": "21.86"})
    now = overview.picture(workspace, AREA, YEAR).now
    assert (now.slum.by_decree, now.slum.whole) == (True, Fraction(Decimal("21.86")))


def test_hectares_of_a_decree_that_cannot_be_are_none(workspace):
    save(workspace)
    assert recording.record(workspace, Kawasan, {"name": "Sungai", "sk_ha": "999999"}).problems
    assert not overview.picture(workspace, KELURAHAN, YEAR).now.slum.by_decree


def test_the_period_before_is_the_newest_that_has_data(workspace):
    save(workspace)
    assert overview.picture(workspace, KELURAHAN, YEAR).before is None
    save(workspace, period="2024", water_source="k")
    save(workspace, Period, year=2025, kind="a")
    before = overview.picture(workspace, KELURAHAN, YEAR).before
    then = before.path.hundreds
    assert (before.period, then.households, then.water.percent) == ("2024", 1, Decimal("0.00"))
    assert before.change.homes.compared == ((KELURAHAN, "014/005"),)


def test_rts_without_any_data_are_counted_with_those_that_have_some(workspace):
    save(workspace, rt="1/5")
    save(workspace, Rt, rt="2/5", rt_number=2)
    base = overview.picture(workspace, KELURAHAN, YEAR).now.hundreds.base
    assert (base.rts, base.unassessed) == (2, 1)
    (line,) = overview.progress.villages(workspace, KELURAHAN, YEAR)
    assert line.provisional
    assert line.open == ("1 dari 2 RT belum ada data.", "1 dari 1 RT bernilai sementara.")


def test_the_data_are_whole_when_every_rt_is(workspace):
    save(workspace, RtRecap, rt="3/5")
    save(workspace, Rt, rt="4/5", rt_number=4)
    baseline = part(workspace)
    assert (baseline.ready, baseline.noted, baseline.percent) == (False, True, 50)
    save(workspace, RtRecap, rt="4/5")
    whole = part(workspace)
    assert (whole.percent, whole.ready, whole.note) == (100, False, "0 dari 2 RT terverifikasi")


def part(workspace):
    parts = overview.picture(workspace, KELURAHAN, YEAR).parts
    assert [each.key for each in parts if each.noted] == ["baseline"]
    return next(each for each in parts if each.key == "baseline")


def test_a_wider_area_is_shown_by_its_kelurahan(make_workspace):
    city = make_workspace("Kota", "district", ("16.71",))
    save(city)
    picture = overview.picture(city, "16.71", YEAR)
    assert [line.region for line in picture.villages] == [KELURAHAN]
    assert overview.picture(city, KELURAHAN, YEAR).villages == ()


def test_of_one_rt_the_rings_and_the_draft_are_its_own(make_workspace):
    workspace = make_workspace(regions=(AREA,))
    demo_journey.fill(workspace)
    recording.record(workspace, Kawasan, {"name": "Sungai", "rts": "001/005", "sk_ha": "21.86"})
    whole = overview.picture(workspace, AREA, YEAR)
    one = overview.picture(workspace, AREA, YEAR, "001/005")
    assert 0 < one.now.hundreds.households < whole.now.hundreds.households
    assert (one.now.slum.by_decree, one.rts, one.parts) == (False, whole.rts, whole.parts)
    assert overview.picture(workspace, AREA, YEAR, "099/001").now.hundreds.water.percent is None
    for number, rt in (("a", "001/005"), ("b", "002/005")):
        keyed_drafts.keep(workspace, Household, number, {"region": AREA, "rt": rt, "period": YEAR}, "roof")
    begun = {rt: overview.tasks(workspace, AREA, YEAR, rt).draft for rt in ("001/005", "002/005")}
    assert {rt: each.rt for rt, each in begun.items()} == {"001/005": "001/005", "002/005": "002/005"}
    assert overview.tasks(workspace, AREA, YEAR, "003/005").draft.rt in begun


def test_the_period_before_is_held_against_the_decree_of_its_time(workspace):
    for period in ("2024", "2026"):
        recap(workspace, period=period, luas_ha="3", rt="014/005")
    kawasan = recording.record(workspace, Kawasan, {
        "region": KELURAHAN, "name": "Tepi Sungai", "sk_number": "1", "sk_date": "2023-05-01", "sk_ha": "12"}).id
    recording.record(workspace, Decree, {
        "parent": kawasan, "region": KELURAHAN, "kind": "diubah", "number": "2", "date": "2025-06-01",
        "hectares": "6"})
    picture = overview.picture(workspace, KELURAHAN, "2026")
    assert (picture.now.slum.whole, picture.before.path.slum.whole) == (6, 12)
