"""How many SMS a text comes to; the browser counts by the same table."""

import pytest

from customers.messaging import segments

# text, encoding, units, segments, left
TABLE = [
    ("", "GSM-7", 0, 0, 160),
    ("Hello", "GSM-7", 5, 1, 155),
    ("a" * 160, "GSM-7", 160, 1, 0),
    ("a" * 161, "GSM-7", 161, 2, 145),
    ("a" * 306, "GSM-7", 306, 2, 0),
    ("a" * 307, "GSM-7", 307, 3, 152),
    ("€", "GSM-7", 2, 1, 158),
    ("^{}\\[~]|€", "GSM-7", 18, 1, 142),
    ("€" * 80, "GSM-7", 160, 1, 0),
    # No border parts an escape from its character: 152 fit into a message of 153.
    ("€" * 81, "GSM-7", 162, 2, 143),
    ("a" * 152 + "€" * 5, "GSM-7", 162, 2, 143),
    ("§ñ@\n", "GSM-7", 4, 1, 156),
    ("`", "UCS-2", 1, 1, 69),
    ("я", "UCS-2", 1, 1, 69),
    ("я" * 70, "UCS-2", 70, 1, 0),
    ("я" * 71, "UCS-2", 71, 2, 63),
    ("я" * 134, "UCS-2", 134, 2, 0),
    ("я" * 135, "UCS-2", 135, 3, 66),
    ("😀", "UCS-2", 2, 1, 68),
    ("😀" * 35, "UCS-2", 70, 1, 0),
    # A surrogate pair is not torn: 66 of 67 are filled.
    ("😀" * 36, "UCS-2", 72, 2, 61),
    ("я€", "UCS-2", 2, 1, 68),
    ("я" * 10_000, "UCS-2", 10_000, 150, 50),
]


@pytest.mark.parametrize(("text", "encoding", "units", "count", "left"), TABLE)
def test_a_text_is_measured(text, encoding, units, count, left):
    assert segments.measure(text) == segments.Length(encoding, units, count, left)
    assert "".join(segments.parts(text)) == text


def test_a_part_of_gsm_is_a_character_a_byte():
    assert segments.gsm_encoded("@ A€{") == bytes([0, 0x20, 0x41, 0x1B, 0x65, 0x1B, 0x28])


def test_the_alphabet_has_its_hundred_and_twenty_seven_letters():
    assert len(segments.BASIC) == 127
    assert len(segments.ESCAPED) == 10
