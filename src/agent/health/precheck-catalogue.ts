// Every check the agent knows, declared: its code, what it is called, what to do when it does not pass, and whether an agent
// can write without it. docs/operations.md tells the same to people, and a test compares them. Data only.

export interface PrecheckEntry {
  /** Names the subject; the status says the rest. */
  readonly title: string;
  /** What to do, unless the check itself knows better. Fits behind "what to do:". */
  readonly advice: string;
}

export const PRECHECKS = {
  'name-resolution': {
    title: 'host name',
    advice:
      'correct the address in `urls`, or ask the name servers of the domain: let this machine, or name them in `discovery`',
  },
  tls: {
    title: 'TLS',
    advice: 'check the address, the port and the firewall between this machine and the server',
  },
  'certificate-name': {
    title: 'certificate: name',
    advice: 'use the name in the certificate in `urls`, or set `serverName`',
  },
  'certificate-expiry': {
    title: 'certificate: end',
    advice: 'renew the certificate on the server',
  },
  bind: {
    title: 'sign-in',
    advice: 'check `bindName` and the password of the service account',
  },
  server: {
    title: 'server',
    advice: 'name servers of a directory that can be written to in `urls`',
  },
  'servers-in-dns': {
    title: 'servers in DNS',
    advice:
      'let this machine ask the name servers of the domain, and name in `urls` only domain controllers that are in service',
  },
  'policy-hints': {
    title: 'history on resets',
    advice: 'nothing on this server can make a reset obey the password history; a Windows Server 2012 or newer can',
  },
  'functional-level': {
    title: 'functional level',
    advice:
      'raise the functional level of the domain to Windows Server 2008 R2 or newer: older ones have never been tried',
  },
  clock: {
    title: 'clock',
    advice: 'let this machine and the server take their time from the same NTP source',
  },
  'base-dn': {
    title: 'base DN',
    advice: 'correct `baseDn`, and let the service account read it',
  },
  attributes: {
    title: 'attributes',
    advice: 'correct the name in this setting: until then nobody has a value by it',
  },
  'managed-base': {
    title: 'base of managed accounts',
    advice: 'correct this name in `managed.bases`: no pass can read what is not there',
  },
  'managed-group': {
    title: 'group of a rule',
    advice:
      'correct this name in the rules of `managed`, or in `tellGroups`: until then nobody can be judged by it, and everybody is told to try later',
  },
  'scope-dn': {
    title: 'scope',
    advice: 'correct this name in `writeBack.scope`: nobody is in scope by it',
  },
  'excluded-dn': {
    title: 'exclusion',
    advice: 'correct this name in `writeBack.excluded`: nobody is excluded by it',
  },
  'service-account': {
    title: 'service account',
    advice: 'give its distinguished name as `bindName`, and let it read its own entry',
  },
  'service-account-groups': {
    title: 'service account: groups',
    advice: 'take it out of these groups: the rights that `drawbridge agent delegation --print` shows are enough',
  },
  'accounts-readable': {
    title: 'accounts readable',
    advice:
      'let the service account read the operational attributes of the people in scope: without entryUUID they do not exist for the agent, without entryCSN a lost answer stays unknown',
  },
  'permissions-readable': {
    title: 'permissions readable',
    advice:
      'let the service account read the permissions of the people in scope; unread, everybody counts as "cannot change password"',
  },
  'right-reset-password': {
    title: 'right: Reset Password',
    advice: 'run the commands that `drawbridge agent delegation --print` shows for this scope',
  },
  'right-unlock': {
    title: 'right: unlock',
    advice: 'run the commands that `drawbridge agent delegation --print` shows for this scope',
  },
  'right-must-change': {
    title: 'right: must change',
    advice: 'run the commands that `drawbridge agent delegation --print` shows for this scope',
  },
  inheritance: {
    title: 'inheritance',
    advice: 'switch inheritance of permissions on again on these entries, or delegate the rights on them',
  },
  'protected-accounts': {
    title: 'protected accounts',
    advice:
      'those who left every protected group: clear `adminCount` and switch inheritance on again, else they stay shut out',
  },
  'over-privilege': {
    title: 'more rights than needed',
    advice: 'take these rights away: whoever steals the service account would have them',
  },
  'unexpire-password': {
    title: 'right: Unexpire Password',
    advice:
      'grant Unexpire Password to the service account at the root of the domain; without it people must change again after a reset',
  },
  'minimum-age': {
    title: 'minimum password age',
    advice: 'set it to 0: until then a second reset on the same day may be refused as "too young"',
  },
  'fine-grained-policies': {
    title: 'fine-grained policies',
    advice:
      'let the service account read CN=Password Settings Container,CN=System; people under them see no rules until then',
  },
  dirsync: {
    title: 'DirSync',
    advice: 'name a domain controller that offers it; until then every sync reads the whole directory',
  },
  'policy-overlay': {
    title: 'password policy',
    advice:
      'load and set up the overlay ppolicy: without it this directory applies no rules, and cannot lock or unlock',
  },
  'password-managers': {
    title: 'password managers',
    advice:
      'have the service account in `SysAcctManagersDNs` and not in `passSyncManagersDNs`, which exempts it from the password rules; on every server',
  },
  'mirror-fresh': {
    title: 'mirror: last pass',
    advice: 'see why passes fail: drawbridge agent status, and the log',
  },
  'mirror-behind': {
    title: 'mirror: pace of deltas',
    advice:
      'see what makes the directory slow to tell what has changed: an index is missing, or it is overloaded; or let deltas fall due less often (`sync.deltaSchedule`)',
  },
  'mirror-whole': {
    title: 'mirror: last full pass that was whole',
    advice: 'see why passes fail: drawbridge agent status, and the log',
  },
  'mirror-removals': {
    title: 'mirror: removals',
    advice:
      'see whether managed in the settings was changed, and whether the service account reads all of the directory; if they are gone, approve the plan',
  },
  'mirror-shared-names': {
    title: 'mirror: names of more than one account',
    advice:
      'see whose each is: drawbridge agent explain NAME; give each address and each user principal name to one account; until then nobody is chosen by it',
  },
  'mirror-left-out': {
    title: 'mirror: left out',
    advice: 'set right what is named, or let the service account read it',
  },
} as const satisfies Record<string, PrecheckEntry>;

export type PrecheckCode = keyof typeof PRECHECKS;
