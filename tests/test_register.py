"""The register: a body is found by whatever it is called, and unsure stays unsure."""

from __future__ import annotations

import csv
import gc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RegisterError
from graph.paths import REGISTER
from graph.register import Organisation, Register, load_register
from graph.register_files import COLUMNS
from tests.make_register import write_register

CASES = Path(__file__).with_name("cases")


def read_cases(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def register() -> Register:
    return load_register()


@pytest.mark.parametrize("case", read_cases("register_names.csv"), ids=lambda case: case["written"])
def test_names_as_written(register: Register, case: dict[str, str]) -> None:
    found = register.lookup(case["written"])
    assert (found.use if found else "") == case["use"], case["why"]
    assert "|".join(body.id for body in register.find(case["written"])) == case["ids"], case["why"]


@pytest.mark.parametrize(
    "case", read_cases("register_dates.csv"), ids=lambda case: f"{case['name']} {case['date']}"
)
def test_date_of_a_text_tells_bodies_of_one_name_apart(register: Register, case: dict[str, str]) -> None:
    chosen = register.as_of(case["name"], case["date"])
    assert (chosen.id if chosen else "") == case["id"], case["why"]


def test_every_official_name_finds_its_body(register: Register) -> None:
    assert [body.id for body in register if body not in register.find(body.name)] == []


def test_every_listed_name_finds_its_body_or_a_surer_one(register: Register) -> None:
    for body in register:
        for name in (*body.names, *body.acronyms):
            found = register.lookup(name)
            assert found, name
            assert body.id in found.ids or found.use == "preferred", (body.id, name)


def test_bodies_come_by_id_and_names_once(register: Register) -> None:
    assert [body.id for body in register] == sorted(body.id for body in register)
    assert len(register) == len(list(register)) > 2000
    texts = [name.text for name in register.names()]
    assert len(texts) == len(set(texts)) > 15000


def test_names_hold_what_look_up_finds(register: Register) -> None:
    for name in register.names()[::37]:
        assert register.lookup(name.text) == name
        assert all(register.get(identifier) for identifier in name.ids)
        assert name.exact or name.text == name.text.lower()


def test_typed_names_are_found_in_any_case(register: Register) -> None:
    assert [body.id for body in register.find("kent")] == ["la:ken"]
    assert [body.id for body in register.find("nice")] == ["body:nice"]
    assert register.find("TORBAY CARE TRUST") == register.find("Torbay Care Trust")
    assert register.get("ct:TAL") == register.find("Torbay Care Trust")[0]
    assert register.get("ct:none") is None


def test_near_misses_are_suggested_best_first(register: Register) -> None:
    assert register.suggest("Audit Comission")[0] == "Audit Commission"
    assert register.suggest("leeds city concil", 1) == ("Leeds City Council",)
    assert register.suggest("xqzzy") == ()


@pytest.mark.parametrize(
    ("date", "existed"),
    [
        ("2005", False),
        ("2006", True),
        ("2006-09", False),
        ("2006-10", True),
        ("2006-10-01", True),
        ("2006-09-30", False),
        ("2013-03-31", True),
        ("2013-04-01", False),
        ("2013", True),
        ("2014", False),
    ],
)
def test_existence_in_a_year_a_month_or_on_a_day(register: Register, date: str, existed: bool) -> None:
    hull = register.get("pct:5NX")
    assert hull
    assert hull.existed_on(date) is existed


@given(start=st.dates().map(str), date=st.dates().map(str))
def test_existence_is_no_narrower_in_a_wider_period(start: str, date: str) -> None:
    body = Organisation(**{**dict.fromkeys(COLUMNS, ""), "start": start, "end": start})  # type: ignore[arg-type]
    if body.existed_on(date):
        assert body.existed_on(date[:7])
        assert body.existed_on(date[:4])
    assert body.existed_on(date) == (start == date)


def test_collector_is_left_as_it_was(tmp_path: Path) -> None:
    write_register(tmp_path, {"id": "x", "name": "X Society"})
    load_register(tmp_path)
    assert gc.isenabled()


def test_files_and_rows_in_another_order_make_the_same_register(tmp_path: Path) -> None:
    for number, path in enumerate(sorted(REGISTER.glob("*.csv"))):
        head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / f"{9 - number}.csv").write_text(head + "".join(reversed(rows)), encoding="utf-8")
    (tmp_path / "variants.toml").write_bytes((REGISTER / "variants.toml").read_bytes())
    other = load_register(tmp_path)
    assert list(other) == list(load_register())
    assert other.names() == load_register().names()


def test_folder_without_a_register_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"no register here: expected \*\.csv"):
        load_register(tmp_path)
