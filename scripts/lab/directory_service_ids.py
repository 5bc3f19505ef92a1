"""Answers the objectGUID of every domain controller's NTDS Settings, by the controller's name: {"DC1": "8c1c1e22-…"}."""

import json

from samba_database import open_database

database = open_database()
found = database.search(
    base=str(database.get_config_basedn()), expression="(objectClass=nTDSDSA)", attrs=["objectGUID"]
)
print(
    json.dumps(
        {
            # CN=NTDS Settings,CN=DC1,…
            str(entry.dn.get_component_value(1)): database.schema_format_value("objectGUID", entry["objectGUID"][0]).decode()
            for entry in found
        }
    )
)
