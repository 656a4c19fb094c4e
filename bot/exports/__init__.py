"""The official forms as files: pure pages first (`layout`), then Word and Excel write them."""
