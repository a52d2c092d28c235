"""Everything round the service: deploying it, running it here, looking after it, filling it."""

import sys

# Before anything else is imported: older versions cannot even read the other modules.
if "{}.{}".format(*sys.version_info) != "3.13":
    sys.exit(f"Python 3.13 is needed; this is {sys.version.split()[0]} ({sys.executable}).")
