"""Puts organisational units, people, service accounts and password rules into a Samba domain, in one transaction.

What is missing is made. With "restore" true, what exists already is put back as it is described: attributes, place,
password and state. Otherwise it is left alone. The request's shape is `SambaPeopleRequest` in samba-people.ts.
"""

import json
import time

import ldb
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.sd_utils import SDUtils
from samba_database import open_database, read_request

# userAccountControl, MS-ADTS 2.2.16.
NORMAL_ACCOUNT, ACCOUNT_DISABLE, DONT_EXPIRE_PASSWORD, SMARTCARD_REQUIRED = 0x200, 0x2, 0x10000, 0x40000
NEVER = "9223372036854775807"
FOREVER = "-9223372036854775808"
TICKS_PER_SECOND = 10_000_000
# FILETIME counts from 1601, Unix from 1970.
EPOCH_OFFSET_SECONDS = 11_644_473_600
LONG_AGO_SECONDS = 400 * 86_400
# Samba's own, for its own database alone: takes pwdLastSet as it is (DSDB_CONTROL_PASSWORD_BYPASS_LAST_SET_OID).
BYPASS_LAST_SET = "local_oid:1.3.6.1.4.1.7165.4.3.20:0"

USER_CLASS = "bf967aba-0de6-11d0-a285-00aa003049e2"
# Everyone and the account itself: how the "user cannot change password" box is stored. User-Change-Password.
DENY_CHANGE = "".join(f"(OD;;CR;ab721a53-1e2f-11d0-9819-00aa0040529b;;{who})" for who in ("PS", "WD"))
# Exactly what a reset and an unlock need: Reset Password, write lockoutTime, write pwdLastSet, on people below.
DELEGATED = [
    ("CR", "00299570-246d-11d0-a768-00aa006e0529"),
    ("WP", "28630ebf-41d5-11d1-a9c1-0000f80367c1"),
    ("WP", "bf967a0a-0de6-11d0-a285-00aa003049e2"),
]


def main():
    request = read_request()
    database = open_database()
    database.transaction_start()
    try:
        answer = Domain(database, request["restore"]).apply(request)
    except BaseException:
        database.transaction_cancel()
        raise
    database.transaction_commit()
    print(json.dumps(answer))


class Domain:
    def __init__(self, database, restore):
        self.database = database
        self.restore = restore
        self.base = database.domain_dn()
        self.descriptors = SDUtils(database)

    def apply(self, request):
        if request.get("policy"):
            self.replace(self.base, policy_attributes(request["policy"], "domain"))
        for unit in request["units"]:
            self.ensure_unit(f"{unit},{self.base}")
        made = [person["samAccountName"] for person in request["people"] if self.put_person(person)]
        for account in request["serviceAccounts"]:
            self.put_person({**account, "states": ["password-never-expires"]})
            for unit in account["delegatedUnits"]:
                self.delegate(account["samAccountName"], f"{unit},{self.base}")
        for rules in request["passwordSettings"]:
            self.put_password_settings(rules)
        return {"made": made}

    # --- People ---

    def put_person(self, person):
        """True if the person had to be made."""
        found = self.find(person["samAccountName"])
        dn = ldb.Dn(self.database, f"{person['unit']},{self.base}")
        dn.add_child(ldb.Dn(self.database, "CN=x"))
        dn.set_component(0, "CN", person["commonName"])
        if found is None:
            self.database.add({
                "dn": dn,
                "objectClass": "user",
                "sAMAccountName": person["samAccountName"],
                "userAccountControl": str(NORMAL_ACCOUNT | ACCOUNT_DISABLE),
            })
        elif not self.restore:
            return False
        elif found.dn != dn:
            self.database.rename(found.dn, dn)
        self.write_person(dn, person)
        return found is None

    def write_person(self, dn, person):
        states = set(person["states"])
        self.replace(dn, person["attributes"])
        self.replace(dn, {"unicodePwd": f'"{person["password"]}"'.encode("utf-16-le")})
        self.write_rights(dn, states)
        self.replace(dn, {
            "userAccountControl": str(
                NORMAL_ACCOUNT
                | (ACCOUNT_DISABLE if "disabled" in states else 0)
                | (SMARTCARD_REQUIRED if "smartcard-required" in states else 0)
                | (DONT_EXPIRE_PASSWORD if "password-never-expires" in states else 0)
            ),
            "accountExpires": file_time(-86_400) if "expired" in states else NEVER,
            "pwdLastSet": "0" if "must-change" in states else "-1",
            # Zero also clears badPwdCount.
            "lockoutTime": "0",
        })
        if "locked" in states:
            self.replace(dn, {"lockoutTime": file_time(0)})
        if "password-expired" in states:
            # A time of ours, which nobody may set over LDAP. Expired only where a policy with an age applies.
            self.replace(dn, {"pwdLastSet": file_time(-LONG_AGO_SECONDS)}, controls=[BYPASS_LAST_SET])

    def write_rights(self, dn, states):
        if "protected-administrator" in states:
            self.ensure_member(f"CN=Domain Admins,CN=Users,{self.base}", dn)
            self.replace(dn, {"adminCount": "1"})
            # What Windows' SDProp does within the hour (MS-ADTS 3.1.1.6.1.2) and Samba never: inheritance ends here.
            holder = self.descriptors.read_sd_on_dn(f"CN=AdminSDHolder,CN=System,{self.base}")
            own = self.descriptors.read_sd_on_dn(dn)
            own.dacl = holder.dacl
            own.type |= security.SEC_DESC_DACL_PROTECTED
            self.descriptors.modify_sd_on_dn(dn, own, controls=[f"sd_flags:1:{security.SECINFO_DACL}"])
        if "cannot-change-password" in states:
            self.descriptors.dacl_prepend_aces(dn, DENY_CHANGE)
        else:
            self.descriptors.dacl_delete_aces(dn, DENY_CHANGE)

    def ensure_member(self, group, dn):
        member = self.database.search(
            base=group, scope=ldb.SCOPE_BASE, expression=f"(member={ldb.binary_encode(str(dn))})", attrs=[]
        )
        if not member:
            message = ldb.Message(ldb.Dn(self.database, group))
            message["member"] = ldb.MessageElement(str(dn), ldb.FLAG_MOD_ADD, "member")
            self.database.modify(message)

    # --- Units and delegation ---

    def ensure_unit(self, dn):
        if not self.exists(dn):
            self.database.add({"dn": dn, "objectClass": "organizationalUnit"})

    def delegate(self, account, unit):
        sid = ndr_unpack(security.dom_sid, self.find(account)["objectSid"][0])
        aces = "".join(f"(OA;CIIO;{right};{what};{USER_CLASS};{sid})" for right, what in DELEGATED)
        self.descriptors.dacl_prepend_aces(unit, aces)

    # --- Password rules ---

    def put_password_settings(self, rules):
        dn = f"CN={rules['name']},CN=Password Settings Container,CN=System,{self.base}"
        attributes = {
            **policy_attributes(rules, "fine-grained"),
            "msDS-PasswordSettingsPrecedence": str(rules["precedence"]),
            "msDS-PSOAppliesTo": [str(self.find(account).dn) for account in rules["appliesTo"]],
        }
        if self.exists(dn):
            self.replace(dn, attributes)
        else:
            self.database.add({"dn": dn, "objectClass": "msDS-PasswordSettings", **attributes})

    # --- The database ---

    def find(self, account):
        found = self.database.search(
            base=self.base, expression=f"(sAMAccountName={ldb.binary_encode(account)})", attrs=["objectSid"]
        )
        return found[0] if found else None

    def exists(self, dn):
        try:
            return bool(self.database.search(base=dn, scope=ldb.SCOPE_BASE, attrs=["1.1"]))
        except ldb.LdbError as error:
            if error.args[0] == ldb.ERR_NO_SUCH_OBJECT:
                return False
            raise

    def replace(self, dn, attributes, controls=()):
        message = ldb.Message(dn if isinstance(dn, ldb.Dn) else ldb.Dn(self.database, dn))
        for name, value in attributes.items():
            message[name] = ldb.MessageElement(value, ldb.FLAG_MOD_REPLACE, name)
        if len(message):
            self.database.modify(message, controls=list(controls))


def policy_attributes(policy, kind):
    """The same rules under the names of a domain head or of a fine-grained object (MS-ADTS 3.1.1.5.2.7, 2.388)."""
    values = {
        "minPwdLength": str(policy["minimumLength"]),
        "pwdHistoryLength": str(policy["historyLength"]),
        "minPwdAge": negative_ticks(policy["minimumAgeDays"] * 86_400),
        "maxPwdAge": negative_ticks(policy["maximumAgeDays"] * 86_400) if policy["maximumAgeDays"] else FOREVER,
        "lockoutThreshold": str(policy["lockoutThreshold"]),
        "lockoutDuration": negative_ticks(policy["lockoutMinutes"] * 60) if policy["lockoutMinutes"] else FOREVER,
        "lockOutObservationWindow": negative_ticks(policy["lockoutWindowMinutes"] * 60),
    }
    if kind == "domain":
        return {**values, "pwdProperties": "1" if policy["complexity"] else "0"}
    fine_grained = {
        "minPwdLength": "msDS-MinimumPasswordLength",
        "pwdHistoryLength": "msDS-PasswordHistoryLength",
        "minPwdAge": "msDS-MinimumPasswordAge",
        "maxPwdAge": "msDS-MaximumPasswordAge",
        "lockoutThreshold": "msDS-LockoutThreshold",
        "lockoutDuration": "msDS-LockoutDuration",
        "lockOutObservationWindow": "msDS-LockoutObservationWindow",
    }
    return {
        **{fine_grained[name]: value for name, value in values.items()},
        "msDS-PasswordComplexityEnabled": "TRUE" if policy["complexity"] else "FALSE",
        "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
    }


def negative_ticks(seconds):
    return str(-int(seconds) * TICKS_PER_SECOND)


def file_time(seconds_from_now):
    return str(int(time.time() + seconds_from_now + EPOCH_OFFSET_SECONDS) * TICKS_PER_SECOND)


main()
