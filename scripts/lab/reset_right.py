"""Takes the right to reset one account's password from everybody who signs in, or gives it back: {"account": …, "denied": …}.

A denial on the object itself stands before what is inherited from its organisational unit.
"""

import ldb
from samba.sd_utils import SDUtils
from samba_database import open_database, read_request

# Reset Password (MS-ADTS 5.1.3.2.1), for Authenticated Users.
DENY_RESET = "(OD;;CR;00299570-246d-11d0-a768-00aa006e0529;;AU)"

request = read_request()
database = open_database()
found = database.search(expression=f"(sAMAccountName={ldb.binary_encode(request['account'])})", attrs=[])
descriptors = SDUtils(database)
change = descriptors.dacl_prepend_aces if request["denied"] else descriptors.dacl_delete_aces
change(found[0].dn, DENY_RESET)
