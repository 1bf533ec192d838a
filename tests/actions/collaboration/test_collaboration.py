"""Kolaborasi: needs from scores, money against needs, offers that fit, work and what it does to the score."""

import itertools

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.collaboration import needs, partners, platform, work_effects, works
from p2kp_desktop.actions.collaboration.needs import DISMISSED, FUNDED, NEW, PARTLY, RECORDED, UNFUNDED
from p2kp_desktop.actions.recording import named_acts, recording
from p2kp_desktop.forms.activity import Activity, Progress
from p2kp_desktop.forms.collaboration import Commitment, Need, Stakeholder
from p2kp_desktop.forms.criteria import criteria
from p2kp_desktop.forms.elements import CRITERIA
from p2kp_desktop.forms.institutions import Kpp, PlanDocument
from p2kp_desktop.forms.kawasan import Kawasan
from p2kp_desktop.forms.period import Period
from p2kp_desktop.forms.policy import Policy
from p2kp_desktop.forms.rt_recap import RtRecap
from p2kp_desktop.language import Trouble
from p2kp_desktop.store import drafts, views
from tests.conftest import KELURAHAN
from tests.records import RECAP

YEAR, NEXT, RT = "2026", "2027", "014/005"


def recap(workspace, period=YEAR, **more):
    recording.record(workspace, RtRecap, {"region": KELURAHAN, "rt": RT, "period": period, **RECAP, **more})


@pytest.fixture
def scored(workspace):
    """Give a workspace whose RT has 80 % damaged roads (score 5) and 40 % missing drains (score 1)."""
    recap(workspace)
    return workspace


@pytest.fixture
def needing(scored):
    needs.take_proposals(scored, KELURAHAN, YEAR)
    return scored


def lines(workspace, area=KELURAHAN):
    return {line.criterion: line for line in needs.lines(workspace, area)}


def cost(workspace, amount, criterion="c2b"):
    ident = lines(workspace)[criterion].id
    recording.record(workspace, Need, {"id": ident, "cost": amount})
    return ident


def promise(workspace, **more):
    return recording.record(workspace, Commitment, {
        "who": "Dinas PU", "what": "Paving Gang Lorok", "year": 2026, "source": "apbd_kota", "amount": 60_000_000,
        "reached": "disepakati", **more,
    }).id


def activity(workspace, need, **more):
    return recording.record(workspace, Activity, {
        "region": KELURAHAN, "period": YEAR, "name": "Paving Gang Lorok", "component": "lingkungan", "rt_label": RT,
        "need": need, "criteria": ["c2b"], "volume": "320", "unit_name": "meter", "source": "apbd_kota",
        "amount": 60_000_000, **more,
    }).id


def report(workspace, parent, date, physical, **more):
    recording.record(workspace, Progress, {
        "parent": parent, "region": KELURAHAN, "date": date, "physical": physical, "financial": physical, **more,
    })


def test_needs_are_proposed_from_criteria_that_score_the_worst_first(scored):
    found = needs.proposals(scored, KELURAHAN, YEAR)
    assert [(p.criterion, p.volume, p.unit, p.score, p.state) for p in found] == [
        ("c2b", "320", "meter", 5, NEW), ("c4b", "200", "meter", 1, NEW),
    ]


def test_every_criterion_that_the_forms_know_has_words():
    assert tuple(each.option for each in criteria() if each.work) == CRITERIA.codes


def test_a_need_from_a_score_of_2016_names_what_that_edition_measures(workspace):
    recording.record(workspace, Period, {"year": 2026, "kind": "tahunan", "rules": "2016"})
    recap(workspace, unconnected_drain_m=400, dirty_drain_m=200, worn_waste_facility_kk=60, damaged_drain_m=130)
    needs.take_proposals(workspace, KELURAHAN, YEAR)
    found = {code: (line.what, line.amount_of_work) for code, line in lines(workspace).items()}
    assert found["c4_terhubung"] == ("Menghubungkan drainase ke sistem drainase kota", "400 Meter")
    assert found["c4_terpelihara"] == ("Membersihkan dan memelihara drainase", "200 Meter")
    assert found["c6_terpelihara"] == ("Memelihara prasarana dan sarana persampahan", "60 KK")
    assert found["c4c"] == ("Memperbaiki drainase yang rusak", "130 Meter")  # which is 4e there
    work = activity(workspace, lines(workspace)["c4_terhubung"].id, volume="400", criteria=[])
    before, hoped = (getattr(work_effects.effects(workspace, work)[0], when).total for when in ("before", "hoped"))
    assert before - hoped == 5


def test_taking_twice_records_once_and_one_act_takes_everything_back(scored):
    assert needs.take_proposals(scored, KELURAHAN, YEAR) == needs.TakenNeeds(2, 0, 0)
    assert needs.take_proposals(scored, KELURAHAN, YEAR) == needs.TakenNeeds(0, 2, 0)
    assert lines(scored)["c2b"].amount_of_work == "320 Meter"
    named_acts.take_back(scored, named_acts.last(scored).id)
    assert lines(scored) == {}
    assert {p.state for p in needs.proposals(scored, KELURAHAN, YEAR)} == {DISMISSED}


def test_a_need_that_was_thrown_away_is_not_brought_back(needing):
    recording.delete(needing, Need, lines(needing)["c4b"].id, reason="sudah ada di RKM")
    assert needs.take_proposals(needing, KELURAHAN, YEAR) == needs.TakenNeeds(0, 1, 1)


def test_a_need_that_somebody_typed_is_recognised_in_every_period_until_it_is_met(scored):
    need = recording.record(scored, Need, {
        "region": KELURAHAN, "rt": RT, "criterion": "c2b", "what": "Cor jalan", "volume": 300, "unit_name": "meter",
    }).id
    recap(scored, NEXT)
    for period in (YEAR, NEXT):
        states = {p.criterion: p.state for p in needs.proposals(scored, KELURAHAN, period)}
        assert states == {"c2b": RECORDED, "c4b": NEW}
    report(scored, activity(scored, need, volume="300"), "2026-11-01", 100)
    assert lines(scored)["c2b"].is_met
    assert {p.criterion: p.state for p in needs.proposals(scored, KELURAHAN, NEXT)}["c2b"] == NEW


def test_a_need_is_told_with_the_plan_it_is_linked_to_and_what_was_typed(needing):
    plan = recording.record(needing, PlanDocument, {
        "region": KELURAHAN, "kind": "rplp", "name": "RPLP 2020–2024", "progress": "disahkan",
    }).id
    assert lines(needing)["c2b"].plan == "Penilaian 2026"
    recording.record(needing, Need, {"id": lines(needing)["c2b"].id, "plan": plan})
    assert lines(needing)["c2b"].plan == "RPLP · RPLP 2020–2024 · Penilaian 2026"


def test_a_need_is_unfunded_then_partly_then_wholly_funded(needing):
    need = cost(needing, 100_000_000)
    promise(needing, need=need, reached="tawaran")
    line = lines(needing)["c2b"]
    assert (line.standing, line.firm, line.offered, line.lack) == (UNFUNDED, 0, 60_000_000, 100_000_000)
    promise(needing, need=need)
    assert (lines(needing)["c2b"].standing, lines(needing)["c2b"].lack) == (PARTLY, 40_000_000)
    promise(needing, need=need, amount=40_000_000, year=2027, reached="cair")
    promise(needing, need=need, amount=90_000_000, reached="batal")
    line = lines(needing)["c2b"]
    assert (line.standing, line.firm, line.doubled) == (FUNDED, 100_000_000, 0)


def test_an_activity_spends_the_commitment_of_its_source_and_only_the_rest_counts(needing):
    need = cost(needing, 100_000_000)
    promise(needing, need=need)
    activity(needing, need, amount=75_000_000)
    line = lines(needing)["c2b"]
    assert [(each.form, each.amount) for each in line.sums] == [("commitment", 60_000_000), ("activity", 15_000_000)]
    assert line.firm == 75_000_000


def test_whatever_is_sure_beyond_the_cost_is_flagged_also_from_one_kind_of_source(needing):
    """Two offices of one city that both pay for the same road are double funding as much as two kinds of source."""
    need = cost(needing, 80_000_000)
    promise(needing, need=need, amount=80_000_000)
    assert lines(needing)["c2b"].doubled == 0
    promise(needing, need=need, who="Dinas Perkim", amount=10_000_000)
    assert lines(needing)["c2b"].doubled == 10_000_000
    activity(needing, need, source="non_pemerintah", amount=50_000_000)
    assert lines(needing)["c2b"].doubled == 60_000_000
    assert platform.waiting(needing, KELURAHAN) == 2  # and the drains, which nobody pays for


def test_two_givers_for_a_need_whose_cost_nobody_knows_are_perhaps_double_funding(needing):
    need = lines(needing)["c2b"].id
    promise(needing, need=need)
    activity(needing, need, amount=75_000_000, self_help=10_000_000)  # works with the money that is committed
    assert not lines(needing)["c2b"].may_be_doubled
    promise(needing, need=need, who="Dinas Perkim", reached="tawaran")
    assert not lines(needing)["c2b"].may_be_doubled
    promise(needing, need=need, who="Dinas Perkim")
    line = lines(needing)["c2b"]
    assert (line.may_be_doubled, line.doubled) == (True, 0)
    assert next(iter(lines(needing))) == "c2b"
    assert platform.waiting(needing, KELURAHAN) == 2
    cost(needing, 500_000_000)
    assert not lines(needing)["c2b"].may_be_doubled


def test_the_self_help_of_an_activity_stands_in_its_own_column(needing):
    need = lines(needing)["c2b"].id
    activity(needing, need, source="dak", amount=500, self_help=200)
    row = next(row for row in platform.matrix(needing, KELURAHAN).rows if row.need.id == need)
    assert row.firm == {"dak": 300, "masyarakat": 200}


def test_the_matrix_holds_needs_against_sources_by_year(needing):
    need = cost(needing, 100_000_000)
    promise(needing, need=need)
    promise(needing, need=need, source="non_pemerintah", amount=25_000_000, year=2027)
    promise(needing, need=need, source="masyarakat", amount=5_000_000, reached="tawaran")
    whole = platform.matrix(needing, KELURAHAN)
    row = next(row for row in whole.rows if row.need.id == need)
    assert row.firm == {"apbd_kota": 60_000_000, "non_pemerintah": 25_000_000}
    assert row.offered == {"masyarakat": 5_000_000}
    assert (whole.years, whole.total, whole.cost, whole.lack) == ((2026, 2027), 85_000_000, 100_000_000, 15_000_000)
    assert len(whole.firm) == 9
    assert platform.matrix(needing, KELURAHAN, 2027).firm["non_pemerintah"] == 25_000_000
    assert platform.matrix(needing, KELURAHAN, 2027).total == 25_000_000


def test_offers_without_a_need_fit_by_their_criteria_or_by_what_they_say(needing):
    waiting = promise(needing, criteria=["c2b", "c4b"])
    recording.record(needing, Stakeholder, {
        "name": "PT Semen Musi", "element": "swasta", "offers": "Semen untuk jalan dan gang",
    })
    recording.record(needing, Stakeholder, {"name": "Bank Sumsel", "element": "bank", "offers": "Gerobak sampah"})
    found = {row.need.criterion: row.fits for row in platform.matrix(needing, KELURAHAN).rows}
    assert [(fit.offer.who, fit.why) for fit in found["c2b"]] == [
        ("Dinas PU", "menjawab kriteria 2b"), ("PT Semen Musi", "menyebut «jalan»"),
    ]
    assert [fit.offer.id for fit in found["c4b"]] == [waiting]


def test_an_offer_is_given_to_a_need_with_one_act(needing):
    waiting, need = promise(needing, criteria=["c4b"]), lines(needing)["c2b"].id
    platform.use(needing, waiting, need)
    assert lines(needing)["c2b"].firm == 60_000_000
    assert platform.offers(needing) == ()
    with needing.asking() as connection:
        (kept,) = views.found(connection, Commitment)
    assert kept[Commitment.criteria] == {"c2b", "c4b"}
    recording.delete(needing, Need, need, reason="keliru")
    assert [offer.id for offer in platform.offers(needing)] == [waiting]
    with pytest.raises(Trouble):
        platform.use(needing, waiting, need)


def test_what_follows_from_a_need_begins_with_what_is_known(needing):
    need = cost(needing, 100_000_000)
    giver = recording.record(needing, Stakeholder, {"name": "PT Semen Musi", "element": "swasta"}).id
    begun = platform.begin_commitment(needing, KELURAHAN, need=need, stakeholder=giver, year=2026)
    promise(needing, need=need)
    work = platform.begin_activity(needing, need, YEAR)
    with needing.asking() as connection:
        said = {draft.id: draft.answers for draft in drafts.waiting(connection)}
    assert said[begun] == {
        "stakeholder": giver, "who": "PT Semen Musi", "need": need, "criteria": "c2b", "year": 2026,
        "what": "Memperbaiki jalan lingkungan yang rusak", "region": "16.71",
    }
    assert {key: said[work][key] for key in ("region", "rt_label", "volume", "unit_name", "source", "amount")} == {
        "region": KELURAHAN, "rt_label": RT, "volume": "320", "unit_name": "meter", "source": "apbd_kota",
        "amount": 60_000_000,
    }


def test_an_activity_shows_its_latest_progress_and_its_instalments(needing):
    work = activity(needing, lines(needing)["c2b"].id)
    report(needing, work, "2026-09-01", 50, instalment="p60", paid=36_000_000, photo="ya")
    report(needing, work, "2026-11-01", 100, instalment="p30", paid=18_000_000)
    report(needing, work, "2026-10-01", 70)
    (line,) = works.works(needing, KELURAHAN)
    assert (line.physical, line.instalments, line.paid) == (100, ("p60", "p30"), 54_000_000)
    assert works.told(line.steps[-1]) == (
        "1 September 2026: fisik 50 % · keuangan 50 % · Termin 60 % · Rp36.000.000 · ada foto")
    assert lines(needing)["c2b"].is_met


def test_an_activity_tells_what_it_is_whom_it_serves_and_what_stands_afterwards(needing):
    recording.record(needing, Kawasan, {"id": "k", "region": KELURAHAN, "name": "Kawasan Lorok", "rts": "014/005"})
    work = activity(
        needing, lines(needing)["c2b"].id, kawasan="k", subcomponent="jalan", category="baru", self_help=10_000_000,
        people_count=120, women_count=60, kk_count=40, kk_poor=12, workers_men=8, workdays=160, quality="kb",
        handover="2026-11-20", condition=["ada", "baik"],
    )
    recording.record(needing, Kpp, {"region": KELURAHAN, "name": "KPP Lorok", "asset": "Paving Gang Lorok",
                                    "activity": work, "active": "aktif"})
    (line,) = works.works(needing, KELURAHAN)
    assert line.about == (
        "L Lingkungan · Jalan lingkungan · Baru · Kawasan Lorok", "**Volume:** 320 Meter",
        "**Dana:** Masyarakat (swadaya) Rp10.000.000 · APBD kabupaten/kota atau BUMD Rp50.000.000",
        "**Pemanfaat:** 120 jiwa · 60 perempuan · 40 KK · 12 KK miskin", "**Pekerja:** 8 laki-laki · 160 HOK",
        "**KPP:** KPP Lorok", "**Serah terima:** 20 November 2026",
        "**Keadaan:** KB (kualitas baik) · Masih ada, Baik",
    )
    bare = activity(needing, "", name="Tanpa rincian")
    about = next(each.about for each in works.works(needing, KELURAHAN) if each.id == bare)
    assert about[-2:] == ("**KPP:** belum ada", "**Serah terima:** belum")


def test_payments_beyond_the_amount_and_odd_reports_are_told(needing):
    work = activity(needing, lines(needing)["c2b"].id, amount=50_000_000)
    report(needing, work, "2026-09-01", 60, instalment="p60", paid=30_000_000)
    report(needing, work, "2026-10-01", 50, instalment="p10", paid=25_000_000)
    (line,) = works.works(needing, KELURAHAN)
    assert line.overpaid == 5_000_000
    assert [question for question, _message in line.steps[0].odd] == ["physical", "financial", "instalment"]
    assert line.steps[1].odd == ()


def test_the_effect_is_the_score_before_the_hope_and_the_score_of_the_next_recap(needing):
    work = activity(needing, lines(needing)["c2b"].id)
    (before,) = work_effects.effects(needing, work)
    (change,) = before.changes
    assert (change.criterion, change.volume, change.before.score, change.hoped.score) == ("c2b", 320, 5, 0)
    assert (before.before.total, before.hoped.total, before.after) == (6, 1, None)
    assert before.words == (
        "**Jumlah RT 014/005:** 6 (Tidak kumuh) pada 2026; bila selesai 1 (Tidak kumuh).",
        "**2b Kualitas permukaan jalan:** 80,00 % bernilai 5; bila 320 m tertangani 0,00 % bernilai 0.",
        "Sesudahnya: menunggu survei atau rekap RT berikutnya.",
    )
    recap(needing, NEXT, damaged_road_m=40)
    (after,) = work_effects.effects(needing, work)
    assert (after.after.period, after.after.total, after.changes[0].after.score) == (NEXT, 1, 0)
    assert after.words[-1].endswith("; turun 5.")


def test_an_activity_without_a_need_improves_the_criteria_that_it_names_by_what_it_says(needing):
    work = activity(needing, "", rt_label="RT 14 RW 5", criteria=["c2b", "c4b"], volume="320", gain_c4b="100")
    (found,) = work_effects.effects(needing, work)
    assert [(each.criterion, each.volume, each.hoped.score) for each in found.changes] == [
        ("c2b", 320, 0), ("c4b", 100, 0)]
    assert (found.before.total, found.hoped.total) == (6, 0)


def test_an_activity_in_another_unit_has_the_volume_of_its_need(needing):
    """Before, its hope stayed unknown although it answers a need whose volume is known."""
    work = activity(needing, lines(needing)["c2b"].id, volume="1", unit_name="paket")
    assert work_effects.effects(needing, work)[0].changes[0].volume == 320
    alone = activity(needing, "", volume="1", unit_name="paket")
    (change,) = work_effects.effects(needing, alone)[0].changes
    assert (change.volume, change.words) == (
        None, "**2b Kualitas permukaan jalan:** 80,00 % bernilai 5; satuannya lain, jadi menunggu rekap berikutnya.")


def test_an_effect_needs_a_criterion_one_rt_and_an_assessment(needing):
    assert work_effects.effects(needing, activity(needing, "", criteria=[])) == ()
    (several,) = work_effects.effects(needing, activity(needing, "", rt_label="RT 14, 15 dan 16"))
    assert several.words == ("Lokasinya bukan satu RT, jadi pengaruhnya pada nilai tidak dapat dihitung.",)
    (unknown,) = work_effects.effects(needing, activity(needing, "", rt_label="099/001"))
    assert unknown.words == ("RT ini belum dinilai, jadi pengaruhnya belum dapat dihitung.",)


@pytest.fixture
def slum(workspace):
    """Give an RT of 17 points: roads 5, missing drains 5, water 5, latrines 1, floods 1; all taken as needs."""
    recap(workspace, missing_drain_m=400, unsafe_water_kk=60, no_latrine_kk=20, flooded_ha="0.6")
    needs.take_proposals(workspace, KELURAHAN, YEAR)
    for criterion, amount in (("c2b", 90), ("c4b", 80), ("c3a", 70), ("c5a", 30)):
        cost(workspace, amount, criterion)
    return workspace


def test_an_rt_is_told_which_needs_bring_it_below_the_line_the_cheapest_first(slum):
    found = work_effects.outlook(slum, KELURAHAN, RT, YEAR)
    (target,) = found.targets
    assert (found.now.total, found.lowest.total, target.level) == (17, 0, "Tidak kumuh")
    assert [(found.names[way.remedies[0]], way.total, way.cost) for way in target.ways] == [
        ("3a Menyediakan akses air minum aman", 12, 70), ("4b Membangun drainase yang belum ada", 12, 80),
        ("2b Memperbaiki jalan lingkungan yang rusak", 12, 90),
    ]
    assert found.words[1:3] == (
        "**Tidak kumuh**, paling murah **Rp70** (jumlah 12): 3a Menyediakan akses air minum aman",
        "atau **Rp80** (jumlah 12): 4b Membangun drainase yang belum ada",
    )


def test_an_activity_takes_the_place_of_what_it_does_of_its_need(slum):
    water = lines(slum)["c3a"].id
    work = activity(slum, water, name="Sambungan rumah", criteria=["c3a"], volume="60", unit_name="kk", amount=75)
    found = work_effects.outlook(slum, KELURAHAN, RT, YEAR)
    assert found.targets[0].ways[0].remedies == (work,)
    assert water not in {each for way in found.targets[0].ways for each in way.remedies}
    report(slum, work, "2026-11-01", 100)
    found = work_effects.outlook(slum, KELURAHAN, RT, YEAR)
    assert (found.now.total, found.targets) == (12, ())
    assert found.words == ("**RT 014/005 tidak kumuh:** jumlah 12, periode 2026.",)


def test_what_is_left_of_a_need_costs_what_its_activities_leave(slum):
    water = lines(slum)["c3a"].id
    half = activity(slum, water, criteria=["c3a"], volume="20", unit_name="kk", amount=25)
    found = work_effects.outlook(slum, KELURAHAN, RT, YEAR)
    both = next(way for way in found.targets[0].ways if water in way.remedies)
    assert (set(both.remedies), both.cost) == ({water}, 45)
    assert half not in both.remedies


def test_an_rt_that_nothing_recorded_brings_below_the_line_is_told_so(workspace):
    recap(workspace, missing_drain_m=400, unsafe_water_kk=60, no_latrine_kk=20, flooded_ha="0.6")
    found = work_effects.outlook(workspace, KELURAHAN, RT, YEAR)
    assert found.words[-1] == "Semua kebutuhan dan kegiatan yang tercatat bersama hanya sampai 17 (Kumuh ringan)."
    assert work_effects.outlook(workspace, KELURAHAN, RT, "2025") is None


def test_partners_stand_with_their_commitments_and_the_unrecorded_come_last(needing):
    giver = recording.record(needing, Stakeholder, {
        "name": "Bappeda", "element": "bappeda", "roles": ["sinergi", "pengendalian"],
    }).id
    promise(needing, stakeholder=giver, who="Bappeda")
    promise(needing, reached="tawaran")
    first, last = partners.partners(needing, KELURAHAN)
    assert (first.name, len(first.roles), first.firm, first.offered) == ("Bappeda", 2, 60_000_000, 0)
    assert (last.name, last.id, last.offered) == ("Pihak lain", "", 60_000_000)


def test_policies_stand_by_kind_the_newest_first(workspace):
    for kind, name, date in (("rtrw", "RTRW", "2012-01-01"), ("sk_kumuh", "SK 488", "2014-06-01"),
                             ("sk_kumuh", "SK baru", "2021-06-01")):
        recording.record(workspace, Policy, {"kind": kind, "name": name, "date": date, "area": "Palembang"})
    assert [each.name for each in partners.policies(workspace, KELURAHAN)] == ["SK baru", "SK 488", "RTRW"]


@pytest.fixture
def carry(tmp_path):
    number = itertools.count()

    def carry(here, there, to):
        folder = tmp_path / f"stik {next(number)}"
        folder.mkdir()
        received = receiving.receive(there, sending.send(here, folder, to=to).path)
        assert received.error is None

    return carry


def test_the_platform_travels_from_facilitator_to_district_to_province_and_back(needing, make_workspace, carry):
    city = make_workspace("Kota", role="district", regions=("16.71",))
    province = make_workspace("Provinsi", role="province", regions=("16",))
    need = cost(needing, 100_000_000)
    recording.record(needing, Stakeholder, {"id": "pt", "name": "PT Semen Musi", "element": "swasta"})
    carry(needing, city, "district")
    promise(city, need=need, stakeholder="pt", who="PT Semen Musi", source="non_pemerintah")
    work = activity(city, need, source="non_pemerintah")
    recording.record(city, Policy, {"kind": "sk_kumuh", "name": "SK 488", "area": "Palembang"})
    carry(city, province, "province")
    carry(city, needing, "facilitator")
    report(needing, work, "2026-11-01", 100)
    recap(needing, NEXT, damaged_road_m=0)
    carry(needing, city, "district")
    carry(city, province, "province")
    seen = [
        (needs.lines(each, "16.71"), platform.matrix(each, "16.71"), works.works(each, "16.71"),
         partners.partners(each, "16.71"), partners.policies(each, "16.71"), work_effects.effects(each, work))
        for each in (needing, city, province)
    ]
    assert seen[0] == seen[1] == seen[2]
    assert lines(province, "16")["c2b"].is_met
    assert work_effects.effects(province, work)[0].after.total == 1


def test_two_laptops_that_take_the_same_scores_have_one_need(needing, make_workspace, carry):
    second = make_workspace("Budi")
    recap(second)
    needs.take_proposals(second, KELURAHAN, YEAR)
    carry(second, needing, "facilitator")
    assert len(needs.lines(needing, KELURAHAN)) == 2
