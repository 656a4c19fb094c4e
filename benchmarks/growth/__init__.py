"""How far it carries: a nation's year, simulated on costs that are measured in the same run."""
