"""Offices and teams enrol by telephone or in bundles; who is enrolled is believed, and whose laptop is gone no more."""

import shutil
from dataclasses import replace
from functools import partial

import pytest

from p2kp_desktop.actions.bundles import import_undo, quarantine, receiving, sending
from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.home import waiting_counts
from p2kp_desktop.actions.home.waiting_counts import Where
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.review import verification
from p2kp_desktop.actions.trust import enrolling, enrolment, members, standing
from p2kp_desktop.actions.trust.enrolling import Terms
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.language import Trouble
from p2kp_desktop.schema import sealing
from p2kp_desktop.schema.certificates import line as to_line
from p2kp_desktop.schema.certificates import signed, to_json
from p2kp_desktop.schema.review import VERIFIED
from p2kp_desktop.schema.review import standing as review_standing
from p2kp_desktop.store import facts, node, own_keys, records, views
from tests import forger
from tests.enrolled import enrol, enrol_all, key_of, node_of, root_words, words_of
from tests.examples import a_record

COMPLETE = {key: value for key, value in a_record(Household, nik=None).answers.items() if value is not None}
NEXT_DOOR = "16.71.01.1002"


class Province:
    """A province, a district, and two teams of it; nobody is enrolled yet."""

    def __init__(self, make, folder):
        self.make, self.folder = make, folder
        self.root, self.city = make("Provinsi", "province", ("16",)), make("Kota", "district", ("16.71",))
        self.team, self.other = make("Tim"), make("Tetangga", regions=(NEXT_DOOR,))
        for number in range(3):
            recording.record(self.team, Household, {"id": f"h{number}", **COMPLETE, "head_name": f"Warga {number}"})

    def carry(self, sender, receiver, **how):
        """Send from one to another, and give how it ended."""
        return self.receive(receiver, sending.send(sender, self.folder, **how).path)

    def receive(self, receiver, path):
        received = receiving.receive(receiver, path)
        assert received.error is None
        return received


@pytest.fixture
def line(make_workspace, tmp_path):
    return Province(make_workspace, tmp_path)


def names(workspace):
    with workspace.asking() as connection:
        return {record.id: record.answers.get("head_name") for record in views.found(connection, Household)}


def chain_of(workspace):
    with workspace.asking() as connection:
        return [each.name for each in enrolment.own_chain(connection)]


def change(workspace, record, name):
    recording.record(workspace, Household, {"id": record, "head_name": name}, reason="x")


# Asking and answering


def test_who_asks_is_enrolled_by_telephone_and_knows_to_whom_it_seals(line):
    enrol_all(line.root, line.city, line.team)
    assert chain_of(line.team) == ["Tim", "Kota", "Provinsi"]
    with line.city.changing() as connection:
        theirs = sealing.public_of(own_keys.sealing(connection))
        assert enrolment.sealing_key_of(connection, key_of(line.team))
        assert enrolment.sealing_key_of(connection, "nobody") == ""
    with line.team.asking() as connection:
        assert enrolment.sealing_key_above(connection) == theirs
    with line.root.asking() as connection:
        assert enrolment.sealing_key_above(connection) == ""
    with line.other.asking() as connection:
        assert enrolment.sealing_key_above(connection) == ""


def test_nothing_is_signed_for_whose_words_are_others(line):
    enrolling.make_root(line.root)
    enrolling.receive_request(line.root, enrolling.request(line.city))
    with pytest.raises(Trouble, match="enam kata"):
        enrolling.approve(line.root, words_of(line.team))
    answer = enrolling.approve(line.root, words_of(line.city).upper())
    with pytest.raises(Trouble, match="tidak sama"):
        enrolling.take(line.city, answer, words=words_of(line.city))
    assert chain_of(line.city) == []
    with pytest.raises(Trouble, match="bukan untuk"):
        enrolling.take(line.team, answer, words=root_words(line.root))
    enrolling.take(line.city, answer, words=root_words(line.root))
    assert chain_of(line.city) == ["Kota", "Provinsi"]


def test_an_office_signs_only_below_itself_and_in_its_own_regions(line):
    with pytest.raises(Trouble, match="provinsi"):
        enrolling.make_root(line.city)
    enrolling.receive_request(line.city, enrolling.request(line.team))
    with pytest.raises(Trouble, match="belum dapat mendaftarkan"):
        enrolling.approve(line.city, words_of(line.team))
    enrol_all(line.root, line.city)
    for terms in (Terms(role="district"), Terms(regions=("16.72.01.1001",)), Terms(until="2020-01-01"),
                  Terms(until="besok"), Terms(name="x" * 500)):
        with pytest.raises(Trouble, match="tidak dapat didaftarkan"):
            enrolling.approve(line.city, words_of(line.team), terms)
    enrolling.approve(line.city, words_of(line.team), Terms(name="Tim Ilir", regions=(NEXT_DOOR,)))
    with line.city.asking() as connection:
        found = enrolment.register(connection).certificate(key_of(line.team))
        assert (found.name, found.regions, enrolment.waiting(connection)) == ("Tim Ilir", (NEXT_DOOR,), [])


@pytest.mark.parametrize("text", [
    "", "halo", "P2KP-MINTA:", "P2KP-MINTA:eJw", "P2KP-DAFTAR:AAAA", "P2KP-DAFTAR:eJyLjgUAARUAuQ",
])
def test_a_line_that_is_none_says_so(line, text):
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        enrolling.receive_request(line.city, text)
    if text:
        with pytest.raises(Trouble, match=r"tidak dapat dibaca|bukan untuk"):
            enrolling.take(line.team, text)


def test_a_request_and_its_answer_travel_inside_the_ordinary_bundles(line):
    enrol_all(line.root, line.city)
    enrolling.request(line.team)
    line.carry(line.team, line.city)
    with line.city.asking() as connection:
        (asked,) = enrolment.waiting(connection)
    assert (asked.request.name, signing.fingerprint(asked.request.key)) == ("Tim", words_of(line.team))
    enrolling.approve(line.city, words_of(line.team))
    line.carry(line.city, line.team, to="facilitator")
    assert chain_of(line.team) == []  # nobody compared the root yet
    with pytest.raises(Trouble, match="tidak sama"):
        enrolling.take(line.team)
    enrolling.take(line.team, words=root_words(line.root))
    assert chain_of(line.team) == ["Tim", "Kota", "Provinsi"]
    change(line.team, "h0", "Baru")
    assert line.carry(line.team, line.city).sender.words == "terdaftar"
    line.carry(line.city, line.root)
    with line.root.asking() as connection:
        assert enrolment.register(connection).certificate(key_of(line.team)).name == "Tim"


def test_who_was_refused_waits_no_more_until_it_asks_again(line, monkeypatch):
    enrol_all(line.root, line.city)
    enrolling.request(line.team)
    line.carry(line.team, line.city)
    with pytest.raises(Trouble, match="Alasan"):
        enrolling.refuse(line.city, words_of(line.team), reason=" ")
    enrolling.refuse(line.city, words_of(line.team), reason="tidak dikenal")
    line.carry(line.team, line.city)
    with line.city.asking() as connection:
        assert enrolment.waiting(connection) == []
    monkeypatch.setattr(enrolling.environment, "now", lambda: "2026-12-02T08:00:00+07:00")
    enrolling.request(line.team)
    line.carry(line.team, line.city)
    with line.city.asking() as connection:
        assert len(enrolment.waiting(connection)) == 1


def test_an_undone_import_takes_its_request_back_and_no_revocation(line):
    enrol_all(line.root, line.city, line.other)
    enrolling.request(line.team)
    received = line.carry(line.team, line.city)
    import_undo.undo(line.city, received.transfer)
    with line.city.asking() as connection:
        assert enrolment.waiting(connection) == []
    enrolling.revoke(line.city, words_of(line.other), reason="dicuri")
    received = line.carry(line.city, line.root)
    import_undo.undo(line.root, received.transfer)
    with line.root.asking() as connection:
        here = enrolment.register(connection)
        assert key_of(line.other) in here.revocations
        assert here.ever(key_of(line.other)).name == "Tetangga"


# Standing


def test_nobody_who_is_not_enrolled_acts_as_an_office_where_a_root_is_known(line):
    enrol_all(line.root, line.city, line.team)
    line.carry(line.team, line.city)
    verification.verify(line.city, ids=["h0", "h1", "h2"])
    line.carry(line.city, line.root)
    line.carry(line.city, line.team, to="facilitator")  # what the city signed is taken of whoever brings it
    for role, regions in (("province", ("16",)), ("district", ("16.71",))):
        stranger = line.make(f"Palsu {role}", role, regions)
        line.carry(line.city, stranger, to="facilitator", full=True, in_clear=True)
        change(stranger, "h1", "Palsu")
        before = soundness.digest(line.team)
        received = line.carry(stranger, line.team, to="facilitator", full=True, in_clear=True)
        assert (received.sender.words, soundness.digest(line.team)) == ("belum dikenal", before)
        assert received.quarantined


def test_an_enrolled_office_is_believed_at_its_first_bundle(line):
    line.carry(line.team, line.city)
    enrol_all(line.root, line.city, line.team)
    verification.verify(line.city, ids=["h0", "h1"])
    received = line.carry(line.city, line.team, to="facilitator")
    assert (received.sender.words, received.quarantined) == ("terdaftar", 0)
    with line.team.asking() as connection:
        found = records.read(connection, Household.key, ["h0"])["h0"]
    assert review_standing(found) == VERIFIED


def test_an_office_has_no_say_outside_its_certificate(line):
    """A district of another city, enrolled there, sends what it says is of this one."""
    far = line.make("Kota Jauh", "district", ("16.71",))
    enrol_all(line.root, line.city, line.team)
    enrol(far, line.root, regions=("16.72",))
    line.carry(line.team, line.city)
    verification.verify(line.city, ids=["h0", "h1", "h2"])
    line.carry(line.city, line.team, to="facilitator")
    line.carry(line.city, far, to="facilitator", full=True, in_clear=True)
    change(far, "h1", "Palsu")
    before = soundness.digest(line.team)
    received = line.carry(far, line.team, to="facilitator", in_clear=True)
    assert (received.quarantined > 0, soundness.digest(line.team)) == (True, before)


def test_an_office_whose_certificate_ran_out_is_believed_no_more(line, monkeypatch):
    enrol_all(line.root, line.city)
    enrol(line.team, line.city)
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).regions == ("16.71",)
    later = enrolment.environment.today().replace(year=2028)
    monkeypatch.setattr(enrolment.environment, "today", lambda: later)
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).regions is None


def test_a_clock_that_lost_its_battery_revokes_nobody(line, monkeypatch):
    enrol_all(line.root, line.city, line.team)
    early = enrolment.environment.today().replace(year=2015)
    monkeypatch.setattr(enrolment.environment, "today", lambda: early)
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).regions == ("16.71",)


def trust_of(connection, workspace):
    with workspace.asking() as theirs:
        about = facts.facts(theirs)
    return standing.of_key(connection, key_of(workspace), about.role, about.node)


def test_where_nobody_is_enrolled_trust_begins_with_the_first_use_as_before(line):
    assert line.carry(line.team, line.city).sender.words == "belum dikenal"
    assert line.carry(line.team, line.city).sender.words == "dikenal"
    verification.verify(line.city, ids=["h0"])
    received = line.carry(line.city, line.team, to="facilitator")
    assert (received.quarantined, received.counts["updated"]) == (0, 1)
    assert "certificates" not in forger.loot(sending.send(line.team, line.folder).path).manifest.more


def test_what_was_accepted_before_enrolment_goes_on_until_the_office_is_enrolled(line):
    line.carry(line.team, line.city)
    line.carry(line.city, line.team, to="facilitator")
    second = line.make("Kota Baru", "district", ("16.71",))
    enrolling.make_root(line.root)
    enrol(line.team, line.root)  # the province enrols the team itself, its district is not enrolled yet
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).is_known_office
    enrol(second, line.root)
    line.carry(second, line.team, to="facilitator")
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).regions is None
        assert trust_of(connection, second).regions == ("16.71",)
    standing.accept(line.team, key_of(line.city), "district", reason="ditelepon")
    with line.team.asking() as connection:
        assert trust_of(connection, line.city).is_known_office


# Loss, revocation, succession


def test_the_bundles_of_a_stolen_laptop_wait_everywhere_after_it_was_revoked(line):
    enrol_all(line.root, line.city, line.team, line.other)
    line.carry(line.team, line.city)
    line.carry(line.city, line.root)
    before = names(line.city)
    enrolling.revoke(line.city, words_of(line.team), reason="laptop dicuri")
    line.carry(line.city, line.root)
    line.carry(line.city, line.other, to="facilitator")
    change(line.team, "h0", "Palsu")
    recording.record(line.team, Household, {"id": "baru", **COMPLETE, "head_name": "Tambahan"})
    stolen = sending.send(line.team, line.folder, full=True, in_clear=True).path
    for office in (line.city, line.root, line.other):
        digest = soundness.digest(office)
        received = line.receive(office, stolen)
        assert (received.sender.words, soundness.digest(office)) == ("dicabut", digest)
        assert received.quarantined == received.counts["rejected"] > 0
        assert {each.why for each in quarantine.waiting(office)} == {"kunci pengirimnya dicabut"}
        assert any("dicabut" in note for note in received.notes)
        assert soundness.check(office) == []
    assert names(line.city) == before  # what it had sent before stays
    waits = len(quarantine.waiting(line.city))
    assert waiting_counts.count(line.city, "transfer", Where("16.71", "2026")) == waits  # the rail says it
    [new] = [each for each in quarantine.waiting(line.city) if each.subject.id == "baru"]
    told = {each.wording: (each.before, each.after) for each in (change.in_words() for change in new.changes)}
    assert told["Catatan ini"] == ("(kosong)", "ada")  # no conflict: nobody deleted it anywhere
    assert ("(kosong)", "baru") not in told.values()  # its own id
    assert quarantine.apply(line.city, ["baru"], reason="benar, dicek ke rumahnya") == 1
    assert names(line.city)["baru"] == "Tambahan"
    change(line.team, "h1", "Palsu lagi")
    assert line.carry(line.team, line.city).quarantined > 0


def test_without_its_signature_or_under_another_key_a_stolen_laptop_brings_nothing_either(line):
    enrol_all(line.root, line.city, line.team)
    line.carry(line.team, line.city)
    enrolling.revoke(line.city, words_of(line.team), reason="dicuri")
    change(line.team, "h0", "Palsu")
    for key in ("", signing.new_key()):
        loot = forger.loot(sending.send(line.team, line.folder, full=True, in_clear=True).path)
        loot.key = key
        before = soundness.digest(line.city)
        received = line.receive(line.city, loot.write(line.folder / "palsu.xlsx"))
        assert (received.sender.words, soundness.digest(line.city)) == ("dicabut", before)
        assert received.quarantined == 1


def test_a_stranger_carries_nothing_of_a_stolen_laptop_though_its_saves_are_signed(line):
    enrol_all(line.root, line.city, line.team)
    line.carry(line.team, line.city)
    enrolling.revoke(line.city, words_of(line.team), reason="dicuri")
    change(line.team, "h0", "Palsu")
    loot = forger.loot(sending.send(line.team, line.folder, full=True, in_clear=True).path).sent_by()
    before = soundness.digest(line.city)
    received = line.receive(line.city, loot.write(line.folder / "dibawa.xlsx"))
    assert (received.quarantined, soundness.digest(line.city)) == (1, before)


@pytest.mark.parametrize("as_former", [True, False])
def test_who_asks_as_a_workspace_that_was_met_under_another_key_is_not_enrolled_unawares(line, as_former):
    """Else a member of one team would act in the name of another, which was not enrolled yet."""
    enrol_all(line.root, line.city)
    line.carry(line.team, line.city)
    with line.other.asking() as connection:
        private, asks = own_keys.signing(connection), enrolment.request_of(connection)
    its = node_of(line.team)
    asks = replace(asks, former=(its,)) if as_former else replace(asks, node=its)
    asks = signed(asks, partial(signing.mark, private))
    enrolling.receive_request(line.city, to_line(enrolling.ASKING, to_json(asks)))
    assert [each.replaces for each in members.members(line.city) if each.state == members.WAITING] == [("Tim",)]
    with pytest.raises(Trouble, match="atas nama Tim"):
        enrolling.approve(line.city, words_of(line.other))
    change(line.team, "h0", "Lain")
    assert line.carry(line.team, line.city).counts["updated"] == 1


def test_another_key_than_the_certificate_names_waits(line):
    enrol_all(line.root, line.city, line.team)
    line.carry(line.team, line.city)
    with line.team.changing() as connection:
        own_keys.take(connection, signing.new_key())
    change(line.team, "h0", "Lain")
    received = line.carry(line.team, line.city)
    assert (received.sender.words, received.quarantined) == ("kunci berubah", 1)
    assert names(line.city)["h0"] == "Warga 0"
    with line.team.changing() as connection:
        node.doubt(connection)  # as a file does whose keys are gone: it goes on with a new node
    change(line.team, "h0", "Lain lagi")
    enrolling.receive_request(line.city, enrolling.request(line.team))
    with pytest.raises(Trouble, match="atas nama Tim"):
        enrolling.approve(line.city, words_of(line.team))
    enrolling.take(line.team, enrolling.approve(line.city, words_of(line.team), Terms(replaces=True)))
    received = line.carry(line.team, line.city)
    assert (received.sender.words, received.quarantined) == ("terdaftar", 0)
    assert names(line.city)["h0"] == "Lain lagi"


def successor(workspace, make, name, folder):
    """Return a new laptop that goes on with the file of another one: a new node and another key."""
    path = folder / f"{name}.p2kp"
    made = make(name, *office_of(workspace))
    made.close()
    workspace.empty_log()
    shutil.copyfile(workspace.name, path)
    again = enrolled_file(path)
    with again.changing() as connection:
        sign = node.fresh_sign()
        facts.note(connection, node.NODE, sign)
        node.adopt(connection, sign)
        own_keys.take(connection, signing.new_key())
    return again


def office_of(workspace):
    with workspace.asking() as connection:
        about = facts.facts(connection)
    return about.role, about.regions


def enrolled_file(path):
    from p2kp_desktop.store import open_workspace

    return open_workspace(path)


def test_a_new_laptop_goes_on_with_the_work_of_the_lost_one(line, tmp_path):
    enrol_all(line.root, line.city, line.team)
    change(line.team, "h0", "Belum terkirim")
    with successor(line.team, line.make, "Tim Lagi", tmp_path) as again:
        enrolling.receive_request(line.city, enrolling.request(again))
        with pytest.raises(Trouble, match="pengganti"):
            enrolling.approve(line.city, words_of(again))
        enrolling.take(again, enrolling.approve(line.city, words_of(again), Terms(replaces=True)))
        received = line.carry(again, line.city)
        assert (received.sender.words, received.quarantined) == ("terdaftar", 0)
        assert names(line.city)["h0"] == "Belum terkirim"
    change(line.team, "h1", "Dari pencuri")
    assert line.carry(line.team, line.city).sender.words == "dicabut"


def test_an_office_that_lost_its_laptop_asks_no_team_twice(line, tmp_path):
    enrol_all(line.root, line.city, line.team, line.other)
    enrolling.revoke(line.city, words_of(line.other), reason="dicuri")
    with successor(line.city, line.make, "Kota Lagi", tmp_path) as again:
        enrolling.receive_request(line.root, enrolling.request(again))
        enrolling.take(again, enrolling.approve(line.root, words_of(again), Terms(replaces=True)))
        assert chain_of(again) == ["Kota", "Provinsi"]
        line.carry(again, line.root)
        line.carry(again, line.team, to="facilitator")
        assert chain_of(line.team) == ["Tim", "Kota", "Provinsi"]
        for office in (line.root, line.team):
            with office.asking() as connection:
                here = enrolment.register(connection)
                assert here.certificate(key_of(line.team)).issuer == key_of(again)
                assert {key_of(line.other), key_of(line.city)} <= {*here.revocations}
        assert line.carry(line.city, line.team, to="facilitator").sender.words == "dicabut"


def test_what_a_stolen_office_revokes_counts_for_nobody_who_knows(line):
    enrol_all(line.root, line.city, line.team, line.other)
    enrolling.revoke(line.root, words_of(line.city), reason="dicuri")
    enrolling.revoke(line.city, words_of(line.team), reason="iseng")
    line.carry(line.city, line.root)
    with line.root.asking() as connection:
        assert {*enrolment.register(connection).revocations} == {key_of(line.city)}


def test_who_was_revoked_and_found_again_asks_with_another_key(line):
    enrol_all(line.root, line.city, line.team)
    enrolling.revoke(line.city, "Tim", reason="hilang")
    line.carry(line.city, line.team, to="facilitator")
    before = words_of(line.team)
    enrolling.receive_request(line.city, enrolling.request(line.team))
    assert words_of(line.team) != before
    enrolling.take(line.team, enrolling.approve(line.city, words_of(line.team)))
    change(line.team, "h0", "Kembali")
    received = line.carry(line.team, line.city)
    assert (received.sender.words, received.quarantined, names(line.city)["h0"]) == ("terdaftar", 0, "Kembali")


def test_a_province_that_lost_its_key_begins_anew_and_each_compares_once(line, tmp_path):
    enrol_all(line.root, line.city, line.team)
    with successor(line.root, line.make, "Provinsi Lagi", tmp_path) as again:
        enrolling.make_root(again, reason="laptop rusak")
        line.carry(again, line.city, to="district")
        assert root_words(line.city) == words_of(line.root)
        with pytest.raises(Trouble, match="tidak sama"):
            enrolling.take(line.city, words="bukan ini")
        enrolling.take(line.city, words=words_of(again))
        assert (root_words(line.city), chain_of(line.city)) == (words_of(again), ["Kota", "Provinsi"])
        with line.city.asking() as connection:
            assert enrolment.register(connection).certificate(key_of(line.team)) is not None
