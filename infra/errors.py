"""What an operator can mend, told apart from faults of our own; the text says what is wrong and what to do.

OperatorError      the command was tried and failed: exit status 1
└── SettingError   the command cannot work as it was given: an argument, a setting, a package: exit status 2
"""


class OperatorError(Exception):
    """Tell the operator what went wrong; the command line shows the text and no traceback."""

    exit_status = 1


class SettingError(OperatorError):
    """Refuse an argument, a setting of the environment or an installation, before anything is done."""

    exit_status = 2
