// From the permissions of sampled accounts: which rights the service account has, which it lacks, and which it should not have.
// Pure. One table says what is needed (rights.ts); examples are named, so that an administrator can look for themselves.

import type { Operation } from '../../../protocol/operations.js';
import type { Finding } from '../../health/precheck.js';
import { counted, excessFinding, of, rightFinding } from '../checks/sampled-rights.js';
import { ACCESS_BITS, inheritedBy, isGranted, type WantedRight } from './access-check.js';
import { NEEDED_RIGHTS, type NeededRight, REPLICATE_SECRETS, rightsFor, USER_CLASS } from './rights.js';
import type { SampledAccount, SampledEntry } from './sample-accounts.js';

export interface ScopeSample {
  readonly scope: string;
  readonly operations: readonly Operation[];
  readonly accounts: readonly SampledAccount[];
  /** Where they lie, the scope itself among them. */
  readonly places: readonly SampledEntry[];
  /** The service account and its groups. */
  readonly sids: ReadonlySet<string>;
}

export function judgeScope(sample: ScopeSample): Finding[] {
  const people = sample.accounts.filter(({ isMarkedProtected }) => !isMarkedProtected);
  return [
    readability(sample),
    ...rightsFor(sample.operations).map((right) => judgeRight(right, people, sample)),
    inheritance(people, sample),
    excessFinding(
      sample.scope,
      people.map((account) => ({ ...account, excess: excessOn(account, sample.sids) })),
    ),
  ];
}

export interface DomainSample {
  /** Its root; undefined when that cannot be seen. */
  readonly head: SampledEntry | undefined;
  readonly protectedAccounts: readonly SampledAccount[];
  /** The service account and its groups. */
  readonly sids: ReadonlySet<string>;
}

/**
 * What would be as much as the whole domain: whether protected accounts can be reset, which nobody below their own level should be able to,
 * and whether the secrets of all can be replicated.
 */
export function judgeDomain(target: string, { head, protectedAccounts, sids }: DomainSample): Finding {
  const code = 'over-privilege';
  const reachable = protectedAccounts.filter((account) =>
    NEEDED_RIGHTS.some((right) => holds(account, right, sids) === true),
  );
  const [first] = reachable;
  const excess = [
    ...(first === undefined
      ? []
      : [`reset or unlock protected accounts: ${of(reachable, protectedAccounts)}, as ${first.distinguishedName}`]),
    ...(head?.descriptor !== undefined && isGranted(head.descriptor, sids, REPLICATE_SECRETS)
      ? ['replicate the secrets of every account (Replicating Directory Changes All)']
      : []),
  ];
  if (excess.length > 0) return { code, status: 'warn', target, detail: `may ${excess.join('; and ')}` };
  const untouched = `cannot touch the ${protectedAccounts.length} protected accounts looked at`;
  const secrets = head?.descriptor === undefined ? '' : ', nor replicate secrets';
  return { code, status: 'pass', target, detail: `${untouched}${secrets}` };
}

function readability({ scope: target, accounts }: ScopeSample): Finding {
  const code = 'permissions-readable';
  const hidden = accounts.filter(({ descriptor }) => descriptor === undefined);
  const [first] = hidden;
  if (first === undefined) return { code, status: 'pass', target, detail: `on ${counted(accounts)}` };
  const status = hidden.length === accounts.length ? 'fail' : 'warn';
  return { code, status, target, detail: `not on ${of(hidden, accounts)}, as ${first.distinguishedName}` };
}

function judgeRight(right: NeededRight, people: readonly SampledAccount[], sample: ScopeSample): Finding {
  const { scope: target, sids } = sample;
  const seen = people.flatMap((account) => {
    const isHeld = holds(account, right, sids);
    return isHeld === undefined ? [] : [{ ...account, isHeld }];
  });
  return seen.length === 0 ? futureFinding(right, sample) : rightFinding({ ...right, target }, seen);
}

/** Where there is nobody to look at: what an account that is made there would inherit. */
function futureFinding(
  { code, name, wanted }: NeededRight,
  { scope: target, places, sids, accounts }: ScopeSample,
): Finding {
  const descriptor = places.find(({ distinguishedName }) => distinguishedName === target)?.descriptor;
  if (accounts.some((account) => !account.isMarkedProtected) || descriptor === undefined) {
    return { code, status: 'cannot-tell', target, detail: 'no permissions can be read here' };
  }
  const isHeld = isGranted(inheritedBy(USER_CLASS, descriptor), sids, wanted);
  const detail = `nobody to look at; on accounts made here ${name} would be ${isHeld ? 'held' : 'missing'}`;
  return { code, status: isHeld ? 'pass' : 'fail', target, detail };
}

/** What the directory itself says of an attribute goes before our own reading; undefined when neither can be had. */
function holds(account: SampledAccount, right: NeededRight, sids: ReadonlySet<string>): boolean | undefined {
  const { attribute, wanted } = right;
  if (attribute !== undefined && account.writableAttributes !== undefined) {
    return account.writableAttributes.has(attribute.toLowerCase());
  }
  return account.descriptor === undefined ? undefined : isGranted(account.descriptor, sids, wanted);
}

function inheritance(people: readonly SampledAccount[], { scope: target, places }: ScopeSample): Finding {
  const code = 'inheritance';
  const all = [...places, ...people];
  const cutOff = all.filter(({ descriptor }) => descriptor?.isProtected === true);
  const [first] = cutOff;
  return first === undefined
    ? { code, status: 'pass', target, detail: `on, on every entry looked at (${all.length})` }
    : { code, status: 'warn', target, detail: `switched off on ${of(cutOff, all)}, as ${first.distinguishedName}` };
}

/** What nobody needs to reset a password. */
const EXCESSIVE: readonly (readonly [name: string, right: WantedRight])[] = [
  ['change permissions', { kind: 'mask', bits: ACCESS_BITS.writeDacl }],
  ['take ownership', { kind: 'mask', bits: ACCESS_BITS.writeOwner }],
  ['delete them', { kind: 'mask', bits: ACCESS_BITS.delete }],
  ['write every attribute', { kind: 'mask', bits: ACCESS_BITS.writeProperty }],
  ['use every extended right', { kind: 'mask', bits: ACCESS_BITS.controlAccess }],
];

function excessOn({ descriptor, descriptorRights }: SampledAccount, sids: ReadonlySet<string>): string[] {
  const granted =
    descriptor === undefined
      ? []
      : EXCESSIVE.flatMap(([name, right]) => (isGranted(descriptor, sids, right) ? [name] : []));
  if (granted.length === EXCESSIVE.length) return ['full control'];
  // An owner may always write the permissions (MS-ADTS 5.1.3.3.1), whatever the DACL says.
  const isOwner = descriptor?.owner !== undefined && sids.has(descriptor.owner);
  const isTold = granted.includes('change permissions');
  return [
    ...granted,
    ...(isOwner ? ['do what an owner may'] : []),
    ...(descriptorRights !== 0n && !isTold && !isOwner ? ['change permissions'] : []),
  ];
}
