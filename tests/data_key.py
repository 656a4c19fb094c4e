"""The data key under which the tests' databases are sealed."""

from storage.sealing import Keyring

KEYS = Keyring([b"a data key of the tests: 32 byte"])
