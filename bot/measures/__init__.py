"""How the running bot is seen from outside: metrics for Prometheus, and whether it lives and is ready."""
