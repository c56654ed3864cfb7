"""What Footnote says to readers who tell it what an answer was worth, and to those who wait for one."""

from __future__ import annotations

DID_IT_ANSWER = "Did this answer your question?"
YES = "Yes"
NO = "No"
TELL_ME = "Tell me when it is answered"

THANKS = "Thank you, that is good to know."
NOTED = "Thank you. Those who keep the facts will see the question, but not who asked it."
NOTED_AND_FOLLOW = f"{NOTED} Shall I tell you when there is a better answer?"
WITHOUT_WORDS = "There are no words in that question that I could note. Ask it again in words."
ENOUGH = "That is enough for now: those who keep the facts must be able to keep up. Try again in an hour."
FOLLOWED = (
    "I will send you a direct message when it is answered. Until then I keep who you are for this alone; "
    "`/privacy` shows it and deletes it."
)

SOLVED = "### Your question is answered now\n-# You asked me to tell you, in {server}. I have forgotten that you did."
SOLVED_HERE = "### A question that was asked here is answered now"
IN_SERVER = "-# Ask again in {server} for the buttons."
