// Tells two intents under one reset id apart: a hash over everything that was asked, sealed passwords included. Pure.

import { hash } from 'node:crypto';
import { canonicalBytes } from '../../protocol/canonical-bytes.js';
import type { Submission } from './api-documents.js';

export function fingerprintOf(submission: Submission): string {
  const { operation, resetId, anchor, notAfterMs } = submission;
  const shared = [operation, resetId, anchor, BigInt(notAfterMs)];
  const whole =
    submission.operation === 'unlock'
      ? canonicalBytes('drawbridge/api-submission/1', shared)
      : canonicalBytes('drawbridge/api-submission/1', [
          ...shared,
          flagsOf(submission),
          ...submission.sealed.flatMap(({ keyId, enc, ciphertext }) => [keyId, enc, ciphertext]),
        ]);
  return hash('sha256', whole, 'hex');
}

function flagsOf(submission: Exclude<Submission, { operation: 'unlock' }>): string {
  if (submission.operation === 'change') return 'none';
  return `unlock=${submission.flags.unlock};must-change=${submission.flags.mustChange}`;
}
