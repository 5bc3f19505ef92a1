"""Sets the password of one account: {"account": …, "password": …}."""

import ldb
from samba_database import open_database, read_request

request = read_request()
database = open_database()
database.setpassword(f"(sAMAccountName={ldb.binary_encode(request['account'])})", request["password"])
