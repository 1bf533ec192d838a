"""The commands that several tests of the command line give."""

import itertools

A_HOUSEHOLD = {"rt": "RT 14-RW 05", "head_name": "Siti", "kk_count": 1, "members_male": "2", "members_female": 1}


def put(p2kp, file, form, *lines):
    ran = p2kp("records", file, "put", form, lines=lines)
    assert ran.code == 0, ran.err
    return [line["id"] for line in ran.lines()]


def send(p2kp, file, **options):
    ran = p2kp("send", file, ".", "--json", *itertools.chain(*options.items()))
    assert ran.code == 0, ran.err
    return ran.json()["path"]


def receive(p2kp, file, *bundles):
    ran = p2kp("receive", file, *bundles, "--json")
    for bundle in ran.json()["bundles"]:
        outcomes = ("new", "updated", "identical", "older", "conflict", "rejected")
        assert bundle["read"] == sum(bundle[name] for name in outcomes)
    return ran
