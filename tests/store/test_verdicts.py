"""What the database finds wrong with records is what Python finds wrong with them, whatever the answers are."""

import datetime
import random
from decimal import Decimal

import pytest
import sqlalchemy as sa

from p2kp_desktop import forms
from p2kp_desktop.actions.recording.saves import editing
from p2kp_desktop.forms import FORMS, lists
from p2kp_desktop.forms.rt_survey import RtSurvey
from p2kp_desktop.schema import (
    HARD,
    SOFT,
    Both,
    Choice,
    Compare,
    Date,
    Either,
    Fixed,
    Form,
    Judgement,
    Limit,
    Measure,
    Never,
    Not,
    Question,
    Record,
    Several,
    Text,
    Whole,
    comparisons,
)
from p2kp_desktop.schema.comparisons import Day, Digits, Length
from p2kp_desktop.schema.quantities import Number
from p2kp_desktop.schema.questions import Objection
from p2kp_desktop.schema.records import WHY
from p2kp_desktop.schema.values import plain_decimal
from p2kp_desktop.store import clauses, records, tables, views
from p2kp_desktop.store.breaches import PLACE, Breaches, is_hard
from p2kp_desktop.store.standing import COMPLETE, INCOMPLETE, PROBLEM, Standing
from p2kp_desktop.store.tables import RECORDS
from tests.conftest import DEEP
from tests.examples import a_record

RECORDED = 1500 if DEEP else 40
RULES = {"2016": "2016", "2022": "2018"}
ODD = ("", " ", "x" * 130, "9" * 16, "12", "1671014410850003", "²" * 16, "%", "_", "a,b", "2022-02-30", "22-1-1", 7, -1,
       "0.1", "semua RT", "0", "bukan_pilihan", "tidak_ada,bukan_pilihan", '"why.kk":', "~", "2021-12-31", "1900-01-01",
       "2999-01-01")


def an_answer(question: Question, dice: random.Random) -> object:
    """Return an answer that may be right, unlikely, impossible, or of another kind."""
    if dice.random() < 0.15:
        return dice.choice((None, *ODD))
    if isinstance(question, Choice):
        return dice.choice(question.options.codes)
    if isinstance(question, Several):
        return question.join(set(dice.sample(question.options.codes, dice.randint(1, len(question.options.codes)))))
    if isinstance(question, Number):
        steps = [low for low in (question.low, question.high, *(question.usual or ())) if low is not None]
        number = dice.choice(steps or [Decimal(1)]) + dice.choice((0, 0, -1, 1)) * Decimal(dice.choice(("1", "0.1")))
        number = dice.choice((number, Decimal(dice.randint(0, 40)) / 10))
        return int(number) if question.kept == "whole" else plain_decimal(number)
    if question.kind == "date":
        return (datetime.date(2022, 1, 1) + datetime.timedelta(dice.randint(-500, 500))).isoformat()
    return dice.choice(("Contoh", "x" * dice.choice((119, 120, 121, 500, 501, 4001)), "1671014410850003", "012, 013"))


def a_strange_record(form: type[Form], number: int) -> Record:
    """Return a record of a form some answers of which were drawn."""
    dice = random.Random(f"{form.key} {number}")
    record = a_record(form, rules=dice.choice(("2018", "2016")), record_id=f"{form.key}-{number}")
    answers = dict(record.answers)
    if form.per_period:
        answers["period"] = dice.choice(("2022", "2016", "2022-awal", "awal"))
    asked = [each for each in form.stored() if each.key not in form.natural]
    for question in dice.sample(asked, min(len(asked), dice.choice((1, 2, 5, len(asked))))):
        answers[question.key] = an_answer(question, dice)
    for question in dice.sample(asked, min(len(asked), dice.choice((0, 0, 3)))):
        answers[f"{WHY}{question.key}"] = "Benar."
    return Record(form, record.id, answers)


def by_python(record: Record) -> set[tuple[str, str]]:
    """Return which questions have a problem, and how grave it is, leaving out what somebody explained."""
    return {(each.question, each.severity) for each in record.problems() if not each.note}


def standing(record: Record) -> str:
    found = [each for each in record.problems() if not each.note]
    if any(record.answers.get(each.question) is not None for each in found):
        return PROBLEM
    return INCOMPLETE if found else COMPLETE


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_database_finds_wrong_what_python_does(workspace, form):
    with editing(workspace) as edits:
        for number in range(RECORDED):
            drawn = a_strange_record(form, number)
            edits.save(form.key, drawn.id, dict(drawn.answers), origin="test")
    rules = {rule: clause for rule, clause in Breaches(form, RULES).clauses().items() if rule.question != PLACE}
    status = Standing(form, RULES).case().label("standing")
    with workspace.asking() as connection:
        columns = [sa.case((clause, 1), else_=0).label(f"rule{place}") for place, clause in enumerate(rules.values())]
        told = sa.select(RECORDS[form.key].c.id, status, *columns)
        rows = {row["id"]: row for row in connection.execute(told).mappings()}
        saved = list(views.found(connection, form))
    assert len(saved) == RECORDED
    for record in saved:
        record = Record(form, record.id, record.answers, RULES.get(str(record.answers.get("period")), "2018"))
        row = rows[record.id]
        found = {
            (rule.question, "hard" if is_hard(form, rule) else "soft")
            for place, rule in enumerate(rules) if row[f"rule{place}"]
        }
        assert found == by_python(record), (found ^ by_python(record), record.answers)
        assert row["standing"] == standing(record), record.answers


def test_the_database_knows_every_word_of_which_a_limit_can_be_made():
    assert set(clauses._CONDITIONS) == set(comparisons.VOCABULARY)


def test_no_limit_of_any_question_is_strange_to_the_database():
    for form in FORMS:
        for question in form.stored():
            for limit in question.limits():
                comparisons.refuse_strange(f"{form.key}.{question.key}", limit.beyond)
                assert limit.in_general


def test_what_is_computed_of_decimals_is_compared_as_exactly_as_python_does(workspace):
    lengths = {"road_m": "0.5", "wide_m": "0.3", "wide_paved_m": "0.1", "wide_paved_good_m": "0.1",
               "wide_earth_good_m": "0.2", "narrow_paved_good_m": "0.2", "narrow_earth_good_m": "0"}
    whole = a_record(RtSurvey, wide_drained_m=0, narrow_drained_m=0, **lengths)
    over = Record(RtSurvey, "over", {**whole.answers, "period": "2023", "wide_earth_good_m": "0.2001"})
    assert (standing(whole), standing(over)) == (COMPLETE, PROBLEM)
    with editing(workspace) as edits:
        for each in (whole, over):
            edits.save(RtSurvey.key, each.id, dict(each.answers), origin="test")
    with workspace.asking() as connection:
        table = RECORDS[RtSurvey.key]
        told = dict(connection.execute(sa.select(table.c.id, Standing(RtSurvey, RULES).case())).all())
    assert told == {whole.id: COMPLETE, "over": PROBLEM}


class Telephone(Text):
    """A kind of question as a newcomer writes one: a telephone number, of ten to thirteen figures."""

    def limits(self):
        """Yield that there are fewer figures or more, or something else."""
        figures = Length(self)
        few_or_many = Either((Compare(figures, "<", Fixed(10)), Compare(figures, ">", Fixed(13)), Not(Digits(self))))
        yield Limit(few_or_many, "Nomor telepon biasanya 10 sampai 13 angka.", SOFT)


class Palindrome(Judgement):
    """A check that no database can decide."""

    def __init__(self, question):
        self.question = question

    def at(self):
        """Return the key of the word."""
        return self.question.key

    def objection(self, answers):
        """Object to a word that reads the same backwards."""
        word = str(answers[self.question.key])
        return Objection("Kata ini sama dibalik.", SOFT) if word == word[::-1] else None

    def sentence(self):
        """Say the rule in words."""
        return "Kata tidak sama dibalik."


class Shouted(Palindrome):
    """Another one, about the same question."""

    def objection(self, answers):
        """Object to a word in capitals."""
        word = str(answers[self.question.key])
        return Objection("Kata ini ditulis dengan huruf besar.", SOFT) if word.isupper() else None

    def sentence(self):
        """Say the rule in words."""
        return "Kata tidak ditulis dengan huruf besar."


class Stall(Form, key="stall", title="Warung", place="rt"):
    """A form that no release has."""

    keeper = Text("Penjaga")
    telephone = Telephone("Telepon", required=False)
    tables = Whole("Meja", high=50)
    chairs = Whole("Kursi", required=False, when=Compare(tables, ">", Fixed(0)))
    price = Measure("Harga", unit="Rp", required=False)
    opened = Date("Dibuka", required=False)
    crowded = Never(chairs, Compare(chairs, ">", tables * Fixed(6)), "Kursi paling banyak enam semeja.", HARD)
    dear = Never(
        price, Both(Compare(price, ">", Fixed(100)), Not(Compare(opened, "<", Day("2020-01-01")))),
        "Warung baru biasanya murah.", SOFT,
    )
    licensed = Choice("Diawasi", lists.YES_NO, required=False)
    licence = Choice("Berizin", lists.YES_NO, when=licensed.is_("a"), required=False)
    licence_number = Text("Nomor izin", when=licence.is_("a"))
    cheap = Never(price, Compare(price, "≤", Fixed(Decimal("0.1")) + Fixed(Decimal("0.2"))), "Terlalu murah.", SOFT)
    mirrored = Palindrome(keeper)
    shouted = Shouted(keeper)


STALLS = [
    ({}, {("keeper", "soft"), ("tables", "soft")}),
    ({"keeper": "ana", "tables": 2, "chairs": 12, "telephone": "081234567890"}, {("keeper", "soft")}),
    ({"keeper": "ANI", "tables": 2, "chairs": 12}, {("keeper", "soft")}),
    ({"keeper": "ANA", "tables": 2, "chairs": 12}, {("keeper", "soft")}),
    ({"keeper": "Siti", "tables": 2, "chairs": 13}, {("chairs", "hard")}),
    ({"keeper": "Siti", "tables": 0, "chairs": 1}, {("chairs", "soft")}),  # not asked
    ({"keeper": "Siti", "tables": 0, "telephone": "0812"}, {("telephone", "soft")}),
    ({"keeper": "Siti", "tables": 0, "telephone": "0812-345678"}, {("telephone", "soft")}),
    ({"keeper": "Siti", "tables": 0, "telephone": "0812", "why.telephone": "Telepon satelit."}, set()),
    ({"keeper": "Siti", "tables": 0, "price": "100.5"}, {("price", "soft")}),
    ({"keeper": "Siti", "tables": 0, "price": "100.5", "opened": "2019-12-31"}, set()),
    ({"keeper": "Siti", "tables": 0, "price": "0.3"}, {("price", "soft")}),  # no more than 0.1 + 0.2, exactly
    ({"keeper": "Siti", "tables": 0, "price": "0.4"}, set()),
    ({"keeper": "Siti", "tables": 0, "licensed": "ya", "licence": "ya"}, {("licence_number", "soft")}),
    ({"keeper": "Siti", "tables": 0, "licensed": "tidak", "licence": "ya"}, {("licence", "soft")}),  # left over
    ({"keeper": "Siti", "tables": 51, "opened": "2022-02-30"}, {("tables", "hard"), ("opened", "hard")}),
]


@pytest.fixture
def with_stalls(workspace, monkeypatch):
    """Give a workspace of a release that has the form of a stall."""
    table = tables._form_table(Stall)
    monkeypatch.setitem(tables.RECORDS, Stall.key, table)
    monkeypatch.setitem(records._COLUMNS, Stall.key, tables.answer_columns(Stall))
    monkeypatch.setitem(records._NOTED, Stall.key, clauses.noted(Stall))
    monkeypatch.setitem(forms.BY_KEY, Stall.key, Stall)
    with workspace.changing() as connection:
        table.create(connection)
    yield workspace
    tables.metadata.remove(table)


def test_a_new_kind_and_a_new_check_are_known_to_lists_without_a_line_in_the_store(with_stalls):
    with editing(with_stalls) as edits:
        for number, (answers, _) in enumerate(STALLS):
            edits.save(Stall.key, str(number), {"region": "16.71.01.1001", "rt": "014/005", **answers}, origin="test")
    clauses_of = Breaches(Stall, RULES).clauses()
    with with_stalls.asking() as connection:
        column = tables.RECORDS[Stall.key].c
        for number, (answers, expected) in enumerate(STALLS):
            here = column.id == str(number)
            rules = {
                (rule.question, "hard" if is_hard(Stall, rule) else "soft") for rule, clause in clauses_of.items()
                if connection.scalar(sa.select(sa.func.count()).select_from(column.id.table).where(here, clause))
            }
            record = Record(Stall, str(number), answers)
            broken = [c for c in Stall.checks if connection.scalar(
                sa.select(sa.func.count()).select_from(column.id.table).where(here, Standing(Stall, RULES).breaks(c))
            )]
            assert broken == [check for check in Stall.checks if check.is_broken(record.judged_answers())]
            status = connection.scalar(sa.select(Standing(Stall, RULES).case()).where(here))
            assert (rules, by_python(record), status) == (expected, expected, standing(record)), answers


@pytest.mark.parametrize("sign", comparisons.SIGNS)
def test_every_sign_means_of_computed_decimals_what_it_means_in_python(with_stalls, sign):
    prices = {"less": "0.0999", "same": "0.1", "more": "0.1001"}
    thrice = Compare(Stall.price + Stall.price + Stall.price, sign, Fixed(Decimal("0.3")))  # as doubles it is more
    with editing(with_stalls) as edits:
        for record, price in prices.items():
            edits.save(Stall.key, record, {"region": "16.71.01.1001", "rt": "014/005", "price": price}, origin="test")
    with with_stalls.asking() as connection:
        ident = tables.RECORDS[Stall.key].c.id
        found = set(connection.scalars(sa.select(ident).where(clauses.Clauses(Stall, RULES).holds(thrice))))
    assert found == {record for record, price in prices.items() if thrice.holds({"price": price})}
    assert found == {
        "<": {"less"}, ">": {"more"}, "≤": {"less", "same"}, "≥": {"same", "more"}, "=": {"same"},
        "≠": {"less", "more"},
    }[sign]


def test_a_check_that_lists_could_not_tell_is_refused_where_it_is_written():
    class Strange:
        def holds(self, answers):
            return bool(answers)

        def sentence(self):
            return ""

        def leans_on(self):
            return ()

    name = Text("Nama")
    with pytest.raises(TypeError, match="odd, Never: the database does not know Strange"):
        type("Odd", (Form,), {"name": name, "strange": Never(name, Not(Strange()), "Aneh.")}, key="odd", title="Aneh")
    with pytest.raises(TypeError, match=r"odd\.other: the database does not know Strange"):
        type("Odd", (Form,), {"other": Text("Lain", when=Strange())}, key="odd", title="Aneh")
    with pytest.raises(TypeError, match="it marks «name», which is no answer that this form keeps"):
        type("Odd", (Form,), {"check": Never(name, Compare(name, "=", Day("x")), "Aneh.")}, key="odd", title="Aneh")
