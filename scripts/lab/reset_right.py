"""Takes the right to reset or change one account's password from everybody who signs in, or gives it back:
{"account": …, "right": "reset" | "change", "denied": …}.

A denial on the object itself stands before what is inherited from its organisational unit.
"""

import ldb
from samba.sd_utils import SDUtils
from samba_database import open_database, read_request

# Reset Password and Change Password (MS-ADTS 5.1.3.2.1).
RIGHTS = {
    "reset": "00299570-246d-11d0-a768-00aa006e0529",
    "change": "ab721a53-1e2f-11d0-9819-00aa0040529b",
}

request = read_request()
database = open_database()
found = database.search(expression=f"(sAMAccountName={ldb.binary_encode(request['account'])})", attrs=[])
descriptors = SDUtils(database)
change = descriptors.dacl_prepend_aces if request["denied"] else descriptors.dacl_delete_aces
# For Authenticated Users.
change(found[0].dn, f"(OD;;CR;{RIGHTS[request['right']]};;AU)")
