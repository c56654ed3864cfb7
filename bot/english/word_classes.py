"""Function words, prefixes and verbs of saying: the classes of words by which a sentence is read without a parser."""

from __future__ import annotations

import re

from bot.english.numbers import UP_TO_TEN


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as text, parted by blanks."""
    return frozenset(text.split())


CAPITALS = "A-Z" + "".join(letter for letter in map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))) if letter.isupper())
"""The capital letters of Latin script, those with accents too, for a class of characters: `re` knows none of them."""

AUXILIARIES = word_set(
    "has have had having is are was were be been being will would shall should can could may might must do does did"
)

PASSIVE = word_set("is are was were be been being gets got")
"""Forms of be and get that make a participle behind them a passive."""

ADVERBS = word_set(
    """also later then now not never once again still already just only even simply merely repeatedly reportedly publicly
    earlier today yesterday since first further both all himself herself itself themselves though however meanwhile"""
)

PREPOSITIONS = word_set(
    """in on at by for from with without within under over after before since until during through across against among
    amid around as about above behind below beneath beside between beyond despite inside into like near of off onto out
    outside past per to toward towards upon via than according regarding citing"""
)

SUBORDINATORS = word_set("while when although though because if unless after before since as whereas where once")

RELATIVES = word_set("who which whose whom that where")

DETERMINERS = UP_TO_TEN | word_set(
    "the a an this that these those his her its their our my your some any no every each both several many most another other"
    " such all"
)

PRONOUNS = word_set("he she it they we i you who")

NEGATING_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
"""What turns a word round that it stands before: legal, illegal."""

# Listed by their forms, not by their stems: a form that is a noun more often than a verb (quotes, labels) is left out, and one
# that is both stands in ALSO_NOUNS, for it needs a look at the word before it.
UTTERING = word_set(
    """accuse accused accuses accusing acknowledge acknowledged acknowledges acknowledging added adding adds admit admits
    admitted admitting advised allege alleged alleges alleging announce announced announces announcing answered
    answering answers apologised apologises apologising apologized apologizes apologizing argue argued argues arguing
    asked asking asks assert asserted asserting asserts barked begged bellowed bellows blasted blasting blasts boasted
    boasting boasts branded branding brands bristled called calling calls cautioned characterised characterized chided
    chuckled chuckles claim claimed claiming claims clarified clarifies clarifying commented commenting comments
    complained complaining complains concede conceded concedes conceding concluded concludes concluding concurred
    condemned condemning condemns confirm confirmed confirming confirms contend contended contending contends
    continued continues continuing countered countering counters cried criticised criticises criticising criticized
    criticizes criticizing declare declared declares declaring demanded demanding demands denied denies denounced
    denounces denouncing deny denying described describes describing disclosed dismissed dismisses dismissing dubbed
    dubbing dubs elaborated emailed emailing emails emphasised emphasized enthused enthuses exclaimed explain
    explained explaining explains fumed fumes gasped gasps groaned growled growls grumbled grumbles gushed gushes
    hailed hailing hails hinted hints hissed hollered implied insist insisted insisting insists interjected jibed
    joked jokes joking labeled labeling labelled lamented laughed maintain maintained maintaining maintains mentioned
    mentioning mentions mumbled mumbles murmured mused muses muttered mutters noted notes noting objected observed
    observes observing opined pleaded pledged pledges pledging posted posting praised praises praising predicted
    predicting predicts proclaimed promised promises promising protested quipped quips quoted quoting recall recalled
    recalling recalls recounted recounts reiterated reiterates rejected rejecting rejects remarked remarking remarks
    repeated repeating repeats replied replies reply replying reported reporting reports respond responded responding
    responds retorted retorts revealed revealing reveals roared roars said say saying says scoffed scoffs screamed
    shouted shouting shouts shrieked shrieks shrugged sighed slammed slamming slams snapped sneered sneers sobbed
    stammered stated states stating stressed stresses stressing stuttered suggest suggested suggesting suggests swore
    tell telling tells testified testifies testify testifying texted texting texts thundered thunders told tweeted
    tweeting tweets urged urges urging ventured vowed vowing vows warned warning warns whispered wondered wondering
    wonders writes writing wrote yelled"""
)
"""Forms of the verbs that say of themselves that words were spoken or written."""

HOLDING = word_set(
    """accepted accepts agreed applauded applauds backed backs believe believes blamed blames blaming defended disputed
    disputes estimated estimates estimating indicate indicated indicates indicating pointed read reads thanked think
    thinks welcomed welcomes welcoming"""
)
"""Forms that tell what somebody holds. They introduce an assertion, but say of no quotation whose it is: whoever reads a
report, or points to one, has not said what stands in it."""

SAYING = UTTERING | HOLDING
"""Forms of the verbs that introduce what somebody says or holds."""

PHRASES = frozenset(
    f"{verb} {particle}"
    for particle, verbs in (
        ("back", "shot shoots fired fires hit hits snapped snaps shouted shouts spat yelled"),
        ("out", "cried cries called calls burst blurted read"),
        ("in", "chimed chimes weighed weighs"),
        ("up", "piped pipes spoke speaks"),
        ("on", "went goes"),
        ("it", "put puts has"),
    )
    for verb in verbs.split()
)
"""Verbs of two words that tell who says something only where a quotation in marks stands beside them: shot back."""

BESIDE_QUOTES = word_set("labels posts quotes spoke spoken write written") | PHRASES
"""Further forms that tell who says something only where a quotation in marks stands beside them."""

# The longest first, so that no form is taken for a shorter one that it begins with.
_FORMS = "|".join(sorted((*UTTERING, *BESIDE_QUOTES), key=lambda form: (-len(form), form)))
SAYS = re.compile(rf"(?<![\w’'-])(?:{_FORMS})(?![\w-])", re.IGNORECASE)
"""A verb of saying as it stands beside a quotation, in any of its forms."""

PARTICIPLES = frozenset(word for word in SAYING if word.endswith("ing"))
"""Forms in -ing, whose subject is that of another verb."""

ALSO_NOUNS = word_set(
    """labels posts quotes claims notes reports remarks comments demands promises hints calls estimates reply tells
    reads read counters pledges vows praises stresses jokes repeats writing warning saying reporting welcomes
    writes posted answers blasts brands emails mentions states texts"""
)
"""Forms that are nouns, too, so that what stands before them has to be looked at: the claims, his reply."""

STATING = word_set(
    """said says say stated states claimed claims claim alleged alleges allege argued argues argue insisted insists insist
    warned warns maintained maintains maintain contended contends contend asserted asserts assert conceded concedes
    admitted admits acknowledged acknowledges confirmed confirms confirm denied denies deny suggested suggests suggest
    indicated indicates indicate reported reports told tells added adds announced announces explained explains testified
    estimated estimates predicted predicts promised promises vowed pledged noted observed complained concluded wrote
    believes believe thinks think demanded demands declared saying adding claiming insisting arguing alleging warning
    stating disputed"""
)
"""Forms after which an assertion may follow as a clause."""

JUDGING = word_set(
    """accused accuses accuse accusing blamed blames condemned condemns denounced denounces criticised criticized
    criticises criticizes praised praises welcomed welcomes rejected rejects dismissed dismisses urged urges called
    calls described describes denied denies deny apologised apologized defended disputed alleged alleges applauded
    backed"""
)
"""Forms with which the assertion is what is done: the verb belongs to it."""

CALLING = word_set("called calls calling described describes describing dismissed dismisses branded labelled labeled hailed")
"""Forms behind which the words themselves are quoted."""

DENYING = word_set("denied denies deny denying disputed disputes rejected rejects")
"""Forms that turn round what follows them."""

SPOKEN_ONLY = SAYING - word_set(
    "announced announces announcing announce confirmed confirms promised pledged vowed demanded reported rejected blasted"
    " blasting blasts branding brands continues continuing dubbed dubbing dubs emails emailing slammed slamming slams states"
)
"""Forms that only tell that something was said, so that a date beside them is that of the words."""
