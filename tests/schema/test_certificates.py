"""No certificate gives standing that was not signed by a chain from the one root, whatever somebody makes up."""

import json
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from p2kp_desktop.exchange import signing
from p2kp_desktop.schema.certificates import (
    LONGEST_LINE,
    Certificate,
    Law,
    Request,
    Revocation,
    book,
    from_json,
    from_line,
    holds,
    line,
    may_revoke,
    signed,
    to_json,
)

DAY = "2026-12-01"
PRIVATE = {name: signing.new_key() for name in ("root", "city", "other", "team", "thief")}
PUBLIC = {name: signing.public_of(key) for name, key in PRIVATE.items()}
REGIONS = {"root": ("16",), "city": ("16.71",), "other": ("16.72",), "team": ("16.71.01.1001",), "thief": ("16",)}
ROLES = {"root": "province", "city": "district", "other": "district", "team": "facilitator", "thief": "province"}


def say(issuer, whom, **otherwise):
    """Return what an issuer signs of somebody."""
    made = Certificate(
        PUBLIC[issuer], PUBLIC[whom], "", f"{whom}-node", (), whom, ROLES[whom], REGIONS[whom], "2026-01-01",
        "2027-12-31", f"0000000{sorted(PRIVATE).index(whom)}",
    )
    return signed(replace(made, **otherwise), partial(signing.mark, PRIVATE[issuer]))


GENUINE = [say("root", "root"), say("root", "city"), say("root", "other"), say("city", "team")]


def law(*more, root=PUBLIC["root"], revoked=()):
    return Law(root, book([*GENUINE, *more]), signing.is_mark, frozenset(revoked).__contains__)


def names(chain):
    return [each.name for each in chain]


def test_a_chain_leads_from_a_team_to_the_root():
    assert names(law().standing(PUBLIC["team"], DAY)) == ["team", "city", "root"]
    assert names(law().standing(PUBLIC["root"], DAY)) == ["root"]
    assert law(root="").standing(PUBLIC["team"], DAY) == ()
    assert law(root=PUBLIC["thief"]).standing(PUBLIC["team"], DAY) == ()


@pytest.mark.parametrize(("day", "counts"), [
    ("2025-12-31", False), ("2026-01-01", True), ("2027-12-31", True), ("2028-01-01", False), ("", True),
])
def test_it_counts_from_its_first_to_its_last_day(day, counts):
    assert bool(law().standing(PUBLIC["team"], day)) is counts


def test_who_is_revoked_takes_those_along_whom_it_certified():
    assert law(revoked=[PUBLIC["city"]]).standing(PUBLIC["team"], DAY) == ()
    assert names(law(revoked=[PUBLIC["city"]]).standing(PUBLIC["other"], DAY)) == ["other", "root"]


@pytest.mark.parametrize("forged", [
    say("thief", "thief"),  # a root of its own
    say("team", "thief", role="facilitator", regions=REGIONS["team"]),  # a facilitator certifies nobody
    say("city", "thief", role="district", regions=("16.71",)),  # nor an office one of its own role
    say("city", "thief", role="province", regions=("16.71",)),
    say("city", "thief", role="facilitator", regions=("16.72.01.1001",)),  # nor in regions of another
    say("city", "thief", role="facilitator", regions=("16.71.01.1001", "16")),
    say("city", "thief", role="facilitator", regions=("16.710",)),
    replace(say("thief", "thief", role="district", regions=("16.71",)), issuer=PUBLIC["root"]),  # signed by another
    replace(say("root", "city"), key=PUBLIC["thief"]),
    replace(say("city", "team"), role="district"),
    replace(say("city", "team"), key=PUBLIC["thief"], signature=GENUINE[3].signature),
])
def test_no_forged_certificate_gives_standing(forged):
    assert law(forged).standing(PUBLIC["thief"], DAY) == ()


def test_certificates_in_a_circle_lead_nowhere():
    round_about = [
        say("thief", "city", role="district", regions=("16",)), say("city", "thief", role="province"),
        say("thief", "thief", role="facilitator", regions=("16.71",)),
    ]
    assert law(*round_about, root="").standing(PUBLIC["thief"], DAY) == ()
    assert names(law(*round_about).standing(PUBLIC["team"], DAY)) == ["team", "city", "root"]
    assert law(*round_about).standing(PUBLIC["thief"], DAY) == ()


def test_several_threads_may_ask_one_law():
    """What one is still finding out is no answer for another: who is enrolled would not be, at a bad moment."""
    one = law()
    meanwhile = []

    def verifies(*said):
        if not meanwhile:
            meanwhile.append(())
            meanwhile.append(names(one.standing(PUBLIC["team"], DAY)))  # as another thread would, just now
        return signing.is_mark(*said)

    object.__setattr__(one, "verifies", verifies)
    assert names(one.standing(PUBLIC["team"], DAY)) == ["team", "city", "root"] == meanwhile[1]


CHANGES = st.fixed_dictionaries({}, optional={
    "issuer": st.sampled_from(sorted(PUBLIC.values())), "key": st.sampled_from(sorted(PUBLIC.values())),
    "role": st.sampled_from(("facilitator", "district", "province", "menteri")),
    "regions": st.lists(st.sampled_from(("16", "16.71", "16.72", "16.71.01.1001", "", "17")), max_size=3).map(tuple),
    "since": st.sampled_from(("2020-01-01", "2027-01-01", "", "x")),
    "until": st.sampled_from(("2020-01-01", "9999-12-31")),
    "name": st.text(max_size=5), "node": st.text(max_size=5),
    "former": st.lists(st.text(max_size=3), max_size=2).map(tuple),
    "signature": st.sampled_from([each.signature for each in GENUINE]) | st.text(max_size=90),
})


@given(st.lists(st.tuples(st.sampled_from(GENUINE), CHANGES, st.booleans()), min_size=1, max_size=3))
def test_nothing_made_up_without_the_keys_gives_more_than_was_signed(made_up):
    """A thief with a key of its own changes genuine certificates, signs them, and hands them round."""
    forged = []
    for genuine, changes, signs in made_up:
        each = replace(genuine, **changes)
        forged.append(signed(each, partial(signing.mark, PRIVATE["thief"])) if signs else each)
    with_them = law(*forged)
    assert with_them.standing(PUBLIC["thief"], DAY) == ()
    for name in ("root", "city", "other", "team"):
        assert [to_json(each) for each in with_them.standing(PUBLIC[name], DAY)] == [
            to_json(each) for each in law().standing(PUBLIC[name], DAY)
        ]


@given(CHANGES, st.sampled_from(("city", "other", "team")))
def test_no_office_signs_more_than_it_may(changes, issuer):
    """Whatever an office itself signs, nobody gets another role or other regions than it could give."""
    each = replace(say("city", "team"), **{**changes, "issuer": PUBLIC[issuer], "key": PUBLIC["thief"]})
    found = law(signed(each, partial(signing.mark, PRIVATE[issuer]))).standing(PUBLIC["thief"], DAY)
    if found:
        assert (issuer, found[0].role) in (("city", "facilitator"), ("other", "facilitator"))
        assert all(region.startswith(REGIONS[issuer][0]) for region in found[0].regions)


# Revocation


def revoke(issuer, whom):
    made = Revocation(PUBLIC[issuer], PUBLIC[whom], "2026-11-30T10:00:00+07:00", "dicuri")
    return signed(made, partial(signing.mark, PRIVATE[issuer]))


@pytest.mark.parametrize(("issuer", "whom", "counts"), [
    ("city", "team", True), ("root", "team", True), ("root", "city", True), ("other", "team", False),
    ("team", "city", False), ("team", "team", False), ("thief", "team", False), ("city", "root", False),
    ("root", "thief", False), ("city", "other", False), ("root", "root", False),
])
def test_only_who_may_certify_may_revoke(issuer, whom, counts):
    assert may_revoke(law(), revoke(issuer, whom)) is counts
    assert not may_revoke(law(), replace(revoke(issuer, whom), reason="lain"))


def test_a_stolen_office_revokes_nobody():
    assert not may_revoke(law(revoked=[PUBLIC["city"]]), revoke("city", "team"))
    assert may_revoke(law(revoked=[PUBLIC["city"]]), revoke("root", "team"))


# What arrives

ODD = (
    None, 1, -1, 1.5, True, "", "x", [], {}, [[]], "9" * 400, "\ud800", "\x00", "=1+1", "a" * 40_000, [None] * 12,
    ["a"] * 12, {"a": [1]}, 1 << 70, "16.71", [["x"] * 100] * 12,
)
JSON = st.recursive(
    st.sampled_from(ODD) | st.text() | st.integers() | st.floats(),
    lambda inner: st.lists(inner, max_size=12) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=20,
)


@pytest.mark.parametrize("kind", [Certificate, Revocation, Request])
@given(content=JSON, at=st.integers(0, 12), value=st.sampled_from(ODD))
def test_whatever_arrives_is_read_or_refused(kind, content, at, value):
    genuine = to_json(revoke("root", "team") if kind is Revocation else GENUINE[3])[: 12 if kind is Certificate else 9]
    for said in (content, [*genuine[:at], value, *genuine[at + 1 :]], [*genuine[:at], content, *genuine[at + 1 :]]):
        try:
            read = from_json(kind, said)
        except ValueError:
            continue
        assert not read.objection()
        assert from_json(kind, json.loads(json.dumps(to_json(read)))) == read


@given(st.text() | st.builds("P2KP-MINTA:{}".format, st.text()))
def test_a_line_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        from_line("P2KP-MINTA:", text)


def test_a_line_is_read_within_a_message_and_broken_by_the_phone():
    said = to_json(GENUINE[3])
    written = line("P2KP-DAFTAR:", said)
    assert len(written) < 600
    broken = "\n".join(written[at : at + 40] for at in range(0, len(written), 40))
    assert from_line("P2KP-DAFTAR:", f"Pak, ini jawabannya: {broken}") == said
    assert from_json(Certificate, from_line("P2KP-DAFTAR:", written)) == GENUINE[3]
    with pytest.raises(ValueError, match=r"."):
        from_line("P2KP-DAFTAR:", written[:-20])


def test_a_line_that_would_grow_without_end_is_refused():
    with pytest.raises(ValueError, match="torn"):
        from_line("P2KP-DAFTAR:", line("P2KP-DAFTAR:", "a" * 10_000_000))
    with pytest.raises(ValueError, match="no line"):
        from_line("P2KP-DAFTAR:", "P2KP-DAFTAR:" + "A" * (LONGEST_LINE + 1))


def test_a_signature_has_one_spelling():
    assert holds(GENUINE[3], signing.is_mark)
    loose = replace(GENUINE[3], signature=GENUINE[3].signature[:-3] + chr(ord(GENUINE[3].signature[-3]) + 1) + "==")
    assert not holds(loose, signing.is_mark)
