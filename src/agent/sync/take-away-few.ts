// Takes those away who may be gone, in a pass that did not look at everybody: only if they are few, together with those who went
// before since everybody was looked at. Many small steps are a large one, and a large one is for a full pass to judge.

import type { AccountAnchor } from '../../protocol/identifiers.js';
import type { Followed } from './followed.js';
import type { Seen } from './mirror-contents.js';
import { judgeRemovals } from './removal-guard.js';
import type { PassParts } from './run-pass.js';

export type FewTaken =
  | { readonly kind: 'taken' }
  /** Nobody was. */
  | { readonly kind: 'too-many'; readonly because: string };

/** `gone`: with what the mirror holds of each. `since`: what is kept of the pass before this one, with who has gone since. */
export async function takeAwayFew(
  gone: ReadonlyMap<AccountAnchor, Seen>,
  since: Followed,
  { deps, update }: Pick<PassParts, 'deps' | 'update'>,
): Promise<FewTaken> {
  if (gone.size === 0) return { kind: 'taken' };
  const { directoryId, isDryRun, limits, followed: book } = deps;
  const { present, removed } = since;
  const verdict = judgeRemovals({ gone: gone.size + removed, present: present + removed }, limits);
  if (verdict.kind === 'held')
    return { kind: 'too-many', because: `${gone.size} may be gone, which a look at everybody has to tell` };
  // Before anybody goes: a pass that fails on the way must not forget how many did.
  if (!isDryRun) book.keep(directoryId, { ...since, removed: removed + gone.size });
  await update.takeAway([...gone.keys()], (anchor) => gone.get(anchor) ?? { kind: 'new' });
  return { kind: 'taken' };
}
