"""The people of the office: who they are, what they may do, how they come in, and who looks after that."""
