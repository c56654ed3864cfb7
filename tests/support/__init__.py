"""What the tests of several parts share; no test module imports another one."""
