from __future__ import annotations

from bot.stories.new_ids import numbered


class Looked(set[str]):
    """Names that are taken, which count how often one is looked for."""

    times = 0

    def __contains__(self, name: object) -> bool:
        Looked.times += 1
        return super().__contains__(name)


def test_a_free_number_is_found_in_a_few_looks_however_many_are_taken() -> None:
    taken = Looked()
    for number in range(1, 1001):
        name = numbered("report", taken)
        assert name == ("report" if number == 1 else f"report-{number}")
        taken.add(name)
    assert Looked.times <= 1000 * 20


def test_a_name_that_is_taken_gets_a_number_that_is_free_where_some_are_left_out() -> None:
    taken = {"report", "report-3", "report-4", "report-8", "other"}
    assert numbered("report", taken) not in taken
    assert numbered("report", {"report-2"}) == "report"
