"""A number or a mail address in the many ways in which people write and say it."""

from __future__ import annotations

from random import Random

from benchmarks.enterprises.phrases import chance, weighted

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_SAID = str.maketrans("0123456789", "零一二三四五六七八九")


def wide(text: str) -> str:
    return text.translate(_WIDE)


def said(rng: Random, digits: str) -> str:
    spoken = digits.translate(_SAID)
    if chance(rng, 0.35):
        spoken = spoken.replace("一", "幺")
    return spoken.replace("零", "〇") if chance(rng, 0.15) else spoken


def _parted(digits: str, by: str, at: tuple[int, ...] = (3, 7)) -> str:
    return by.join([digits[: at[0]], digits[at[0] : at[1]], digits[at[1] :]])


def mobile(rng: Random, digits: str, *, spoken: bool = False) -> str:
    """`digits` (eleven) as typed, or as a voice input writes them down."""
    if spoken and chance(rng, 0.6):
        return said(rng, digits)
    forms = [
        (digits, 9.0),
        (_parted(digits, " "), 1.5),
        (_parted(digits, "-"), 1.5),
        (_parted(digits, " ", (4, 8)), 0.5),
        (_parted(digits, "-", (4, 8)), 0.3),
        (wide(digits), 1.0),
        (wide(_parted(digits, " ")), 0.3),
        (f"+86 {digits}", 0.7),
        (f"+86{digits}", 0.4),
        (f"+86-{_parted(digits, '-')}", 0.3),
        (f"86 {digits}", 0.2),
        (f"（+86）{digits}", 0.2),
        (said(rng, digits), 1.5),
        (_parted(said(rng, digits), " "), 0.4),
        (_parted(digits, "."), 0.2),
        (_parted(digits, "—"), 0.2),
        (digits[:3] + said(rng, digits[3:7]) + digits[7:], 0.3),
        (digits[:3] + said(rng, digits[3:]), 0.3),
    ]
    return weighted(rng, forms)


def landline(rng: Random, code: str, number: str, extension: str) -> str:
    """A number with its area code as typed; `extension` may be empty."""
    joined = weighted(
        rng,
        [
            (f"{code}-{number}", 6.0),
            (f"{code} {number}", 1.0),
            (f"（{code}）{number}", 0.5),
            (f"({code}){number}", 0.5),
            (f"{code}{number}", 1.0),
            (f"{code}—{number}", 0.4),
            (wide(f"{code}-{number}"), 0.4),
            (f"{code}-{number[:4]} {number[4:]}", 0.3),
            (said(rng, code + number), 0.4),
        ],
    )
    if not extension:
        return joined
    return joined + rng.choice(
        ["转{}", "-{}", "转 {}", " 转{}", "转{}分机", " 分机{}", "分机{}"]
    ).format(extension)


def mail(rng: Random, address: str, *, spoken: bool = False) -> str:
    """An address as typed, or as it is said."""
    local, host = address.split("@")
    aloud = local.replace("_", "下划线").replace(".", "点")
    if spoken:
        return f"{aloud}{rng.choice(['艾特', '艾特', ' at '])}{host.replace('.', '点')}"
    forms = [
        (address, 12.0),
        (address.replace("@", "＠"), 1.0),
        (f"{local}@{host.replace('.', '。')}", 0.6),
        (f"{local} @ {host}", 0.6),
        (f"{local} at {host.replace('.', ' dot ')}", 0.6),
        (f"{aloud}艾特{host.replace('.', '点')}", 0.8),
        (f"{aloud} 艾特 {host.replace('.', ' 点 ')}", 0.3),
        (f"{local}@{host.replace('.', '点')}", 0.3),
        (f"{local}(at){host}", 0.3),
        (f"{local}[at]{host.replace('.', '[dot]')}", 0.2),
        (f"<{address}>", 0.2),
    ]
    return weighted(rng, forms)
