from __future__ import annotations

import asyncio
import re
import time

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SetupError
from bot.metrics import Address, Metrics, serve_metrics


class Program:
    """A program that is seen from outside."""

    def __init__(self) -> None:
        self.metrics = Metrics()

    def measure(self) -> None:
        pass

    def not_ready(self) -> str | None:
        return None


@given(st.integers(0, 65535), st.one_of(st.just(""), st.ip_addresses().map(str)))
def test_an_address_is_read_as_it_is_written(port: int, host: str) -> None:
    written = f"[{host}]:{port}" if host.count(":") else f"{host}:{port}"
    assert Address.read(written) == (host or "127.0.0.1", port)
    assert Address.read(str(port)) == ("127.0.0.1", port)


@given(st.text())
def test_what_is_no_address_is_said_to_be_none(text: str) -> None:
    if not re.search(r"\d\s*$", text):
        with pytest.raises(SetupError, match="is no address"):
            Address.read(text)


@pytest.mark.parametrize("text", ["localhost:9464", "127.0.0.1:", "127.0.0.1:99999", "127.0.0.1:-1", "1.2.3.4.5:80", "nine"])
def test_a_name_or_a_port_that_cannot_be_is_said_to_be_none(text: str) -> None:
    with pytest.raises(SetupError, match="is no address"):
        Address.read(text)


async def test_nothing_is_served_where_no_address_is_given() -> None:
    async with serve_metrics("", Program()) as port:
        assert port is None


async def test_an_address_that_another_program_has_is_one_sentence() -> None:
    async with serve_metrics("127.0.0.1:0", Program()) as port:
        with pytest.raises(SetupError, match="address already in use\\): choose another address"):
            async with serve_metrics(f"127.0.0.1:{port}", Program()):
                pass


async def test_a_loop_that_is_held_up_is_seen() -> None:
    program = Program()
    async with serve_metrics("127.0.0.1:0", program) as port, aiohttp.ClientSession() as session:
        await asyncio.sleep(0.1)
        time.sleep(1.2)
        while b"footnote_event_loop_lag_seconds_count 0.0" in program.metrics.exposition():
            await asyncio.sleep(0.01)
        async with session.get(f"http://127.0.0.1:{port}/metrics") as response:
            text = await response.text()
    assert 'footnote_event_loop_lag_seconds_bucket{le="0.5"} 0.0' in text
    assert "process_resident_memory_bytes" in text
