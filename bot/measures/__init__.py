"""Monitoring of the running bot: metrics for Prometheus, and whether it lives and is ready."""
