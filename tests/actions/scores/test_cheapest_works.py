"""The cheapest ways out of slum over a workspace: for an RT, a kawasan, an area, within a budget; and as needs."""

from dataclasses import replace
from fractions import Fraction

import pytest

from p2kp_desktop import environment
from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.collaboration import needs
from p2kp_desktop.actions.common.long_work import Cancelled
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.actions.scores import cheapest_works
from p2kp_desktop.actions.scores.cheapest_works import WorksWanted, solve, words
from p2kp_desktop.forms import Kawasan
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.collaboration import Need
from p2kp_desktop.forms.price import Price
from p2kp_desktop.language import Trouble
from p2kp_desktop.rules.solving import Bound
from p2kp_desktop.store import views
from tests.checked_rt import CHEAPEST, PRICES, price, recap
from tests.conftest import KELURAHAN

PERIOD = str(environment.today().year)


@pytest.fixture
def scored(workspace):
    """Give a workspace with the checked RT."""
    recap(workspace)
    return workspace


@pytest.fixture
def priced(scored):
    for number, (unit, amount) in PRICES.items():
        price(scored, number, unit, amount)
    return scored


def done(found):
    return [(work.rt, work.criterion.code, work.volume) for work in found.works]


def told(found):
    return " ".join(words(found)).replace("**", "")


def test_the_checked_rt_is_brought_below_the_line_by_the_cheapest_works(priced):
    found = solve(priced, WorksWanted())
    assert done(found) == [("014/005", "2b", 2), ("014/005", "3a", 1), ("014/005", "7b", 3)]
    assert (found.cost, found.proved, found.together.score.total) == (CHEAPEST, True, 15)
    assert "Paling murah agar di bawah 16: Rp2.550.000 untuk 3 pekerjaan di 1 RT." in told(found)
    assert "Terbukti: tidak ada pilihan pekerjaan lain yang cukup dan lebih murah" in told(found)


def paved(workspace, day, metres=3, **more):
    """Record paving in the RT that was finished on a day."""
    activity = recording.record(workspace, Activity, {
        "region": KELURAHAN, "name": f"Paving {day}", "component": "lingkungan", "rt_label": "RT 014/RW 005",
        "criteria": ["c2b"], "volume": metres, "unit_name": "meter", "source": "dak", "amount": 9_000_000, **more}).id
    recording.record(workspace, Progress, {"parent": activity, "date": day, "physical": 100, "financial": 0})


def test_what_was_finished_after_the_survey_is_not_built_again_and_that_is_said(priced):
    recap(priced, rt="014/005", date=f"{PERIOD}-03-01")
    paved(priced, f"{PERIOD}-06-01")
    found = solve(priced, WorksWanted())
    assert "2b" not in {work.criterion.code for work in found.works}
    assert (found.cost, found.proved, found.together.score.total) == (CHEAPEST - 900_000, True, 15)
    assert f"Sudah dikurangi yang selesai sesudah survei di 1 RT: Paving {PERIOD}-06-01." in told(found)
    everything = solve(priced, WorksWanted(budget=CHEAPEST - 900_000))
    assert len(everything.ways) == 1


def test_what_the_survey_saw_or_may_have_seen_stays_in_the_sum(priced):
    paved(priced, f"{PERIOD}-06-01")  # the recap of that year does not say its day
    assert solve(priced, WorksWanted()).built == ()
    recap(priced, rt="014/005", date=f"{PERIOD}-07-01")
    assert solve(priced, WorksWanted()).cost == CHEAPEST
    recording.record(priced, Progress, {
        "parent": next(iter(finished_ids(priced))), "date": f"{PERIOD}-08-01", "physical": 100, "financial": 100})
    assert solve(priced, WorksWanted()).built == ()  # it was whole before the survey


def test_work_of_a_later_year_is_taken_off_a_recap_without_a_day(priced):
    paved(priced, f"{int(PERIOD) + 1}-02-01")
    assert [each.works for each in solve(priced, WorksWanted()).built] == [(f"Paving {int(PERIOD) + 1}-02-01",)]


def finished_ids(workspace):
    with workspace.asking() as connection:
        return [each.id for each in views.found(connection, Activity)]


def test_without_a_price_list_nothing_is_estimated_and_that_is_said(scored):
    found = solve(scored, WorksWanted())
    assert (found.cost, found.unpriced, len(found.works)) == (None, 3, 3)
    assert "biayanya belum ditaksir, karena belum ada harga satuan" in told(found)
    with pytest.raises(Trouble, match="belum ada harga satuan"):
        solve(scored, WorksWanted(budget=10**9))


def test_a_price_that_lacks_is_not_taken_as_free(scored):
    price(scored, "2b", "meter", 450_000)
    found = solve(scored, WorksWanted())
    assert found.unpriced == 2
    assert found.cost is None
    assert "Yang belum ditaksir tidak dianggap gratis" in told(found)


def test_what_was_not_proved_in_time_says_how_far_off_it_may_be(priced):
    shared = solve(priced, WorksWanted(budget=10**9))
    late = replace(shared, proved=False, budgeted=replace(shared.budgeted, hectares=Bound(Fraction(2), Fraction(5))))
    assert "Belum terbukti, waktunya habis: paling banyak 5,00 ha mungkin." in told(late)
    assert "Terbukti:" not in told(late)


def test_a_margin_is_kept_and_said(priced):
    found = solve(priced, WorksWanted(points=2, extra=Fraction(10)))
    assert found.together.score.total < 14
    assert any(work.volume > work.needed for work in found.works)
    assert "cadangan 2 poin dan volume lebih 10 %" in told(found)


def test_a_budget_frees_the_most_hectares(priced):
    recap(priced, "015/005", luas_ha="3")
    recap(priced, "016/005", luas_ha="4", missing_drain_m="500")  # 5 points more
    found = solve(priced, WorksWanted(budget=2 * CHEAPEST))
    assert {way.rt.rt for way in found.ways} == {"014/005", "015/005"}
    assert (found.hectares, found.cost, found.proved) == (5, 2 * CHEAPEST, True)
    assert "2 dari 3 RT di atas sasaran" in told(found)
    only = solve(priced, WorksWanted(budget=CHEAPEST))
    assert [way.rt.rt for way in only.ways] == ["015/005"]
    assert solve(priced, WorksWanted(budget=1)).works == ()


def test_a_kawasan_a_village_and_a_city_are_asked_alike(priced):
    recap(priced, "015/005")
    kawasan = recording.record(priced, Kawasan, {"region": KELURAHAN, "name": "Ilir", "rts": "015/005"}).id
    assert [name for _id, name in cheapest_works.kawasan_of(priced, KELURAHAN)] == ["Ilir"]
    assert {way.rt.rt for way in solve(priced, WorksWanted(kawasan=kawasan)).ways} == {"015/005"}
    assert {way.rt.rt for way in solve(priced, WorksWanted(), area="16.71").ways} == {"014/005", "015/005"}
    assert {way.rt.rt for way in solve(priced, WorksWanted(), area=KELURAHAN, rt="014/005").ways} == {"014/005"}
    with pytest.raises(Trouble):
        solve(priced, WorksWanted(kawasan="bukan"))


def test_below_another_total_nothing_or_more_is_needed(priced):
    none = solve(priced, WorksWanted(below=60))
    assert (none.works, none.cost, none.proved) == ((), 0, True)
    assert "Semua 1 RT sudah di bawah 60" in told(none)
    assert solve(priced, WorksWanted(below=10)).cost > CHEAPEST


def test_works_become_needs_in_one_act_that_can_be_taken_back(priced):
    found = solve(priced, WorksWanted())
    assert needs.take_works(priced, KELURAHAN, found.works, "2026") == needs.TakenNeeds(3, 0, 0)
    lines = {line.criterion: line for line in needs.lines(priced, KELURAHAN)}
    assert (lines["c2b"].volume, lines["c2b"].unit, lines["c2b"].cost) == ("2", "meter", 900_000)
    assert lines["c2b"].plan == "Jalan termurah 2026; harga: SHS 2026, 2026"
    assert needs.take_works(priced, KELURAHAN, found.works, "2026") == needs.TakenNeeds(0, 3, 0)
    assert needs.take_proposals(priced, KELURAHAN, "2026").recorded == 3  # the same needs, never twice
    named_acts.take_back(priced, named_acts.last(priced).id)
    named_acts.take_back(priced, named_acts.last(priced).id)
    assert needs.lines(priced, KELURAHAN) == []


def test_a_need_without_a_price_has_no_cost(scored):
    needs.take_works(scored, KELURAHAN, solve(scored, WorksWanted()).works, "2026")
    assert {line.cost for line in needs.lines(scored, KELURAHAN)} == {None}


def test_a_stopped_search_leaves_everything_as_it_was(priced):
    def stop(done, _total):
        if done:
            raise Cancelled

    recap(priced, "015/005")
    with pytest.raises(Cancelled):
        solve(priced, WorksWanted(), report=stop)
    with priced.asking() as connection:
        assert views.count(connection, Need) == 0


def test_where_nothing_is_assessed_it_says_so(workspace):
    with pytest.raises(Trouble, match="Belum ada data"):
        solve(workspace, WorksWanted())


def test_prices_travel_and_one_in_a_unit_that_does_not_fit_is_marked_and_not_used(scored, make_workspace, tmp_path):
    made = recording.record(scored, Price, {
        "criterion": "c2b", "unit": "paket", "price": 5, "year": 2026, "source": "toko"})
    assert [problem.question for problem in made.problems] == ["unit"]
    price(scored, "3a", "kk", 150_000)
    city = make_workspace("Kota", "district", ("16.71",))
    receiving.receive(city, sending.send(scored, tmp_path).path)
    assert [each.option for each in cheapest_works.price_list(city).prices] == ["c3a"]
    assert recording.record(scored, Price, {
        "criterion": "c4a", "unit": "m2", "price": 7, "year": 2026, "source": "toko"}).problems == ()
    flood = next(each for each in cheapest_works.price_list(scored).prices if each.option == "c4a")
    assert flood.amount == 70_000
