// One person, step by step: read, managed here or not, what the mirror holds, and what follows. For whoever asks why somebody is or is
// not in the mirror. Does to this one what a pass would do, and leaves every other account, and where passes follow from, alone.

import type { NamedEntry } from '../../protocol/frames.js';
import type { AccountAnchor } from '../../protocol/identifiers.js';
import { canonicalUserId } from '../../protocol/user-id.js';
import type { ManagedVerdict } from '../accounts/judge-managed.js';
import { namesakesInWords } from '../accounts/namesakes.js';
import type { DirectoryAccount } from '../directory/directory-account.js';
import type { DirectoryReader } from '../directory/ports.js';
import { GiveWay, type GiveWayDeps } from './give-way.js';
import { seenIn } from './mirror-contents.js';
import { MirrorLine, type MirrorLineDeps } from './mirror-line.js';
import { MirrorUpdate, type MirrorUpdateDeps } from './mirror-update.js';
import type { PersonSteps } from './pass-report.js';
import { PassTally } from './pass-tally.js';
import type { PassResult } from './run-pass.js';

export interface SyncPersonDeps extends MirrorLineDeps, MirrorUpdateDeps, GiveWayDeps {
  readonly clock: MirrorLineDeps['clock'];
  readonly reader: Pick<DirectoryReader, 'find' | 'read'>;
  readonly judgeManaged: (account: DirectoryAccount) => ManagedVerdict;
}

/** `userId`: as people type it. */
export async function syncPerson(
  deps: SyncPersonDeps,
  { generation, userId }: { readonly generation: number; readonly userId: string },
  signal: AbortSignal,
): Promise<PassResult | { readonly kind: 'person'; readonly steps: PersonSteps }> {
  const line = new MirrorLine(deps, { generation, way: new GiveWay(deps, signal), signal });
  try {
    const begun = await line.begin();
    if (begun.kind === 'led') return { kind: 'stood-by', leader: begun.by };
    return { kind: 'person', steps: await stepsOf(deps, line, userId, signal) };
  } catch (cause) {
    return { kind: 'failed', cause };
  } finally {
    await line.whenIdle();
  }
}

async function stepsOf(
  deps: SyncPersonDeps,
  line: MirrorLine,
  userId: string,
  signal: AbortSignal,
): Promise<PersonSteps> {
  const name = canonicalUserId(userId);
  const found = name === undefined ? undefined : await deps.reader.find(name, signal);
  if (found === undefined || found.kind === 'not-found')
    return {
      read: 'nobody here answers to this name',
      effect: 'none: whoever the mirror still offers under this name goes with the next pass over everybody',
    };
  if (found.kind === 'ambiguous') return { read: namesakesInWords(found.distinguishedNames), effect: 'none' };
  const { account } = found;
  const { anchor, distinguishedName } = account;
  const verdict = deps.judgeManaged(account);
  const held = (await line.look([anchor])).get(anchor);
  return {
    read: `${distinguishedName}, ${anchor}`,
    managed: `${verdict.kind === 'managed' ? 'yes' : 'no'}, since ${verdict.because}`,
    match: matchOf(held),
    effect: await apply(deps, line, { account, held }, signal),
  };
}

function matchOf(held: NamedEntry | undefined): string {
  if (held === undefined) return 'the mirror holds nobody under this anchor';
  return `the mirror holds ${held.samAccountName}${held.isAbsent ? ', in quarantine' : ''}`;
}

async function apply(
  deps: SyncPersonDeps,
  line: MirrorLine,
  { account, held }: { readonly account: DirectoryAccount; readonly held: NamedEntry | undefined },
  signal: AbortSignal,
): Promise<string> {
  const tally = new PassTally();
  const update = new MirrorUpdate(deps, { line, tally, signal });
  const seenOf = (_: AccountAnchor) => seenIn(held);
  const isManaged = update.take(account, seenOf);
  await line.settle();
  if (!isManaged && held !== undefined && !held.isAbsent) await update.takeAway([account.anchor], seenOf);
  return inWords(tally, deps.isDryRun);
}

function inWords(tally: PassTally, isDryRun: boolean): string {
  const { counts, leftOut, changedFields } = tally.report();
  const fields = Object.keys(changedFields);
  const would = isDryRun ? 'would be ' : '';
  if (counts.leftOut > 0) return `left out: ${leftOut[0]?.failure ?? 'its data cannot be mirrored'}`;
  if (counts.quarantined > 0) return `${would}quarantined`;
  if (counts.added > 0) return `${would}added`;
  if (counts.restored > 0) return `${would}restored`;
  if (counts.changed > 0) return `${would}changed${fields.length === 0 ? '' : ` in ${fields.join(', ')}`}`;
  return counts.unchanged > 0 ? 'none: the mirror holds the same' : 'none: it is not there, and does not belong there';
}
