"""What Footnote says of stories on the web."""

from __future__ import annotations

HELP = (
    "Everybody can read a story that is on the web, on a site that I write anew after each change: its reviewed facts with their"
    " sources, its people and organisations, and every correction with the reason that a moderator gave for it. No names of"
    " moderators or readers, no questions, and no sentences of articles are ever on it."
)
NOT_WRITTEN = (
    "**There are no sites on this bot.** My operator has not said where they are to be, by `sites_folder` and `sites_address` in"
    " `footnote.toml`."
)
NO_STORIES = "There is no story here yet."
IS_ON = (
    "**{story}** is on the web: {address}\n-# Once it is taken off, its site is removed within a minute. What others have copied"
    " stays."
)
IS_OFF = "**{story}** is not on the web. Its address would be {address}"
PUT_ON, TAKE_OFF = "Put it on the web", "Take it off the web"

FAILED = (
    "⚠ The site of **{story}** could not be written, so it is as it was before. I try again. Whoever runs me finds the reason in"
    " my log."
)
NOT_REMOVED = (
    "⚠ The site of a story that is not to be on the web could not be removed. I try again. Whoever runs me finds the reason in my"
    " log."
)

SHARE = "Share"
PAGES = "### On the web\nThese pages keep their addresses, and say what was corrected or withdrawn."
NO_PAGE = "This is not on the web any more, or not yet: a site is written within a minute after a change."
