"""What was found of a message that many send is found once; of a long one it is not kept."""

from __future__ import annotations

from assistant.kept import LONGEST, Itself, remembered


class Reader:
    """Counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def words(self, text: str, least: int = 1) -> int:
        self.asked.append(text)
        return sum(len(word) >= least for word in text.split())


def test_a_message_is_read_once_for_each_way_it_is_asked_about() -> None:
    reader = Reader()
    words = remembered(8)(reader.words)
    assert [words("a nie"), words("a nie"), words("a nie", least=2)] == [2, 2, 1]
    assert reader.asked == ["a nie", "a nie"]


def test_only_so_many_and_no_long_ones_are_kept() -> None:
    reader = Reader()
    words = remembered(1)(reader.words)
    long = "a " * LONGEST
    for text in ("a", "b", "a", long, long):
        words(text)
    assert reader.asked == ["a", "b", "a", long, long]


def test_what_is_told_by_identity_is_not_compared() -> None:
    one, equal = ["a"], ["a"]
    assert Itself(one) == Itself(one)
    assert hash(Itself(one)) == hash(Itself(one))
    assert Itself(one) != Itself(equal)
    assert Itself(one) != one
