"""What the terminal shows: answers, facts and checked quotations as text, and a conversation."""
