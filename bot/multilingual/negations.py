"""Words that deny, in twelve languages: a clause that was quoted without the one that it has is not simply what was said.

Nothing is told of what they turn around. They are looked for only so that a piece beside them is not called exact.
"""

from __future__ import annotations

import re

_WORDS = {
    "de": "nicht|nichts|nie|niemals|niemand|nirgends|nirgendwo|kein|keine|keinen|keinem|keiner|keines|weder|ohne|kaum",
    "es": "no|nunca|jamás|nadie|nada|ningún|ninguno|ninguna|ni|sin|tampoco|apenas",
    "fr": "ne|n'[^\\W_]+|pas|jamais|rien|personne|aucun|aucune|ni|sans|non|guère|nullement",
    "it": "non|mai|nessuno|nessuna|nessun|niente|nulla|né|senza|neanche|nemmeno|neppure",
    "pt": "não|nunca|jamais|ninguém|nada|nenhum|nenhuma|nem|sem|tampouco",
    "pl": "nie|nigdy|nikt|nikogo|nic|niczego|żaden|żadna|żadne|ani|bez",
    "ru": "не|нет|ни|никогда|никто|никого|ничто|ничего|нельзя|без|никакой|никаких",
    "tr": "değil|değildir|değildi|yok|yoktu|hiç|asla|ne|hiçbir",
    "ar": "لا|لم|لن|ليس|ليست|ليسوا|لست|لسنا|ما|غير|بدون|دون|ولا|ولم|ولن|وليس",
    "hi": "नहीं|नही|मत|न|ना|बिना|कभी",
}
_PARTS = {
    "ja": "ない|なか|なく|なけ|ません|ませ|ず|ぬ|なし|無|非|不",
    "ko": "않|못|없|아니|안 |말라",
}
"""Parts of words, in languages whose verbs deny by their endings."""


def denials_in(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text that deny in a language; none for a language of which no words are known."""
    code = language.partition("-")[0].lower()
    if code in _PARTS:
        return tuple(re.findall(_PARTS[code], text))
    if code not in _WORDS:
        return ()
    return tuple(re.findall(rf"(?<![^\W_])(?:{_WORDS[code]})(?![^\W_])", text.replace("’", "'"), re.IGNORECASE))
