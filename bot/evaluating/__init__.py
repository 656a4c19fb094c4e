"""How well questions are answered: question files, judging, and typing them as people do."""
