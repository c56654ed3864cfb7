"""Verbs of saying: the one list of their forms, and the groups that take their object in different ways."""

from __future__ import annotations

from bot.english.grammar import word_set

# Listed by their forms rather than by their stems: a form that is mostly a noun (quotes, labels) does more harm than good.
# Verbs of speech by their forms: a form that is also a noun is listed apart, for it needs a look at what stands before it.
SAYING = word_set(
    """said says saying say told tells telling tell wrote writes writing tweeted tweets tweeting posted posting stated
    stating declared declares declaring declare claimed claims claiming claim added adds adding argued argues arguing
    argue insisted insists insisting insist warned warns warning explained explains explaining explain announced
    announces announcing announce replied replies replying reply responded responds responding respond asked asks asking
    alleged alleges alleging allege maintained maintains maintaining maintain contended contends contending contend
    asserted asserts asserting assert conceded concedes conceding concede admitted admits admitting admit acknowledged
    acknowledges acknowledging acknowledge confirmed confirms confirming confirm denied denies denying deny suggested
    suggests suggesting suggest indicated indicates indicating indicate reported reports reporting testified testifies
    testifying testify recalled recalls recalling recall recounted recounts commented commenting noted notes noting
    remarked remarks remarking observed observes observing complained complains complaining concluded concludes
    concluding estimated estimates estimating predicted predicts predicting promised promises promising vowed vows
    vowing pledged pledges pledging called calls calling described describes describing dismissed dismisses dismissing
    accused accuses accusing accuse condemned condemns condemning denounced denounces denouncing branded labelled
    labeled criticised criticized criticises criticizes blamed blames blaming praised praises praising hailed hails
    welcomed welcomes welcoming urged urges urging demanded demands demanding joked jokes joking quipped answered
    answering continued retorted snapped mused agreed objected protested swore boasted lamented cautioned proclaimed
    disclosed revealed implied advised pleaded begged shouted shouts shouting yelled cried whispered murmured countered
    counters countering rejected rejects rejecting emphasised emphasized stressed stresses stressing reiterated
    reiterates repeated repeating pointed hinted hints quoted applauded applauds backed backs wondered wonders
    apologised apologized clarified clarifies clarifying elaborated exclaimed interjected concurred opined ventured texted
    sighed laughed groaned grumbled fumed screamed sobbed
    thanked characterised characterized defended believes believe thinks think read reads disputed
    disputes accepts accepted"""
)
"""Forms of the verbs that introduce what somebody says."""

PARTICIPLES = frozenset(word for word in SAYING if word.endswith("ing"))
"""Forms in -ing, whose subject is that of another verb."""

ALSO_NOUNS = word_set(
    "claims notes reports remarks comments demands promises hints calls estimates reply call tells reads read counters pledges"
    " vows praises stresses jokes repeats writing warning saying reporting welcomes writes posted"
)
"""Forms that are nouns, too, so that what stands before them has to be looked at: the claims, his reply."""

STATING = word_set(
    """said says say stated states claimed claims claim alleged alleges allege argued argues argue insisted insists insist
    warned warns maintained maintains maintain contended contends contend asserted asserts assert conceded concedes
    admitted admits acknowledged acknowledges confirmed confirms confirm denied denies deny suggested suggests suggest
    indicated indicates indicate reported reports told tells added adds announced announces explained explains testified
    estimated estimates predicted predicts promised promises vowed pledged noted observed complained concluded wrote
    believes believe thinks think demanded demands declared saying adding claiming insisting arguing alleging warning
    stating believed disputed"""
)
"""Forms after which an assertion may follow as a clause."""

JUDGING = word_set(
    """accused accuses accuse accusing blamed blames condemned condemns denounced denounces criticised criticized
    criticises criticizes praised praises welcomed welcomes rejected rejects dismissed dismisses urged urges called
    calls described describes denied denies deny apologised apologized defended disputed alleged alleges applauded
    backed"""
)
"""Forms with which the assertion is what is done: the verb belongs to it."""

CALLING = word_set("called calls call calling described describes describing dismissed dismisses branded labelled labeled hailed")
"""Forms behind which the words themselves are quoted."""

DENYING = word_set("denied denies deny denying disputed disputes rejected rejects")
"""Forms that turn round what follows them."""

SPOKEN_ONLY = SAYING - word_set(
    "announced announces announcing announce confirmed confirms promised pledged vowed demanded reported rejected"
)
"""Forms that only tell that something was said, so that a date beside them is that of the words."""
