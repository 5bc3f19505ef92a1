// The agent's settings: YAML → checked → one complete, frozen object. Secrets are apart, see secrets.ts.
// Knows nothing of what is done with a setting. The example file and the JSON Schema are made from and checked against this.

import { isIP } from 'node:net';
import { z } from 'zod';
import { LIMITS } from '../protocol/limits.js';
import { groupNameSchema, TOLD_GROUPS_MAX } from '../protocol/told-groups.js';
import { isTimeZone, logSettings, milliseconds, originUrl, pathFrom } from '../settings/common-settings.js';
import { readSettingsFile } from '../settings/read-settings.js';
import { secretSourceSchema } from '../settings/secret-sources.js';
import { DIRECTORY_KINDS } from './directory/directory-kind.js';
import { parseDistinguishedName } from './directory/distinguished-name.js';
import { ADDRESS_TRANSFORMS, NAME_TRANSFORMS } from './ldap/person-map.js';

/** SASL mechanism names would turn a bind into something else; user names of other shapes are not what AD takes. */
const BIND_NAME = /^(?:[^@\\=,\s][^@\\=,]*@[^@\\=,\s]+|[^@\\=,\s]+\\[^@\\=,]+|(?:[A-Za-z]+|[\d.]+)=.+)$/;

const DNS_NAME = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

const NAME_SERVER = /^(?:([\d.]+)|\[([0-9a-fA-F:]+)\])(?::(\d{1,5}))?$/;
const NAME_SERVER_WORDS = 'must be an address, as in 192.0.2.53, 192.0.2.53:5353 or [2001:db8::53]';

/** See `anchor`. */
const MOVING_ANCHORS = ['mS-DS-ConsistencyGuid', 'ipaUniqueID'];

export function agentSettingsSchema(folder: string) {
  const path = pathFrom(folder);
  const secret = secretSourceSchema.transform((source) =>
    'file' in source ? { file: path.parse(source.file) } : source,
  );
  const distinguishedName = z.string().max(1024).refine(isDistinguishedName, {
    error: 'must be a distinguished name, as in OU=Staff,DC=corp,DC=example,DC=com',
  });

  const fiveCronFields = z.string().regex(/^(\S+\s+){4}\S+$/, 'must be five cron fields, as in */15 * * * *');

  const ruleMode = z.enum(['off', 'audit', 'enforce']);

  const writeBack = z
    .strictObject({
      /** Off: everybody managed here is sent to their administrator. */
      isOn: z.boolean().default(false),
      /**
       * `reset` includes the reset after a compromise. `change` is for people who know their password, `sign-in` lets the front
       * door ask whether a password is a person's: both off by default.
       */
      operations: z.array(z.enum(['reset', 'unlock', 'change', 'sign-in'])).default(['reset', 'unlock']),
      /** Below these DNs accounts may be written to. Nobody is in scope by default. */
      scope: z.array(distinguishedName).max(256).default([]),
      /** Below, or exactly, these DNs they may not, although they are in scope. */
      excluded: z.array(distinguishedName).max(256).default([]),
    })
    .prefault({});

  const attributeName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'must be the name of an attribute');

  const sourceOf = <const Transform extends string>(transforms: readonly Transform[]) =>
    z.union(
      [
        attributeName.transform((attribute) => ({ attribute })),
        z
          .strictObject({ from: attributeName, transform: z.enum(transforms).optional() })
          .transform(({ from, transform }) => ({ attribute: from, transform })),
      ],
      { error: `must be the name of an attribute, or { from: NAME, transform: ${transforms.join(' or ')} }` },
    );
  const fixedName = z
    .strictObject({ default: z.string().min(1).max(256) })
    .transform((name) => ({ fixed: name.default }));
  const nameSource = z.union([sourceOf(NAME_TRANSFORMS), fixedName], {
    error: `must be the name of an attribute, { from: NAME, transform: ${NAME_TRANSFORMS.join(' or ')} }, or { default: TEXT }`,
  });
  const names = z
    .array(nameSource)
    .min(1)
    .max(8)
    .refine((sources) => sources.slice(0, -1).every((source) => !('fixed' in source)), {
      error: 'must have its default at the end: nothing behind it is ever asked',
    })
    .optional();
  const addresses = z.array(sourceOf(ADDRESS_TRANSFORMS)).max(8).optional();
  const phones = z
    .array(sourceOf(['trim']))
    .max(8)
    .optional();

  /** From which attributes people's names and addresses are taken. Default, each: as the kind of directory has it. */
  const personAttributes = z
    .strictObject({
      /** The first that has a value. */
      displayName: names,
      /** With the surname, what a password may not be made of. */
      givenName: names,
      surname: names,
      /** Addresses that find an account: all that there are. They prove nothing. */
      mail: addresses,
      /** Private addresses, where a code can be read without the forgotten password: all that there are. */
      resetMail: addresses,
      /**
       * Numbers of phones that a code is sent to as a text message: all that there are, each with + and its country's code. None by
       * default: name an attribute that people cannot write themselves.
       */
      resetPhones: phones,
    })
    .prefault({});

  /** Exactly one of the three keys. */
  const managedRule = z.union(
    [
      z.strictObject({ below: distinguishedName }).transform(({ below }) => ({ kind: 'below' as const, dn: below })),
      z
        .strictObject({ memberOf: distinguishedName })
        .transform(({ memberOf }) => ({ kind: 'member-of' as const, group: memberOf })),
      z
        .strictObject({ attribute: attributeName, values: z.array(z.string().max(256)).min(1).max(64).optional() })
        .transform(({ attribute, values }) => ({ kind: 'has' as const, attribute, values })),
    ],
    { error: 'must be one of below: DN, memberOf: DN of a group, or attribute: NAME with or without values: [...]' },
  );

  /** Which accounts are managed here. Computers, service accounts and what the directory itself needs never are. */
  const managed = z
    .strictObject({
      /** Where they are, within baseDn; none within another. Default: baseDn. */
      bases: z
        .array(
          z.strictObject({
            dn: distinguishedName,
            /** RFC 4515, as in (employeeType=staff). */
            filter: z
              .string()
              .min(3)
              .max(1024)
              .regex(/^\(.+\)$/s, 'must be a filter, as in (employeeType=staff)')
              .optional(),
          }),
        )
        .max(64)
        .default([]),
      /** Whoever one of these holds for; none: everybody of the bases. */
      include: z.array(managedRule).max(64).default([]),
      /** Nobody one of these holds for, whatever includes them. */
      exclude: z.array(managedRule).max(64).default([]),
    })
    .prefault({});

  /** Of which groups the front door is told for every account: by these names, and by no others. */
  const tellGroups = z
    .array(z.strictObject({ name: groupNameSchema, group: distinguishedName }))
    .max(TOLD_GROUPS_MAX)
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: 'must have a different name each',
    })
    .default([]);

  const dnsName = z.string().max(253).regex(DNS_NAME, 'must be a DNS name, as in corp.example.com');

  const directory = z
    .strictObject({
      /** A short name for this directory in logs and commands. */
      id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be 1–32 of a–z, 0–9 and hyphen'),
      /** Default: what the server's root DSE shows. */
      kind: z.enum(DIRECTORY_KINDS).optional(),
      /** Its servers, in Active Directory domain controllers, tried in this order. Only ldaps://. */
      urls: z
        .array(
          z
            .string()
            .regex(
              /^ldaps:\/\/[^/?#@\s]+\/?$/i,
              'must be ldaps://HOST or ldaps://HOST:PORT; passwords are never sent without TLS',
            ),
        )
        .max(16)
        .default([]),
      /** Instead of urls, for Active Directory: its domain controllers are looked up in DNS, and each must prove its name by TLS. */
      discovery: z
        .strictObject({
          domain: dnsName,
          /** The Active Directory site whose domain controllers come first. */
          site: z
            .string()
            .regex(/^[A-Za-z0-9_-]{1,63}$/)
            .optional(),
          /** Host names outside these are not connected to. Default: the domain. */
          trustedSuffixes: z.array(dnsName).min(1).max(16).optional(),
          /** Name servers as ADDRESS or ADDRESS:PORT, asked for the domain controllers and for their addresses. Default: the machine's own. */
          nameServers: z
            .array(
              z
                .string()
                .regex(NAME_SERVER, { abort: true, error: NAME_SERVER_WORDS })
                .refine(isNameServer, { error: NAME_SERVER_WORDS }),
            )
            .max(4)
            .default([]),
        })
        .optional(),
      /** The certificate authority (PEM) the domain controllers' certificates come from; without it, the machine's own trust store. */
      caFile: path.optional(),
      /** The name in the domain controller's certificate, where it is not the host in the URL. */
      serverName: z.string().min(1).max(253).optional(),
      baseDn: distinguishedName,
      /** The service account: a DN, a UPN or DOMAIN\name. */
      bindName: z
        .string()
        .max(512)
        .regex(BIND_NAME, 'must be a distinguished name, a user principal name or DOMAIN\\name'),
      bindPassword: secret,
      /**
       * What accounts are known by, whatever they are named: mS-DS-ConsistencyGuid and ipaUniqueID move with people from one forest or
       * realm to another. Default: objectGUID, entryUUID or nsUniqueId.
       */
      anchor: z.enum(['objectGUID', 'mS-DS-ConsistencyGuid', 'entryUUID', 'nsUniqueId', 'ipaUniqueID']).optional(),
      attributes: personAttributes,
      /** OpenLDAP: the policy of everybody who has none of their own (`ppolicy_default`), to show its rules. Default: not known. */
      passwordPolicyDn: distinguishedName.optional(),
      managed,
      tellGroups,
      connectTimeoutMs: milliseconds({ min: 100, max: 60_000 }).default(5_000),
      operationTimeoutMs: milliseconds({ min: 100, max: 60_000 }).default(10_000),
      writeBack,
    })
    .refine(({ urls, discovery }) => urls.length > 0 !== (discovery !== undefined), {
      path: ['urls'],
      error: 'must name at least one server, or else give discovery, and not both',
    })
    .refine(({ discovery, serverName }) => discovery === undefined || serverName === undefined, {
      path: ['serverName'],
      error: 'goes with urls only: a domain controller that DNS names must prove that very name',
    });

  return z.strictObject({
    frontDoor: z.strictObject({
      url: originUrl,
      caFile: path.optional(),
      /** An HTTP proxy that allows CONNECT, as in http://proxy.example.com:3128. Credentials go to proxyCredentials. */
      proxyUrl: z
        .string()
        .regex(
          /^https?:\/\/[^/?#@\s]+\/?$/i,
          'must be http://HOST:PORT without a user name: put user:password into the file of proxyCredentials',
        )
        .optional(),
      /** Where `user:password` for the proxy is. */
      proxyCredentials: secret.optional(),
    }),
    /** The agent's own data: identity, sealing keys, ledger, audit. Only its account may read it. */
    dataFolder: path,
    log: logSettings,
    directories: z
      .array(directory)
      .min(1)
      .max(LIMITS.directoriesPerAgentMax)
      .refine(haveDifferentIds, { error: 'must have a different id each' })
      // The same person may be in two of them under the same anchor, and nobody could say which of both is meant.
      .refine(
        (all) =>
          all.length === 1 || all.every(({ anchor }) => anchor === undefined || !MOVING_ANCHORS.includes(anchor)),
        {
          error: `must be one alone where anchor is ${MOVING_ANCHORS.join(' or ')}, which people keep from one directory to another`,
        },
      ),
    /** The agent's own rules for new passwords, whatever a directory says besides. */
    passwords: z
      .strictObject({
        /** Words that many people use, the organisation's own terms, and names. `audit`: told in the log, nothing is refused. */
        bannedWords: ruleMode.default('enforce'),
        /** The organisation's own terms: one a line, 1000 at most, of 4 to 16 characters each. */
        bannedTermsFile: path.optional(),
        /** What the organisation is called, as people would write it into a password. */
        organisationNames: z.array(z.string().min(1).max(64)).max(16).default([]),
        breached: ruleMode.default('enforce'),
        /** Have I Been Pwned's SHA-1 hashes in one file, ordered by hash. Without it no password is looked up. */
        breachListFile: path.optional(),
      })
      .prefault({}),
    health: z
      .strictObject({
        /** How often the checks of `drawbridge agent check` are made while the agent runs. Also once at start. */
        checkEveryMinutes: z.int().min(1).max(1440).default(60),
      })
      .prefault({}),
    guardrails: z
      .strictObject({
        /** Writes to one account within an hour. */
        perAccountPerHour: z.int().min(1).max(100).default(5),
        /** Writes of this agent within a minute. */
        perMinute: z.int().min(1).max(10_000).default(120),
        /** Passwords tried for one account within an hour, right ones included. Writes and sign-ins are counted apart. */
        signInsPerAccountPerHour: z.int().min(1).max(1000).default(20),
        /** Passwords this agent tries within a minute. An hour of them has to fit into the ledger beside an hour of writes. */
        signInsPerMinute: z.int().min(1).max(1000).default(600),
      })
      .prefault({}),
    sync: z
      .strictObject({
        /** When whoever has changed since the last pass is read, as five cron fields. Also once at start. */
        deltaSchedule: fiveCronFields.default('*/2 * * * *'),
        /** When everybody is read. Caught up with if it was missed. By itself at a time that no change of the clock leaves out. */
        fullSchedule: fiveCronFields.default('30 4 * * *'),
        /** When it is looked for who is gone, in a directory whose changes do not tell: among everybody's anchors alone. */
        reconciliationSchedule: fiveCronFields.default('17 * * * *'),
        /** Passes begin up to so long after their time, by chance, so that many agents do not come together. */
        jitterSeconds: z.int().min(0).max(600).default(20),
        /** IANA name; the machine's own zone when absent. */
        timeZone: z.string().refine(isTimeZone, { error: 'must be an IANA time zone, as in Europe/Berlin' }).optional(),
        /** Accounts per page of the read. Active Directory allows 1000 at most; the fewer, the less a reset waits for a page. */
        pageSize: z.int().min(10).max(1000).default(500),
        /** When accounts that a completed read did not find any more are held until somebody approves: beyond either limit. */
        removals: z
          .strictObject({
            countMax: z.int().min(0).max(1_000_000).default(500),
            /** Per cent of the directory's accounts; up to ten accounts may go whatever their share. */
            percentMax: z.number().min(0).max(100).default(5),
          })
          .prefault({})
          .transform(({ countMax, percentMax }) => ({ countMax, shareMax: percentMax / 100 })),
      })
      .prefault({}),
  });
}

export type AgentConfig = z.infer<ReturnType<typeof agentSettingsSchema>>;
export type DirectoryConfig = AgentConfig['directories'][number];

/** Reads and checks the file. Throws SettingsRefused with every problem. */
export function readAgentConfig(file: string): Promise<AgentConfig> {
  return readSettingsFile(file, agentSettingsSchema);
}

function haveDifferentIds(directories: readonly { readonly id: string }[]): boolean {
  return new Set(directories.map(({ id }) => id)).size === directories.length;
}

function isNameServer(text: string): boolean {
  const [, four, six, port = '53'] = NAME_SERVER.exec(text) ?? [];
  return isIP(four ?? six ?? '') !== 0 && Number(port) <= 65_535;
}

function isDistinguishedName(text: string): boolean {
  try {
    return parseDistinguishedName(text).length > 0;
  } catch {
    // Why not is said by the schema, in one sentence that fits every case.
    return false;
  }
}
