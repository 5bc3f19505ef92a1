"""How often each account's password was written: {"accounts": […]} → {"writes": […]}, in the same order.

Every originating write raises the version of the attribute in replPropertyMetaData by one, whatever it wrote.
"""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "scripts", "lab"))

import ldb
from samba.dcerpc import drsblobs, drsuapi
from samba.ndr import ndr_unpack
from samba_database import open_database, read_request

request = read_request()
database = open_database()


def writes_of(account):
    found = database.search(
        expression=f"(sAMAccountName={ldb.binary_encode(account)})", attrs=["replPropertyMetaData"]
    )
    data = ndr_unpack(drsblobs.replPropertyMetaDataBlob, found[0]["replPropertyMetaData"][0])
    versions = [each.version for each in data.ctr.array if each.attid == drsuapi.DRSUAPI_ATTID_unicodePwd]
    return versions[0] if versions else 0


print(json.dumps({"writes": [writes_of(account) for account in request["accounts"]]}))
