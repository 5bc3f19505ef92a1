"""Fills a unit of a Samba domain with many plain people, who have no password and never sign in. The domain does not run meanwhile.

The request: {"unit": "OU=Staff", "count": 10000, "upnSuffix": "corp.example.com"}.
"""

from samba_database import open_database, read_request

# userAccountControl, MS-ADTS 2.2.16.
NORMAL_ACCOUNT, PASSWORD_NOT_REQUIRED = 0x200, 0x20
# Ten thousand take one minute in hundreds, three in one go: a transaction's own changes are searched through.
PEOPLE_PER_TRANSACTION = 100


def main():
    request = read_request()
    database = open_database()
    parent = f"{request['unit']},{database.domain_dn()}"
    count = request["count"]
    for first in range(0, count, PEOPLE_PER_TRANSACTION):
        database.transaction_start()
        try:
            for number in range(first, min(first + PEOPLE_PER_TRANSACTION, count)):
                name = f"person{number}"
                address = f"{name}@{request['upnSuffix']}"
                database.add({
                    "dn": f"CN={name},{parent}",
                    "objectClass": "user",
                    "sAMAccountName": name,
                    "userPrincipalName": address,
                    "displayName": name,
                    "mail": address,
                    "userAccountControl": str(NORMAL_ACCOUNT | PASSWORD_NOT_REQUIRED),
                })
        except BaseException:
            database.transaction_cancel()
            raise
        database.transaction_commit()


main()
