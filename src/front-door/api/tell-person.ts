// The news of what was done through the API, told by the pages' own notice: the reset id is what the person can quote.

import type { ResetFlowDeps } from '../resets/reset-flow.js';
import type { ApiDeps } from './api-deps.js';

export function personTeller(tellDone: ResetFlowDeps['tellDone']): ApiDeps['tellPerson'] {
  return ({ tenant, account, operation, resetId, accountName, addresses }) =>
    tellDone({
      tenant,
      // Whichever way it was done, the person has another password now.
      operation: operation === 'unlock' ? 'unlock' : 'reset',
      flow: { userId: accountName, supportId: resetId, language: tenant.language },
      person: { ...account, noticeAddresses: [...addresses] },
    });
}
