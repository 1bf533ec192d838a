"""RT labels and names of regions are understood in the spellings of the field, and have one spelling of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.schema.names import fit, in_figures, is_called, named, villages
from p2kp_desktop.schema.numerals import figures, spelt
from p2kp_desktop.schema.places import normal_rt, region, region_name, regions, rt_parts, rt_words
from p2kp_desktop.schema.values import Unreadable


@pytest.mark.parametrize(
    ("seen", "label"),
    [
        ("RT001-RW002", "001/002"), ("RT 14-RW 05", "014/005"), ("RT.003-RW.001", "003/001"),
        ("RT008 - RW009", "008/009"), ("RT01-RW05", "001/005"), ("RT011-RW05", "011/005"), ("RT 39 RW 07", "039/007"),
        ("RT201-DS04", "201/DS04"), ("DUSUN TIKUNG", "DUSUN TIKUNG"), ("Labuhan Timur", "LABUHAN TIMUR"),
        ("SAMPUNG KIDUL RT006-RW001", "006/001 SAMPUNG KIDUL"),
    ],
)
def test_labels_seen_in_the_wild_keep_their_one_spelling(seen: str, label: str) -> None:
    assert normal_rt(seen) == label


@pytest.mark.parametrize(
    "typed",
    [
        *("RT14RW05", "RW 05 RT 14", "RT 14 – RW 05", "RT 14—RW 05", "RT 14 / 05", "RT/RW 014/005", "R.T. 14 R.W. 05"),
        *("RT-14 RW-05", "RT_014 RW_005", "RT0014-RW0005", "14 RW 05", "14 05", "RT.14/RW.05", "rt 14 rw 5", "14/5"),
        *("RT/RW: 14/5", "RT 14, RW 05", "RT: 014 RW: 005", "rt014rw005", "14-5", "RW.005/RT.014", "014005"),
        *("RT XIV RW V", "RT.XIV/RW.V", "14 RW V", "RW V RT 14", "RT 14-RW.V"),
    ],
)
def test_one_rt_is_understood_in_every_common_spelling(typed: str) -> None:
    assert normal_rt(typed) == normal_rt(typed.lower()) == "014/005"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("14", "014"), ("RT 14", "014"), ("014/-", "014"), ("RT 5A", "RT 5A"),
        ("RT 14 Lorong Damai", "014 LORONG DAMAI"), ("RW 05", "RW 05"), ("DUSUN 3", "DUSUN 3"),
        ("RT 2 Dusun 3", "002/DS03"), ("RT 001 RW 000", "001/000"),
        ("-5 RT 1", "001/005"), ("RT 2010", "RT 2010"), ("PERT 3", "PERT 3"),
        ("RT XIX RW XXXIX", "019/039"), ("RT IV", "004"), ("RT IX LORONG X", "009 LORONG X"), ("RT C", "RT C"),
        ("RT XL", "RT XL"), ("LORONG V", "LORONG V"), ("RT VISTA", "RT VISTA"), ("RT IIII", "RT IIII"),
        ("RT XX RW XX", "RT XX RW XX"), ("RT X RW XXI", "010/021"),
    ],
)
def test_what_is_less_or_more_than_two_numbers_is_kept(typed: str, label: str) -> None:
    assert normal_rt(typed) == label


@pytest.mark.parametrize("text", ["", " - ", ",", "A, B", "1,2", "RT 0", "0", "000/005", "RT 00 RW 05", "RW 5 RT 0"])
def test_what_names_no_rt_is_refused_in_words(text: str) -> None:
    with pytest.raises(Unreadable, match="RT"):
        normal_rt(text)


_PIECES = st.sampled_from(
    ["RT", "RW", "R.T.", " ", "-", "/", ".", "–", "DS", "DUSUN", "0", "5", "14", "005", "A", "_", "V", "XIV"]
)


@given(st.one_of(st.text(max_size=20), st.lists(_PIECES, max_size=9).map("".join)))
def test_reading_a_label_again_changes_nothing(text: str) -> None:
    try:
        label = normal_rt(text)
    except Unreadable:
        return
    assert normal_rt(label) == label
    assert normal_rt(label.lower()) == label or not label.isascii()


@given(st.integers(1, 999), st.one_of(st.none(), st.integers(1, 999)))
def test_numbers_of_rt_and_rw_come_back(rt: int, rw: int | None) -> None:
    assert rt_parts(normal_rt(f"rt{rt}" + (f" rw{rw}" if rw else ""))) == (rt, rw, "")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ILIR TIMUR II", "Ilir Timur Dua"), ("32 ILIR", "Tiga-puluh-dua Ilir"), ("3-4 Ulu", "Tiga Empat Ulu"),
        ("Kel. Lima Ilir", "Lima Ilir"), ("KELURAHAN 5 ILIR", "Lima Ilir"), ("Sebrang Ulu 1", "Seberang Ulu Satu"),
        ("9/10 ulu", "Sembilan Sepuluh Ulu"), ("tiga puluh dua ilir", "Tiga-puluh-dua Ilir"),
        ("palembang", "Kota Palembang"), ("Kab. OKU Timur", "Kabupaten Ogan Komering Ulu Timur"),
        ("Kota Daro 2", "Kota Daro II"), ("16.71.06.1005", "Lima Ilir"), ("Kec. Ilir Barat I", "Ilir Barat Satu"),
    ],
)
def test_a_region_is_found_by_any_spelling_of_its_name(typed: str, name: str) -> None:
    assert [place.name for place in named(typed, regions().values())] == [name]


def test_every_region_is_found_by_its_own_name_and_never_by_nothing() -> None:
    for place in regions().values():
        assert is_called(place, place.name)
        assert is_called(place, place.name.upper())
    assert named("", regions().values()) == named("Kelurahan", regions().values()) == []


def test_names_inside_a_kecamatan_stay_apart() -> None:
    beside: dict[str, list[str]] = {}
    for place in regions().values():
        if place.is_village:
            beside.setdefault(place.code.rpartition(".")[0], []).append(place.code)
    for codes in beside.values():
        for code in codes:
            assert [each.code for each in named(region_name(code), map(region, codes))] == [code]


def test_a_kelurahan_may_be_told_by_its_kecamatan() -> None:
    assert len(villages("Tanjung Baru", ["16"])) > 1
    (only,) = villages("5 ILIR (16.71.06.1005)", ["16"], above="ILIR TIMUR 2")
    assert only.name == "Lima Ilir"
    assert villages("5 ILIR", ["16"], above="Sako") == villages("5 ILIR", ["16.01"]) == []


def test_what_is_typed_fits_the_beginning_of_a_name_best() -> None:
    assert [fit("5 ilir", name) for name in ("Lima Ilir", "Lima-belas Ilir", "Ilir Barat")] == [0, 3, None]
    assert fit("sebrang", "Seberang Ulu Satu") == 0
    assert fit("palembang", "Lima Ilir", "Kota Palembang") == 4
    assert fit("x", "Lima Ilir") is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "nol"), (11, "sebelas"), (18, "delapan belas"), (21, "dua puluh satu"),
     (1218, "seribu dua ratus delapan belas"), (2_000_110, "dua juta seratus sepuluh")],
)
def test_a_number_is_read_aloud(number: int, words: str) -> None:
    assert spelt(number) == words


@given(st.integers(1, 99))
def test_a_number_in_words_comes_back_in_figures(number: int) -> None:
    assert figures(spelt(number).split()) == [str(number)]
    for words in (spelt(number), spelt(number).replace(" ", "-").upper()):
        assert in_figures(f"{words} ilir") == f"{number} ilir"


@pytest.mark.parametrize(("label", "name"), [
    ("014/005", "RT 014 / RW 05"), ("007", "RT 007"), ("201/DS04", "RT 201 DS04"),
    ("DUSUN TIKUNG", "DUSUN TIKUNG"),
])
def test_an_rt_is_called_as_people_call_it(label, name):
    assert rt_words(label) == name
