"""Likely duplicates are found in the data, and what people say of them is remembered and travels."""

import pytest

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import doubles, recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.forms import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema.roles import VIEWER
from p2kp_desktop.store import facts, persons
from p2kp_desktop.store.persons import Entered
from tests.conftest import KELURAHAN
from tests.examples import a_record, unlike

YEAR = "2026"


def put(workspace, name, rt="1/5", **answers):
    given = {"head_name": name, "rt": rt, "period": YEAR, **answers}
    return recording.record(workspace, Household, given).id


def become_viewer(workspace):
    with workspace.changing() as connection:
        persons.put(connection, Entered("Tono", VIEWER))
        facts.note(connection, "person", "Tono")
    assert workspace.know().is_veiled


def pairs(workspace, **where):
    return [{each.one.id, each.other.id} for each in doubles.among(workspace, KELURAHAN, YEAR, **where)]


def test_households_that_may_be_one_are_listed_with_the_likeliest_first(workspace):
    a, b = put(workspace, "Siti Aminah"), put(workspace, "Hj. Siti Aminah")
    c, d = put(workspace, "Budi", nik="1671064507800003"), put(workspace, "Budi", nik="1671064507800003", rt="2/5")
    put(workspace, "Siti Aminah", rt="3/5")
    assert sorted(pairs(workspace), key=sorted) == sorted([{a, b}, {c, d}], key=sorted)
    assert pairs(workspace, rt="002/005") == [{c, d}]


def test_a_viewer_sees_the_same_pairs_with_the_names_masked(workspace):
    a, b = put(workspace, "Siti Aminah", building="7"), put(workspace, "Hj. Siti Aminah", building="7")
    put(workspace, "Sari Astuti", nik="1671064507800003")
    put(workspace, "Slamet Ahmad", nik="1671060101700003", rt="2/5")
    before = doubles.among(workspace, KELURAHAN, YEAR)
    become_viewer(workspace)
    (found,) = doubles.among(workspace, KELURAHAN, YEAR)
    assert ({found.one.id, found.other.id}, found.reasons) == ({a, b}, before[0].reasons)
    assert {found.one.name, found.other.name} == {"S••• A•••", "H••• S••• A•••"}


def test_at_entry_the_household_being_typed_is_compared_with_those_recorded(workspace):
    a = put(workspace, "Siti Aminah", building="7")
    typed = {"region": KELURAHAN, "rt": "001/005", "period": YEAR, "head_name": "siti aminnah", "building": "7"}
    (found,) = doubles.like(workspace, "new", typed)
    assert (found.other.id, found.reasons) == (a, ("nama sama", "nomor bangunan sama"))
    assert doubles.like(workspace, a, typed) == []


def test_that_two_households_are_not_one_is_remembered_and_travels(make_workspace, tmp_path):
    field, city = make_workspace("field"), make_workspace("city", role="district")
    a, b = put(field, "Siti Aminah"), put(field, "Siti Aminah")
    assert pairs(field) == [{a, b}]
    with pytest.raises(Trouble, match="Alasan"):
        doubles.tell_apart(field, a, b, reason=" ")
    doubles.tell_apart(field, b, a, reason="Ibu dan anak, dua rumah")
    assert pairs(field) == []
    receiving.receive(city, sending.send(field, tmp_path).path)
    assert pairs(city) == []


def test_a_deleted_household_is_nobodys_double(workspace):
    a, _ = put(workspace, "Siti Aminah"), put(workspace, "Siti Aminah")
    recording.delete(workspace, Household, a, reason="terdata dua kali")
    assert pairs(workspace) == []


def test_telling_two_households_apart_leaves_their_verification_in_force(city):
    a, b = whole(city), whole(city)
    doubles.tell_apart(city, a, b, reason="Ibu dan anak")
    assert len(verification.verify(city, ids=[a, b]).verified) == 2
    doubles.tell_apart(city, b, a, reason="Ibu dan anak, dua rumah")
    assert verification.verify(city, ids=[a, b]).already == (a, b)


@pytest.fixture
def city(make_workspace):
    return make_workspace("city", role="district")


def whole(workspace, **answers):
    made = a_record(Household, period=YEAR).answers
    given = {question.key: made.get(question.key) for question in Household.stored()}
    return recording.record(workspace, Household, {**given, "rt": "1/5", "period": YEAR, **answers}).id


@pytest.mark.parametrize("asked", ["by name", "by area"])
def test_what_may_be_one_household_is_not_verified_before_somebody_says_which(city, asked):
    a, b = whole(city, building="7"), whole(city, building="7")
    other = whole(city, **unlike())
    wanted = {"ids": [a, b, other]} if asked == "by name" else {"area": KELURAHAN}
    done = verification.verify(city, **wanted)
    assert done.verified == (other,)
    assert {each.id for each in done.refused} == {a, b}
    (reason,) = done.refused[0].reasons
    assert reason.startswith("head_name: mungkin rumah yang sama dengan Siti Aminah, nomor 7: NIK sama, ")
    assert verification.obstacles(city, a) == (reason,)
    doubles.tell_apart(city, a, b, reason="dua rumah")
    assert set(verification.verify(city, **wanted).verified) == {a, b}


def test_what_is_left_of_two_that_were_one_is_verified(city):
    a, b = whole(city), whole(city)
    recording.delete(city, Household, a, reason="terdata dua kali")
    assert verification.verify(city, area=KELURAHAN).verified == (b,)


def test_one_nik_in_two_rts_hinders_both(city):
    a, b = whole(city), whole(city, rt="2/5", head_name="Rosmala Dewi")
    done = verification.verify(city, area=KELURAHAN)
    assert {each.id for each in done.refused} == {a, b}
    assert done.refused[0].reasons[0].startswith("head_name: mungkin rumah yang sama dengan Rosmala Dewi, RT 002/005")


def test_one_family_card_in_two_rts_is_likely_one_household_where_the_names_agree(workspace):
    card = "1671010410150007"
    siti, again = (put(workspace, "Siti Aminah", rt=rt, kk_number=card) for rt in ("14/5", "15/5"))
    put(workspace, "Rudi Hartono", rt="15/5", kk_number=card)  # the married son
    (found,) = doubles.among(workspace, KELURAHAN, YEAR)
    assert {found.one.id, found.other.id} == {siti, again}
    assert found.reasons == ("Nomor KK sama",)
    typed = {"region": KELURAHAN, "rt": "020/005", "period": YEAR, "head_name": "Siti Aminah", "kk_number": card}
    assert {each.other.id for each in doubles.like(workspace, "new", typed)} == {siti, again}
