"""Opens a Samba domain's own database as the system itself, and reads what a script of this folder is asked to do.

Called as `python3 SCRIPT smb.conf` with a JSON request on standard input.
"""

import json
import sys

from samba.auth import system_session
from samba.param import LoadParm
from samba.samdb import SamDB


def open_database():
    settings = LoadParm(filename_for_non_global_lp=sys.argv[1])
    return SamDB(url=settings.private_path("sam.ldb"), session_info=system_session(), lp=settings)


def read_request():
    return json.load(sys.stdin)
