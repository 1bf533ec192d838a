"""What a bundle may not do to a record without a person: what it claims, what it touches, whose work it takes away.

Where nothing of this is at stake a record comes in as it always did, whoever sent it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from p2kp_desktop.language import say
from p2kp_desktop.schema.causality import Dot, Save, Sibling, Version, covers
from p2kp_desktop.schema.claims import Reach, is_part_of_work_of, overclaims
from p2kp_desktop.schema.erasure import takes_only_own
from p2kp_desktop.schema.forms import ALIVE, ERASED, STATUS
from p2kp_desktop.schema.review import LOCKED, SEEN, VERIFIED, is_about_review, is_verdict, reviews, standing

from . import enrolment
from .proofs import RecordProof
from .standing import Trust

Fresh = list[tuple[str, Sibling]]

BEYOND, FALSE, CONTRADICTED = UNPROVED = "beyond", "false", "contradicted"
VERIFIED_HERE, ERASES, DELETES, REVIEWS = "verified", "erases", "deletes", "reviews"
TAKES_VERIFIED = "takes_verified"


def why_words(why: str) -> str:
    """Return a reason in words, as it goes on after «waits:»."""
    return {
        BEYOND: say("menyebut simpanan yang tidak ada buktinya"),
        FALSE: say("menyebut jawaban lain daripada yang ditandatangani pembuatnya"),
        CONTRADICTED: say("mengatasnamakan ruang kerja lain, yang tanda tangannya berkata lain"),
        VERIFIED_HERE: say("mengubah catatan yang sudah diverifikasi kantor ini"),
        ERASES: say("menghapus data pribadi dari catatan orang lain"),
        DELETES: say("menghapus catatan orang lain"),
        TAKES_VERIFIED: say("menghapus catatan atau data pribadi yang sudah diverifikasi kantor terdaftar"),
        enrolment.REVOKED: say("kunci pengirimnya dicabut"),
        enrolment.KEY_CHANGED: say("kunci pengirimnya berubah, lain dari yang didaftarkan"),
        enrolment.CONTESTED: say("kode ruang kerja pengirimnya sudah dikenal di sini dengan kunci lain"),
        REVIEWS: say("mengaku hasil pemeriksaan, padahal pengirimnya belum dikenal sebagai pemeriksa"),
    }.get(why, why)


@dataclass(frozen=True)
class Judgement:
    """What becomes of a record: why it waits for a person, «» where it does not, and whether it stays as it was."""

    why: str = ""
    stays: bool = False


COMES_IN, STAYS = Judgement(), Judgement(stays=True)


@dataclass(frozen=True)
class Protection:
    """Judges what the records of one bundle would change here."""

    trust: Trust
    reach: Reach
    above: Callable[[Version], Version | None] = lambda _version: None  # the record that one belongs to
    speaks_for: Callable[[str], bool] = lambda _node: True  # of whose saves the sender may tell
    signs: Callable[[str], bool] = lambda _node: False  # who signs its saves, so that they tell for themselves
    proof: Callable[[Version], RecordProof] | None = None  # what signed saves tell of a record
    rights: Callable[[Save], Sequence[Trust]] = lambda _save: ()  # of the keys of whoever made it, in the role it says
    was_enrolled: Callable[[Save, Version], bool] = lambda _save, _version: False  # in that role, for that record

    def judge(self, before: Version | None, theirs: Version, after: Version) -> Judgement:
        """Say whether a record may come in, waits for a person, or stays as it was, and why."""
        if after == before:
            return COMES_IN
        if self.trust.barred:
            return Judgement(self.trust.barred)
        proof = self.proof(after) if self.proof else None
        fresh = _fresh(before, after)
        if overclaims(theirs, self._believed(before)) or self._lacks_saves(fresh, proof):
            return Judgement(BEYOND)
        if _refuted(before, fresh, proof):
            return Judgement(FALSE)
        if self.trust.vouches(before or after):  # who puts a record into his own regions has no say in it thereby
            taken = self._takes_verified(before, theirs, after, fresh, proof)
            return Judgement(TAKES_VERIFIED) if taken else COMES_IN
        if self._leaves(before, after, proof):
            return STAYS
        if self._is_unproved(before, after, fresh, proof):
            return Judgement(BEYOND)
        if self._takes_verified(before, theirs, after, fresh, proof):
            return Judgement(TAKES_VERIFIED)
        if before is None and self.trust.key and not self.trust.guarded:
            return COMES_IN
        return Judgement(self._touches(before, after, proof))

    def _touches(self, before: Version | None, after: Version, proof: RecordProof | None) -> str:
        """Name the change of a record that only a person may let it change; "" for nothing."""
        changed = _changed(before, after)
        if before is not None and changed and _is_verified_at(before, self.trust.here):
            allowed = self._may_touch_verified(before, changed)
            if not allowed:
                return VERIFIED_HERE
        changed = self._without_offices(changed, before or after, proof)
        if before is not None and (taken := self._takes_away(before, after, changed, proof)):
            return taken
        return "" if self.trust.reviews(before or after) or not _claims(changed) else REVIEWS

    def _without_offices(
        self, changed: Mapping[str, frozenset[Sibling]], at: Version, proof: RecordProof | None
    ) -> dict[str, frozenset[Sibling]]:
        """Return the new values without those that an office here known provably gave: whoever brings them says so."""
        left = {
            key: frozenset(s for s in fresh if not self._offices(key, s, at, proof)) for key, fresh in changed.items()
        }
        return {key: fresh for key, fresh in left.items() if fresh or not changed[key]}

    def _offices(self, key: str, given: Sibling, at: Version, proof: RecordProof | None) -> list[Trust]:
        """Return the rights of the office known here that provably gave a record an answer; of nobody else any."""
        if proof is None or not reviews(given.save.role):
            return []
        found = [each for each in self.rights(given.save) if each.reviews(at)]
        return found if found and proof.gave(key, given) is True else []

    def _believed(self, before: Version | None) -> Reach:
        """Return how far counts are believed: what the record includes, though its row was lost, needs no proof."""
        believed, included = self.trust.believed(self.reach, self.signs), before.vector if before else {}
        return lambda name: max(believed(name), included.get(name, 0))

    def false(self, before: Version | None, after: Version) -> set[str]:
        """Return the answers that are new, or left, and others than the signed saves gave that they name or include."""
        return _refuted(before, _fresh(before, after), self.proof(after) if self.proof else None)

    def _lacks_saves(self, fresh: Fresh, proof: RecordProof | None) -> bool:
        """Say whether the bundle brings answers of others without the saves that gave them."""
        own = self.trust.own if self.trust.met else frozenset()
        return proof is not None and any(proof.lacks(key, s) for key, s in fresh if s.save.dot.node not in own)

    def _leaves(self, before: Version | None, after: Version, proof: RecordProof | None) -> bool:
        """Say whether a record stays as it was, because the bundle adds no answer to it.

        Such a bundle only claims more edits, or says again that the record is alive. To claim less than one knows is
        always safe, so nothing waits; of senders who may say so it is taken like everything else.
        """
        if before is None:
            return False
        changed = _changed(before, after)
        if changed or not before.answers.keys() <= after.answers.keys():
            return False
        if _is_verified_at(before, self.trust.here):
            return not self._may_touch_verified(before, changed)
        return self._is_widened(before, after, proof)

    def _is_widened(self, before: Version | None, after: Version, proof: RecordProof | None) -> bool:
        """Say whether a record is said to include saves of somebody for whom the sender does not speak, unproved."""
        known = before.vector if before else {}
        return any(
            count > known.get(name, 0) and not self.speaks_for(name)
            and not (proof and proof.includes(name, known.get(name, 0), count))
            for name, count in after.vector.items()
        )

    def _is_unproved(
        self, before: Version | None, after: Version, fresh: Fresh, proof: RecordProof | None
    ) -> bool:
        """Say whether an answer is gone, or of somebody for whom the sender does not speak and no save proves it."""
        if not all(self.speaks_for(s.save.dot.node) or (proof and proof.gave(key, s)) for key, s in fresh):
            return True
        for key, there in before.answers.items() if before else ():
            now = after.answers.get(key, frozenset())
            if not there <= now and now <= there and f"{ERASED}{key}" not in after.answers:
                return True
        return self._is_widened(before, after, proof)

    def _takes_verified(
        self, before: Version | None, theirs: Version, after: Version, fresh: Fresh, proof: RecordProof | None
    ) -> bool:
        """Say whether somebody deletes what an enrolled office verified and nobody opened since, or erases of it.

        Neither the run of a certificate nor a revoked key undoes what that office verified.
        """
        at = before or after
        is_office = self.trust.vouches(at) and reviews(self.trust.role)
        deletes = not is_office and _is_deleted(after) and not (before and _is_deleted(before))
        taken = {
            key for key, each in fresh
            if (key.startswith(ERASED) or (key == ALIVE and deletes)) and not self._offices(key, each, at, proof)
        }
        if ALIVE in taken and standing(after) in LOCKED and any(
            each.value == VERIFIED and self._is_verdict(STATUS, each, after, proof)
            for each in after.answers.get(STATUS, ())
        ):
            return True
        if not taken - {ALIVE}:
            return False
        seen = self._verdicts(before, proof) | self._verdicts(after, proof)
        if is_office:
            return any(not covers(theirs.vector, dot) for dot in seen)
        return bool(seen or self._verdicts(self.above(at), None))

    def _verdicts(self, version: Version | None, proof: RecordProof | None) -> set[Dot]:
        """Return the verifications that a record bears, of offices that are or were enrolled.

        What is erased is gone for good: that a team opens a record again does not end them, as it does for a deletion.
        """
        if version is None:
            return set()
        by = proof or (self.proof(version) if self.proof else None)
        return {
            each.save.dot for key, siblings in version.answers.items() if key.startswith(SEEN)
            for each in siblings if self._is_verdict(key, each, version, by)
        }

    def _is_verdict(self, key: str, given: Sibling, at: Version, proof: RecordProof | None) -> bool:
        """Say whether an office that is enrolled for a record, or once was, provably gave an answer."""
        is_office = reviews(given.save.role) and self.was_enrolled(given.save, at)
        return is_office and proof is not None and proof.gave(key, given) is True

    def _may_touch_verified(self, before: Version, changed: Mapping[str, frozenset[Sibling]]) -> bool:
        """Say whether the sender may change what this office verified: who was met, in the role that it has here."""
        if self.trust.reviews(before):
            return all(is_about_review(key) or key.startswith(ERASED) for key in changed)
        return self.trust.met and not reviews(self.trust.role)

    def _takes_away(
        self, before: Version, after: Version, changed: Mapping[str, frozenset[Sibling]], proof: RecordProof | None
    ) -> str:
        """Return whether others' work is erased, or deleted by a stranger: what is deleted lies in the trash."""
        if self.trust.reviews(before):
            return ""
        if self._erases_others(before, after, changed, proof):
            return ERASES
        deletes = any(sibling.value == 0 for sibling in changed.get(ALIVE, ()))
        return DELETES if deletes and not self.trust.met else ""

    def _erases_others(
        self, before: Version, after: Version, changed: Mapping[str, frozenset[Sibling]], proof: RecordProof | None
    ) -> bool:
        """Say whether somebody erases what others gave, in a record that is not his own work."""
        marks = [key for key in changed if key.startswith(ERASED) and not takes_only_own(before, after, key)]
        if not marks or (self.trust.met and is_part_of_work_of(before, self.trust.own, self.above)):
            return False
        return not all(
            changed[key] and all(self._is_by_author(before, key, each, proof) for each in changed[key])
            for key in marks
        )

    def _is_by_author(self, before: Version, key: str, mark: Sibling, proof: RecordProof | None) -> bool:
        """Say whether somebody whose own work the record is provably erased it, whoever brings that."""
        is_met = any(each.met for each in self.rights(mark.save))
        is_known = is_met and proof is not None and proof.gave(key, mark) is True
        return is_known and is_part_of_work_of(before, {mark.save.dot.node}, self.above)


def _fresh(before: Version | None, after: Version) -> Fresh:
    """Return the answers that are new."""
    was = before.answers if before else {}
    return [(key, each) for key, siblings in after.answers.items()
            for each in (siblings - was[key] if key in was else siblings)]


def _refuted(before: Version | None, fresh: Fresh, proof: RecordProof | None) -> set[str]:
    if proof is None:
        return set()
    false = {key for key, each in fresh if proof.gave(key, each) is False}
    return false | proof.left_behind(before.vector if before else {})


def _changed(before: Version | None, after: Version) -> dict[str, frozenset[Sibling]]:
    """Return by answer the values that are new; that a living record is alive, as every save says again, is not."""
    was = before.answers if before else {}
    found = {}
    for key, siblings in after.answers.items():
        there = was.get(key, frozenset())
        fresh = siblings - there
        if key == ALIVE:
            deleted = before is not None and _is_deleted(before)
            fresh = frozenset(s for s in fresh if (s.value == 0) is not deleted)
        if fresh or (key != ALIVE and there - siblings):
            found[key] = fresh
    return found


def _is_verified_at(before: Version, here: frozenset[str]) -> bool:
    """Say whether an office verified the record and nobody opened it since."""
    return any(key.removeprefix(SEEN) in here for key in before.answers if key.startswith(SEEN)) and (
        standing(before) in LOCKED
    )


def _is_deleted(version: Version) -> bool:
    """Say whether a record lies in the trash, and nobody says otherwise."""
    return {each.value for each in version.answers.get(ALIVE, ())} == {0}


def _claims(changed: Mapping[str, frozenset[Sibling]]) -> bool:
    """Say whether new values claim to come from somebody who reviews."""
    return any(
        is_verdict(key, sibling.value) or reviews(sibling.save.role)
        for key, fresh in changed.items() for sibling in fresh
    )
