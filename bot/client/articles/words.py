"""What is said about articles, and the fields of their forms: label, what to write, an example."""

from __future__ import annotations

READING = "Reading {name} …"
YOUR_TEXT = "your text"
WHICH_STORY = "### {title}\nWhich story does this article belong to?"
A_NEW_STORY = "A new story: {title}"
CHOOSE_STORY = "Choose a story"
WHICH_TO_READ = "### Read an article\nWhat of this message should I read?"
TEXT_ALONE = "### Read an article\nThis message has no link and no file. Should I read the message itself?"
CHOOSE_WHAT = "Choose what to read"
MESSAGE_TEXT = "The text of the message"
NOTHING_TO_READ = "That message has no link, no file (.txt, .md, .html, .pdf or .docx) and too little text for an article."
GIVE_ONE = "Give a link or a file, not both."
NO_LINK = "That is not a link. Paste one that begins with https://"
TOO_LARGE = "The article is too large: {size}. A file of this kind can have {most}. Send its text alone."
NOT_READ = "### Not read yet"
NO_HEADLINE = "Write the headline of the article."

LINK_OR_FILE = "Give the link of the article, or attach it as a file."
SUGGESTED = (
    "### Sent, thank you\n{article}\n"
    "A moderator looks at it. I will tell you in a direct message what comes of it; `/privacy` shows it too, and takes it back."
)
HAVE_IT = (
    "### That article is here already\n{article}\nThe story **{story}** has all that it says, so there is no need to send it."
)
HAVE_ITS_TEXT = (
    "### The text of that article is here already\n{article}\n"
    "This one prints the same sentences, and the story **{story}** has them, so there is no need to send it."
)

NOT_CHECKED = "-# Nobody has checked these sentences: every answer from them says so."
BY_WORDS = "-# Its words can answer now; in a moment their meaning can, too."
MISSING = {
    "published": "⚠️ **Its day is missing**: “on Thursday” cannot be read without it.",
    "publisher": "⚠️ **Its outlet is missing**, so it does not count as an independent source.",
}
ADD = {"published": "Add the day", "publisher": "Add the outlet"}
CHANGE_DETAILS = "Headline, outlet, day"
TRY = "**Try a question**"
ASK = "**Ask about it** with `/ask`."

PASTE_TITLE = "Read an article"
TEXT = ("The article's text", "Its headline first, then its paragraphs", "Paste it here. A long one continues in the next field.")
MORE_TEXT = ("How it goes on", "What did not fit above")
STILL_MORE_TEXT = ("And further on", "What did not fit there either")

DETAILS_TITLE = "What this article is"
HEADLINE = ("Headline", "As it stands above the article")
OUTLET = ("Outlet", "The newspaper, agency or site", "Coast Wire")
AUTHORS = ("Authors", "Their names, with commas between them", "Ann Toft, Ben Okoro")
PUBLISHED = ("Day", "When it was published: “on Thursday” is read from that day", "6 May 2021")
