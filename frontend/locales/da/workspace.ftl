# The workspace: what only staff see.
