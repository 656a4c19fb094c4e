"""The running assistant: everything that touches a network, a clock or a screen."""
