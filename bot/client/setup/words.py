"""What Footnote says when it joins a server, and on the pages of `/setup`."""

from __future__ import annotations

from collections.abc import Mapping

WELCOME = (
    "**Hello!** I answer questions about a news story from facts that people have checked, and cite a source for each. I keep "
    "nothing of what people write to each other; what they ask me is kept for a while, without their names."
)
HOW_TO_SET_UP = "-# For moderators: press **{button}** or use `/setup`. It takes a minute, and each step can be skipped."
ADDED_UNHEARD = (
    "I am in {server} now, and may write in none of its channels. Give me *View Channel* and *Send Messages* where people are to "
    "ask me; then moderators set me up there with `/setup`."
)
SET_UP = "Set up"

STEPS: Mapping[int, str] = {
    1: "Where do people ask?",
    2: "Which story is it?",
    3: "Who keeps the facts?",
    4: "Do I listen?",
}
"""The titles of the steps."""

STEP = "-# Step {number} of {all} · saved at once"
DONE = "### This is how I am set up"
CHANGE_LATER = "-# `/settings` changes all of this, and more; `/setup` brings you back here."
SKIP = "Skip"
BACK = "Back"

CHANNEL_HELP = (
    "Choose the channel in which people ask about a story. It then speaks of one story alone; the next step says which. "
    "Elsewhere I answer too, if I am mentioned or asked with `/ask`."
)
CHANNEL = "The channel of a story"
STORY = "The story of the channel"
EVERY_STORY = "All stories"
ADDED = "Comes with me; choose it to add it here"
OWN_STORY = "Import my own"
OWN_STORY_HELP = (
    "**A story of your own** is one file. Send it with `/story import`: you see what it changes before anything is saved, and "
    "then choose its channels. `/story draft` proposes such a file from an article, and `/story export` gives you one to look at."
)
LISTEN = "When I answer in the channel"
UNASKED: Mapping[bool, str] = {False: "Only when I am asked", True: "Also unasked"}
UNASKED_HELP: Mapping[bool, str] = {False: "By a mention, a reply or a command", True: "If I am surer than usual"}
"""The choices in the last step and what they mean, by whether the bot listens in the channel."""

TRY = "**Try one of these:**"
NOTHING_TO_TRY = "-# The story has no question yet of which I am sure that it is answered."
POST = "Post the first in #{channel}"
POSTED = "-# Posted: {link}"
