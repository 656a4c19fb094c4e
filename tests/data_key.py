"""The data key under which the tests' databases are sealed."""

from storage.sealing import Keyring

KEY = b"a data key of the tests: 32 byte"
KEYS = Keyring([KEY])
