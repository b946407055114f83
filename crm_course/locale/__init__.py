"""The words that readers see: `_("Months since joining")` in the language of CRM_COURSE_LANG."""

import gettext
import os
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def _catalogue(language):
    return gettext.translation("crm_course", FOLDER, [language], fallback=True)


def _(text):
    """Return text in the reader's language; English where there is no translation.

    >>> _("Months since joining")
    'Months since joining'
    """
    return _catalogue(os.environ.get("CRM_COURSE_LANG") or "en").gettext(text)
