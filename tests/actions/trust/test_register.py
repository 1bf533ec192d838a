"""Who is enrolled is worked out once, and anew as soon as something of it changed."""

from dataclasses import replace

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.trust import enrolling, enrolment
from tests.enrolled import enrol, key_of, words_of


def test_the_law_is_worked_out_once_and_anew_with_whatever_changes_it(make_workspace, tmp_path):
    root, city = make_workspace("Provinsi", "province", ("16",)), make_workspace("Kota", "district", ("16.71",))
    team = make_workspace("Tim")

    def law():
        with root.asking() as connection:
            return enrolment.register(connection).law

    enrolling.make_root(root)
    enrol(city, root)
    before = law()
    assert law() is before
    enrol(team, city)
    receiving.receive(root, sending.send(city, tmp_path, to="province").path)
    after = law()
    assert after is not before
    assert after.standing(key_of(team), "2026-12-01")
    (spoilt,) = [each for its in before.known.values() for each in its if each.key == key_of(city)]
    with root.asking() as connection:
        twice = enrolment.register(connection, [replace(spoilt, signature="A" * 86)]).law
    assert twice is not after
    assert twice.standing(key_of(city), "2026-12-01")[0].signature == spoilt.signature
    enrolling.revoke(root, words_of(city), reason="hilang")
    assert not law().standing(key_of(city), "2026-12-01")
    assert law().of_all.standing(key_of(city), "")
