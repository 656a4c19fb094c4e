"""What is learnt from messages and golden questions: pure learners, and what reads and writes."""
