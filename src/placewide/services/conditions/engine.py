"""The engine of conditions, without the command line it comes with.

``import cel`` also loads its command line, and with it a terminal library: a second and 27 MB in every process of a
node. An empty module stands in for that part while the engine is loaded.
"""

from __future__ import annotations

import sys
from types import ModuleType

_COMMAND_LINE = "cel.cli"

if "cel" in sys.modules:
    import cel
else:
    sys.modules[_COMMAND_LINE] = ModuleType(_COMMAND_LINE)
    import cel

    del sys.modules[_COMMAND_LINE]

Context = cel.Context
compile_expression = cel.compile
