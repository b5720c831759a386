"""What is told to a person when something cannot be done: one line with what happened and what to do."""


class Trouble(Exception):
    """Something outside the program is wrong, and a person can put it right."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(f"{what}; {to_do}")
        self.what, self.to_do = what, to_do
