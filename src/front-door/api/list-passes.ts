// GET /api/v1/passes: what the agents have told of their last passes over the directories.

import type { Answered } from './answer-call.js';
import type { ApiCaller, ApiDeps } from './api-deps.js';
import type { PassReportsAnswer, PassReportsQuery } from './api-documents.js';

const PASSES_MAX = 50;

export async function listPasses(
  { passReports, clock }: Pick<ApiDeps, 'passReports' | 'clock'>,
  { tenant }: ApiCaller,
  which: PassReportsQuery,
): Promise<Answered<PassReportsAnswer>> {
  const passes = await passReports.latest(tenant.id, { ...which, max: PASSES_MAX });
  return {
    status: 200,
    code: 'passes',
    audit: {},
    body: { tenantId: tenant.id, passes: [...passes], nowMs: clock.nowMs() },
  };
}
