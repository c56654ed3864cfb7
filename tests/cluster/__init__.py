"""Several processes that share the servers, and the replica of their bases: with a real Litestream and real files."""
