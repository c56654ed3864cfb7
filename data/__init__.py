"""What Footnote is made from and measured by, with the programs for that; of it the bot itself needs the files alone."""
