"""Lets one account look into the container of deleted objects: {"account": …}.

As `dsacls "CN=Deleted Objects,…" /G account:LCRP` does: List Contents and Read Property, on the container alone.
"""

import ldb
from samba.dsdb import DS_GUID_DELETED_OBJECTS_CONTAINER
from samba.sd_utils import SDUtils
from samba_database import open_database, read_request

request = read_request()
database = open_database()
found = database.search(expression=f"(sAMAccountName={ldb.binary_encode(request['account'])})", attrs=["objectSid"])
sid = database.schema_format_value("objectSid", found[0]["objectSid"][0]).decode()
container = database.get_wellknown_dn(database.get_default_basedn(), DS_GUID_DELETED_OBJECTS_CONTAINER)
SDUtils(database).dacl_prepend_aces(container, f"(A;;LCRP;;;{sid})", controls=["show_deleted:1"])
