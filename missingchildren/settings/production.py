"""Production: `base` as it is; a setting without a value stops the start and is named."""

from missingchildren.settings.base import *
