// The groups whose members Active Directory protects from delegated rights (MS-ADTS 3.1.1.6.1.1, AdminSDHolder). Pure.

/** Administrators, Account, Server, Print and Backup Operators, Replicator: the same in every domain. */
const BUILT_IN = /^S-1-5-32-(?:544|548|549|550|551|552)$/;
/** Domain Admins, Domain Controllers, Schema Admins, Enterprise Admins, Read-only Domain Controllers, (Enterprise) Key Admins. */
const OF_A_DOMAIN = /^S-1-5-21-\d+-\d+-\d+-(?:512|516|518|519|521|526|527)$/;

export function isProtectedGroup(sid: string): boolean {
  return BUILT_IN.test(sid) || OF_A_DOMAIN.test(sid);
}
