"""The async edge: sessions on fact bases, run off the event loop with a deadline."""
