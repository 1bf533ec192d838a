"""A city certifies a laptop that says to be a team of another city, of which it never heard."""

from dataclasses import replace
from functools import partial

from p2kp_desktop.actions.bundles import receiving, sending
from p2kp_desktop.actions.recording import recording
from p2kp_desktop.actions.trust import enrolling, enrolment
from p2kp_desktop.actions.trust.enrolling import Terms
from p2kp_desktop.exchange import signing
from p2kp_desktop.forms.household import Household
from p2kp_desktop.schema.certificates import line as to_line
from p2kp_desktop.schema.certificates import signed, to_json
from p2kp_desktop.store import own_keys
from tests import forger
from tests.enrolled import enrol, node_of, words_of

ELSEWHERE = "16.72.01.1001"


class OfficesApart:
    """A province, a city that is enrolled, and a city of which nobody is, with a team; the province knows its work."""

    def __init__(self, make, folder):
        self.folder = folder
        self.province, self.city = make("Provinsi", "province", ("16",)), make("Kota", "district", ("16.71",))
        self.team, self.thief = make("Tim Jauh", regions=(ELSEWHERE,)), make("Laptop Lain")
        enrolling.make_root(self.province)
        enrol(self.city, self.province)
        for name in ("Sutarman", "Herlina"):
            recording.record(self.team, Household, {"id": "h1", "head_name": name, "kk_count": 1}, reason="x")

    def carry(self, giver, taker, to="province"):
        path = sending.send(giver, self.folder, to=to, full=True, in_clear=True).path
        received = receiving.receive(taker, path)
        assert received.error is None
        return received

    def far_city(self, make):
        """Let the work of the team come to the province by its own city, which is not enrolled."""
        city = make("Kota Jauh", "district", ("16.72",))
        self.carry(self.team, city, "district")
        self.carry(city, self.province)

    def certify(self, *, as_former=False, **terms):
        """Let the city enrol the thief's laptop, which says that it is the team's."""
        its = node_of(self.team)
        with self.thief.changing() as connection:
            private, asks = own_keys.signing(connection), enrolment.request_of(connection)
            asks = replace(asks, former=(its,)) if as_former else replace(asks, node=its)
            asks = signed(asks, partial(signing.mark, private))
        enrolling.receive_request(self.city, to_line(enrolling.ASKING, to_json(asks)))
        return enrolling.approve(self.city, words_of(self.thief), Terms(**terms))

    def in_the_teams_name(self, record="h9"):
        """Write a bundle of the thief in which the team's first save is another one."""
        recording.record(self.thief, Household, {"id": record, "head_name": "Palsu", "kk_count": 9})
        path = sending.send(self.thief, self.folder, to="province", full=True, in_clear=True).path
        with self.thief.asking() as connection:
            key = own_keys.signing(connection)
        loot, its = forger.loot(path), node_of(self.team)
        (row,) = [each for each in loot.rows if each.record == record]
        save = row.save._replace(dot=row.save.dot._replace(node=its))
        loot.versions = [
            replace(each, vector={its: save.dot.tick}, answers={
                question: frozenset(side._replace(save=save) for side in sides)
                for question, sides in each.answers.items()
            }) for each in loot.versions if each.id == record
        ]
        loot.rows, loot.key = [replace(row, save=save).sealed()], key
        loot = loot.sent_by(node=its, name="Tim Jauh").signs()
        includes = {place: {its: save.dot.tick} for place in loot.manifest.includes}
        loot.manifest = replace(loot.manifest, includes=includes)
        return loot.write(self.folder / f"{record}.xlsx")
