"""Each feature is told by its code or by its name, as offices write them; what is doubtful is left to a person."""

import pytest

from p2kp_desktop.rules.boundary_matching import CODE, HAND, NAME, assigned, matched, offered, plain_name, spot_name
from p2kp_desktop.schema.area_map import Spot
from p2kp_desktop.schema.places import regions

LIMA_ILIR = Spot("16.71.06.1005")


@pytest.mark.parametrize(("values", "spot", "how"), [
    ({"KDEPUM": "16.71.06.1005"}, LIMA_ILIR, CODE),
    ({"kode_desa": "1671061005"}, LIMA_ILIR, CODE),
    ({"KODE": "1671061005.0"}, LIMA_ILIR, CODE),
    ({"KDPPUM": "16", "KDPKAB": "16.71", "KDCPUM": "16.71.06", "KDEPUM": "16.71.06.1005"}, LIMA_ILIR, CODE),
    ({"KDPKAB": "16.71", "WADMKK": "Kota Palembang"}, Spot("16.71"), CODE),
    ({"KODE_KEC": "167106"}, Spot("16.71.06"), CODE),
    ({"KDCPUM": "16.71.06", "WADMKD": "LIMA ILIR"}, LIMA_ILIR, NAME),
    ({"WADMKD": "5 Ilir", "WADMKC": "Ilir Timur II", "WADMKK": "Palembang"}, LIMA_ILIR, NAME),
    ({"NAMOBJ": "Kel. 5 Ilir", "KECAMATAN": "Kec. Ilir Timur II"}, LIMA_ILIR, NAME),
    ({"Name": "Kelurahan Lima Ilir"}, LIMA_ILIR, NAME),
    ({"WADMKC": "Gandus", "WADMKK": "Palembang"}, Spot("16.71.12"), NAME),
    ({"KABUPATEN": "OGAN ILIR"}, Spot("16.10"), NAME),
    ({"KAB_KOTA": "Kota Palembang"}, Spot("16.71"), NAME),
    ({"KDEPUM": "16.71.06.1005", "RT": "14", "RW": "5"}, Spot(LIMA_ILIR.region, "014/005"), CODE),
    ({"KELURAHAN": "5 ilir", "RT_RW": "RT 14 / RW 05"}, Spot(LIMA_ILIR.region, "014/005"), NAME),
])
def test_a_feature_is_told_by_the_fields_that_offices_use(values, spot, how):
    (found,) = matched([values])
    assert (found.spot, found.how) == (spot, how)


@pytest.mark.parametrize("values", [
    {"DESA": "Suka Maju"}, {"WADMKD": "Negeri Dongeng"}, {"OBJECTID": "7"}, {"NAMA": "Sako"}, {},
    {"KDEPUM": "16.71.06.1999"}, {"WADMKD": "Lima Ilirr", "WADMKK": "Palembang"}, {"Name": "RT 014 RW 05"},
    {"KDCPUM": "16.71.06", "RT": "3"},
])
def test_what_is_doubtful_is_left_to_a_person(values):
    (found,) = matched([values])
    assert found.spot is None
    assert LIMA_ILIR in found.likely or values.get("WADMKD") != "Lima Ilirr"


def test_a_name_that_two_places_bear_is_offered_with_both():
    (found,) = matched([{"DESA": "Karang Anyar"}])
    there = [Spot(code) for code, place in regions().items()
             if place.is_village and plain_name(place.name) == "karanganyar"]
    assert len(there) > 1
    assert {*found.likely} <= {*there}


def test_an_rt_alone_is_of_the_kelurahan_of_the_workspace():
    (found,) = matched([{"Name": "RT 014 RW 05"}], LIMA_ILIR.region)
    assert found.spot == Spot(LIMA_ILIR.region, "014/005")


def test_codes_of_the_statistics_office_are_not_taken_for_those_of_the_ministry():
    villages = [place for code, place in regions().items() if code.startswith("16.71.06.")][:4]
    shifted = [*villages[1:], villages[0]]
    rows = [{"KODE": other.code, "DESA": place.name, "KECAMATAN": "Ilir Timur Dua", "KDBBPS": other.code}
            for place, other in zip(villages, shifted, strict=True)]
    found = matched(rows)
    assert [each.spot for each in found] == [Spot(place.code) for place in villages]
    assert {each.how for each in found} == {NAME}


@pytest.mark.parametrize(("one", "other"), [
    ("Kel. 36 ILIR", "Tiga-puluh-enam Ilir"), ("3-4 Ulu", "Tiga Empat Ulu"), ("9/10 ULU", "Sembilan Sepuluh Ulu"),
    ("19 Ilir", "Sembilan-belas Ilir"), ("20 Ilir III", "Dua-puluh Ilir Tiga"), ("Banyuasin 1", "Banyuasin I"),
    ("desa Suka  Maju", "Sukamaju"), ("11 Ilir", "Sebelas Ilir"), ("30 ILIR", "Tiga-puluh Ilir"),
])
def test_names_are_compared_as_people_write_them(one, other):
    assert plain_name(one) == plain_name(other)


def test_names_that_differ_stay_apart():
    assert len({plain_name(name) for name in ("34 Ulu", "3-4 Ulu", "Satu Ulu", "Sebelas Ulu", "Ulu", "Dua Ulu")}) == 6


def test_nearly_every_village_of_the_province_is_told_by_its_three_names():
    rows = []
    for code, place in regions().items():
        if place.is_village:
            above = [regions()[code[:length]].name for length in (8, 5)]
            rows.append({"WADMKD": place.name.upper(), "WADMKC": above[0], "WADMKK": above[1]})
    found = matched(rows)
    wanted = [Spot(code) for code, place in regions().items() if place.is_village]
    assert all(each.spot in (None, spot) for each, spot in zip(found, wanted, strict=True))
    assert sum(each.spot is None for each in found) < 10


def test_a_person_can_say_which_place_it_is_and_take_that_back():
    found = matched([{"WADMKD": "Negeri Dongeng"}, {"KDEPUM": LIMA_ILIR.region}])
    told = assigned(found, 0, LIMA_ILIR)
    assert [(each.spot, each.how) for each in told] == [(LIMA_ILIR, HAND), (LIMA_ILIR, CODE)]
    assert assigned(told, 0, None) == found


def test_places_are_offered_by_code_by_name_and_by_rt():
    assert offered("16.71.06.1005") == [LIMA_ILIR]
    assert LIMA_ILIR in offered("lima il")
    assert offered("rt 14 rw 5", LIMA_ILIR.region) == [Spot(LIMA_ILIR.region, "014/005")]
    assert spot_name(Spot(LIMA_ILIR.region, "014/005")) == (
        "RT 014 / RW 05, Lima Ilir, Ilir Timur Dua, Kota Palembang")
