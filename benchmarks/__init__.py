"""Speed, as ratios to a bare handler and as latencies: `make bench`, or `python -m benchmarks`."""
