"""Three invented charities and a membership body, with eighteen months of life to look around in.

Nobody and nothing here is real: every person, organisation, event and step of progress is made
up, and every organisation is marked as a worked example. Built by the test factories and, where
a change has an action, by that action with the day on which it would have happened.
"""
