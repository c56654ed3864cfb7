"""Whether a question asks for several facts: a list, everything of a kind, or what each side says.

In: the words of a question, spelling corrected, as one text. Out: whether it does, and the text without what only requests it.
"""

from __future__ import annotations

import re


def _one_of(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


_MANY = _one_of("all any both each every everybody everyone everything")
_PLURAL = r"(?!(?:days|does|has|is|means|this|was|words)\b)(?:[a-z]{2,}(?<![isu])s|people|men|women|children|folk|police)"
_VERSION = _one_of(
    """account amount answer appraisal assessment calculation claim count date estimate explanation figure forecast measure
    measurement number opinion percentage position price reading reason reckoning reply share statement story stories sum take
    tally tallies theory theories toll total value valuation version view word"""
)
_SAY = _one_of(
    """assert blame call claim contend describe deny estimate explain give maintain make name put quote react reckon report say
    suppose tell think want"""
)
_AUX = _one_of("did do does was were is are had has have will would can could")
_PARTIES = r"the (?:two|three|others|parties|sides|camps)"
_EVERY_SIDE = _one_of("all both each either everybody everyone")
_HAPPENED = r"\bwhat (?:all )?happened\b(?! to\b)(?!.*\b(?:after|before|between|next|when|once|while)\b)"

# A list, where the question is neither for a reason nor for yes or no.
_LISTED = (
    r"(?<!the )\blist\b",
    rf"^(?:(?:and|so|give|show|name|list|what|who|which|is|are|was|were|about|me) )*{_MANY}\b",
    rf"\b(?:name|collect|count|enumerate|gather) (?:the|those|them|{_MANY})\b",
    r"\b(?:who|what|which|where|when) all\b",
    r"\bdid (?:both|each) of (?:the|them|those|these)\b",
    r"\b(?:all|everybody|everyone|everything) (?:that|they|who|whom)\b(?! (?:is|was)\b)",
    _HAPPENED,
    r"\bwhat (?:are|were) the\b",
    rf"\b(?:which|what) (?:(?!{_AUX}\b)\w+ )?{_PLURAL} (?!is\b|was\b)",
    r"\b(?:timeline|quotes|reactions|comments|statements|remarks|anything else|each one|from start to finish)\b",
    r"\b(?:one by one|(?:all|each|every(?:thing|one|body)?) of (?:it|them|that|these|those)|the (?:whole )?lot)(?: please)?$",
    r"\ball there is(?: please)?$",
    r"\bwhat (?:is|are|was|were) (?:being )?(?:said|told|claimed|alleged|known) (?:about|of)\b",
)
_OPPOSED = _one_of(
    "both all each every everybody everyone everyones either opposing rival competing conflicting differing different various two"
)
_BOTH_VERSIONS = rf"\b{_OPPOSED} (?:(?:ones?|sides?|mans?|the|of|their|his|her|those|these) )*(?:\w+ )?{_VERSION}s?"
_FURTHER = _one_of("about anybody anyone around for given going mentioned of on out that there they to who")
_JOINED = r"(?:(?:\w+ ){1,4}(?:and|or)(?: \w+){1,3}?|(?:\w+ ){1,3}each)"  # "huntford and solomon", "the two singers each"
# What each side says, whatever is asked: "did he know, both versions".
_SIDED = (
    rf"{_BOTH_VERSIONS}(?: (?:please|{_FURTHER})\b.*)?$",
    rf"^(?:(?:and|so|but|give|list|me|name|show|what|are|were|by) )*{_BOTH_VERSIONS}\b",
    rf"\b(?:his|her|their|the \w+) {_VERSION} and (?:the \w+|hers|his|theirs|its|that of)\b",
    r"\bwho (?:all )?(?:said|says?|claimed|claims?|blamed|blames?|called|calls?|wants?|wanted) (?:what|whom)\b",
    rf"\bwhat (?:do|does|did) (?:(?:they )?{_EVERY_SIDE}|{_PARTIES}|{_JOINED})\b(?: \w+){{0,3}}? {_SAY}\b",
    r"\band (?:\w+ )?\w+ each\b(?! (?:day|month|other|time|year))",
    r"\bdepend(?:s|ing)? (?:(?:up)?on )?(?:whom?|both|each|either|every)\b",
    r"\b(?:according to|going by) (?:both|each|either|every|(?:\w+ ){1,3}and)\b",
    r"\bby (?:both|each|either|every) (?:one|man|side|woman|camp|party)\b",
    r"\b(?:both|all) (?:sides|camps|parties)(?: please)?$",
    r"\w (?:vs|versus) \w",
    rf"\b(?:which|what) (?!(?:readings|reasons|sums|words)\b){_VERSION}s (?:are|were|do|does|did|exist|have)\b",
    r"\b(?:the|what|different|which) (?:\w+ )?(?:explanations|theories|versions)\b",
)
_LIST, _SIDES = (re.compile("|".join(patterns)) for patterns in (_LISTED, _SIDED))
_REQUEST = re.compile(
    r"^(?:(?:can|could|would|will) (?:anybody|anyone|some(?:body|one)|you) (?:please )?(?=(?:list|name|give|show)\b)"
    r"|please )+"
)


def without_request(text: str) -> str:
    """Return a question without the words that only request an answer: "can someone list who died" is "list who died"."""
    return _REQUEST.sub("", text)


def wants_list(text: str) -> bool:
    """Return whether a text that asks neither for a reason nor for yes or no asks for several facts."""
    return _LIST.search(text) is not None


def wants_sides(text: str) -> bool:
    """Return whether a text asks what each side says, of whatever it is."""
    return _SIDES.search(text) is not None
