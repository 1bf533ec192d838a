import pytest

from p2kp_desktop.actions.keying import addresses, keyed_drafts
from p2kp_desktop.actions.keying.addresses import Address, KnownRt
from p2kp_desktop.actions.keying.keyed_drafts import Place
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.forms import FORMS, Household, Rt, RtSurvey
from p2kp_desktop.forms.agreement import Clause
from p2kp_desktop.schema import Unreadable
from p2kp_desktop.store import listing
from tests.conftest import KELURAHAN

OTHER = "16.71.01.1002"
KNOWN = (KnownRt(KELURAHAN, "001/005", 3), KnownRt(KELURAHAN, "014/005", 37), KnownRt(OTHER, "014/002"))


def question(key, region=KELURAHAN, **more):
    address = Address(asked=(key,), sites=(KELURAHAN, OTHER), rts=KNOWN, periods=("2026",), **more)
    (asked,) = address.questions(Household, {"region": region})
    return asked


def ringed(offered):
    return None if offered.meant is None else offered.offers[offered.meant].text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("14/5", "014/005"), ("RT 14-RW 05", "014/005"), ("rt014 rw005", "014/005"), ("14", "014/005"),
     ("14/9", "014/009"), ("2", "002"), ("dusun tikung", "DUSUN TIKUNG"), ("", None), (",", None)],
)
def test_what_is_typed_means_a_known_rt_or_a_new_one(typed, meant):
    assert ringed(question("rt").offered(typed)) == meant


def test_with_nothing_typed_the_rts_of_the_kelurahan_are_known_and_no_others():
    assert [offer.text for offer in question("rt").offered("").offers] == ["001/005", "014/005"]
    assert [offer.text for offer in question("rt", OTHER).offered("").offers] == ["014/002"]
    assert question("rt").offered("14").offers[0].detail == "37 rumah"
    assert [offer.detail for offer in question("rt").offered("14").offers] == ["37 rumah", "RT baru"]


def test_a_kelurahan_is_read_by_its_name_or_code_and_nothing_else():
    asked = question("region", "")
    name = asked.show(OTHER)
    assert asked.read(name) == asked.read(OTHER) == asked.read("32 ILIR") == asked.read("kel. 32 ilir") == OTHER
    for typed in ("Atlantis", "u"):
        with pytest.raises(Unreadable):
            asked.read(typed)


def test_a_period_is_a_year_and_perhaps_a_kind():
    assert [question("period").read(text) for text in ("2026", "2026-akhir")] == ["2026", "2026-akhir"]
    with pytest.raises(Unreadable):
        question("period").read("26")


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_nothing_is_asked_where_everything_is_known_but_the_rt_of_a_household(form):
    known = {"region": KELURAHAN, "rt": "014/005", "period": "2022", "parent": "a1"}
    asked = addresses.to_ask(form, known, (KELURAHAN, OTHER))
    assert asked == (("rt",) if form.place == "rt" and not form.natural and form is not Rt else ())


def test_what_is_missing_is_asked_and_the_only_kelurahan_is_filled_in(make_workspace):
    assert addresses.to_ask(RtSurvey, {}, (KELURAHAN, OTHER)) == ("region", "rt", "period")
    assert addresses.to_ask(Rt, {}, (KELURAHAN,)) == ()
    assert addresses.to_ask(Clause, {}, (KELURAHAN, OTHER)) == ("parent",)
    opened = keyed_drafts.open_record(make_workspace(), Household, Place("16.71", None, "2022"))
    assert opened.keying.record.answers == {"region": KELURAHAN, "period": "2022"}
    assert opened.keying.address.asked == ("rt",)


def test_known_rts_are_recorded_or_named_by_households_and_counted_in_the_period(workspace):
    recording.record(workspace, Rt, {"rt": "9/9"})
    for period in ("2022", "2022", "2021"):
        recording.record(workspace, Household, {"rt": "14/5", "period": period})
    recording.record(workspace, Household, {"period": "2022"})
    with workspace.asking() as connection:
        found = listing.known_rts(connection, ["16.71"], "2022")
    assert found == [(KELURAHAN, "009/009", 0), (KELURAHAN, "014/005", 2)]


def test_a_household_has_its_place_among_those_of_its_rt(workspace):
    ids = [recording.record(workspace, Household, {"rt": "14/5", "period": "2022"}).id for _ in range(3)]
    recording.record(workspace, Household, {"rt": "15/5", "period": "2022"})
    with workspace.asking() as connection:
        places = [
            listing.place_in_rt(connection, each, (KELURAHAN, "014/005", "2022")) for each in [*sorted(ids), "0", "z"]
        ]
    assert places == [(1, 3), (2, 3), (3, 3), (4, 3), (4, 3)]


def test_the_number_follows_the_rt_that_is_typed_and_counts_what_was_saved(workspace):
    recording.record(workspace, Household, {"rt": "15/5", "period": "2022"})
    opened = keyed_drafts.open_record(workspace, Household, Place(KELURAHAN, None, "2022"))
    assert opened.numbered() == (0, 0)
    opened = opened.typed(opened.keying.put("rt", "15/5"))
    assert opened.numbered() == (2, 1)
    following = opened.following()
    assert following.numbered() == (3, 2)
    following = following.typed(following.keying.put("rt", "16/5"))
    assert following.numbered() == (1, 0)
    following = following.typed(following.keying.put("rt", "15/5"))
    assert following.numbered() == (3, 2)


def test_the_period_typed_decides_the_rules():
    rules = {"2016": "2016"}
    address = Address(asked=("rt", "period"), sites=(KELURAHAN,), rules=rules)
    keying = keyed_drafts.Keying(keyed_drafts.Record(RtSurvey, "x", {"region": KELURAHAN}), address=address)
    keying = keying.put("period", "2016")
    assert keying.record.rules == "2016"
    keying = keying.undo()
    assert keying.record.rules != "2016"


def test_a_record_lacks_its_rt_only_once_something_is_filled_in():
    address = Address(asked=("rt",), sites=(KELURAHAN,))
    keying = keyed_drafts.Keying(keyed_drafts.Record(Household, "x", {"region": KELURAHAN}), address=address)
    assert (keying.hindrance(), keying.is_empty) == (None, True)
    keying = keying.put("head_name", "Siti")
    assert keying.hindrance() == "rt"
    keying = keying.put("rt", "14/5")
    assert keying.hindrance() is None
