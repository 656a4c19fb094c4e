"""One module a command of `zhixing`, loaded when it is asked for, so that each starts fast.

Each has `run(args, settings) -> exit status` and `BAD_INPUT`, the exceptions that stand for bad
input: their text is one line, and the command ends with status 2.
"""
