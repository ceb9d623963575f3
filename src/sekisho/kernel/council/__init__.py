"""What the council does before a permit: procedure, consultation, deliberation, assessment, publication of minutes.

Enter by this name only. Each room lists what it shows; the front door shows all of it.
"""

from sekisho.kernel.council import assessment, checking, consultation, deliberation, procedure, publication
from sekisho.kernel.council.assessment import *  # noqa: F403 - the room's own list says what comes through
from sekisho.kernel.council.checking import *  # noqa: F403 - the same
from sekisho.kernel.council.consultation import *  # noqa: F403 - the same
from sekisho.kernel.council.deliberation import *  # noqa: F403 - the same
from sekisho.kernel.council.procedure import *  # noqa: F403 - the same
from sekisho.kernel.council.publication import *  # noqa: F403 - the same

__all__: list[str] = []
__all__ += assessment.__all__
__all__ += checking.__all__
__all__ += consultation.__all__
__all__ += deliberation.__all__
__all__ += procedure.__all__
__all__ += publication.__all__
