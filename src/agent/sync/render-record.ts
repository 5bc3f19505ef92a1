// What `drawbridge agent sync` and `status` print of a pass. Pure. Text of a directory may hold terminal escapes: it is escaped.

import type { HeldBecause, HeldRemovals, PassReport } from '../../protocol/sync-reports.js';
import { printable } from '../../terminal/printable.js';
import type { PassProgress } from './pass-book.js';
import { type NamedOutcome, type PassRecord, type PersonSteps, toldNames } from './pass-report.js';
import { approvalCommand } from './removal-guard.js';

/** A headline, and below it whatever is not nothing. */
export function recordLines({ directoryId, generation, isDryRun, result }: PassRecord): string[] {
  const title = `directory ${directoryId}, pass ${generation}${isDryRun ? ', a dry run' : ''}`;
  if (result.kind === 'failed') return [`${title}: failed, and nobody was removed`, `  → ${printable(result.failure)}`];
  if (result.kind === 'stood-by')
    return [`${title}: stood by, since the agent ${result.leader} keeps the mirror of this directory`];
  if (result.kind === 'person')
    return [`${title}: "${printable(result.userId)}" alone`, ...stepLines(result.steps).map((line) => `  ${line}`)];
  return [`${title}: ${headline(result.report)}`, ...reportLines(result.report).map((line) => `  ${line}`)];
}

function stepLines({ read, managed, match, effect }: PersonSteps): string[] {
  const steps = { read, 'managed here': managed, match, effect };
  return Object.entries(steps).flatMap(([step, said]) =>
    said === undefined ? [] : [`${step.padEnd(STEP_WIDTH)}  ${printable(said)}`],
  );
}

const STEP_WIDTH = 'managed here'.length;

function headline({ kind, isWhole, counts, lookedOver, durationMs }: PassReport): string {
  const seconds = (durationMs / 1000).toFixed(1);
  if (kind === 'reconciliation') {
    const there = `${lookedOver ?? 0} accounts are there, looked for in ${seconds} s`;
    if (!isWhole) return `${there}, but ${counts.unreadable} could not be read, so that nobody was removed`;
    return counts.read === 0 ? there : `${there}; ${counts.read} that may have changed were read`;
  }
  if (kind === 'delta' && counts.read + counts.unreadable === 0) return `nobody has changed, looked at in ${seconds} s`;
  const whole = isWhole ? '' : `, but ${counts.unreadable} could not be read, so that nobody was removed`;
  const which = kind === 'full' ? '' : ' that may have changed';
  return `${counts.read} ${counts.read === 1 ? 'account' : 'accounts'}${which} read in ${seconds} s${whole}`;
}

function reportLines(report: PassReport): string[] {
  const { because, counts, changedFields, named, leftOut, held, shared, isDryRun, isFollowed } = report;
  const fields = Object.entries(changedFields).map(([field, times]) => `${field} ${times}`);
  const lines = OUTCOMES.flatMap((outcome) => {
    if (counts[outcome] === 0) return [];
    const which = outcome === 'changed' && fields.length > 0 ? ` (${fields.join(', ')})` : '';
    return [`${outcome} ${counts[outcome]}${which}: ${toldNames(named[outcome].map(printable), counts[outcome])}`];
  });
  if (counts.unchanged > 0) lines.push(`unchanged ${counts.unchanged}`);
  if (counts.notManaged > 0)
    lines.push(`not managed here ${counts.notManaged}: \`drawbridge agent explain USER\` says why`);
  if (counts.leftOut > 0) {
    lines.push(`left out ${counts.leftOut}, whose data cannot be mirrored:`);
    for (const { name, failure } of leftOut) lines.push(`  ${printable(name)}: ${printable(failure)}`);
  }
  if (!isFollowed)
    lines.push('its changes cannot be followed: every pass reads everybody, and by itself one a quarter of an hour');
  if (shared !== undefined && shared.count > 0)
    lines.push(
      `names of more than one account, who cannot be reset by them, ${shared.count}: ${toldNames(shared.names.map(printable), shared.count)}`,
      '→ see whose each is: `drawbridge agent explain NAME`',
    );
  if (because !== undefined) lines.unshift(`everybody was read: ${because}`);
  return held === undefined ? lines : [...lines, ...heldLines(held, isDryRun)];
}

/** Of removals that wait for an approval. */
export function heldLines(
  { planId, because, gone, present, before, names }: HeldRemovals,
  isDryRun: boolean,
): string[] {
  const together = before === undefined ? '' : ` together with the ${before} that went shortly before`;
  return [
    `held ${gone} of ${present} that were not found any more among those managed here, ${BECAUSE[because]}${together}: ${toldNames(names.map(printable), gone)}`,
    '→ see whether `managed` in the settings was changed, and whether the service account reads all of the directory',
    ...(isDryRun ? [] : [`→ if they are gone: ${approvalCommand(planId)}`]),
  ];
}

/** Until then the mirror is listed more than anybody read, and a guess would be far from true. */
const GUESSES_AFTER_MS = 1_000;

/** One line of a terminal: how far, how fast, how long still. */
export function progressLine({ directoryId, read, expected, elapsedMs }: PassProgress): string {
  const of = expected > read ? ` of about ${expected}` : '';
  const line = `directory ${directoryId}: ${read}${of} accounts read`;
  if (elapsedMs < GUESSES_AFTER_MS || read === 0) return line;
  const perSecond = (read * 1000) / elapsedMs;
  const left = expected > read ? `, ${Math.ceil((expected - read) / perSecond)} s left` : '';
  return `${line}, ${Math.round(perSecond)} a second${left}`;
}

const OUTCOMES = ['added', 'changed', 'restored', 'quarantined'] as const satisfies readonly NamedOutcome[];
const BECAUSE: Readonly<Record<HeldBecause, string>> = {
  count: 'more than the removal guard lets pass',
  share: 'a larger share than the removal guard lets pass',
  everybody: 'which is everybody',
};
