// Takes one step of a visit in which somebody is signed in; nothing for everybody else. Knows neither what they do nor how a visit is kept.

import type { Caller } from '../resets/prove.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { Visit, VisitPerson } from '../sign-in/visit.js';
import type { Tenant } from '../tenants/tenant.js';

export interface OwnStepsDeps {
  readonly signIn: Pick<SignIn, 'step'>;
  readonly tenants: readonly Tenant[];
}

/** Who is signed in, and where. */
export interface Own {
  readonly caller: Caller;
  readonly visit: Visit;
  readonly person: VisitPerson;
  readonly tenant: Tenant;
}

/** `change` resolves to the visit that follows, or to undefined where the step does not belong. */
export type OwnStep = (caller: Caller, change: (own: Own) => Promise<Visit | undefined>) => Promise<void>;

export function ownSteps({ signIn, tenants }: OwnStepsDeps): OwnStep {
  return async (caller, change) => {
    await signIn.step(caller, async (visit) => {
      const { stage, person } = visit;
      const tenant = tenants.find(({ id }) => id === person?.tenantId);
      if (stage.kind !== 'signed-in' || person === undefined || tenant === undefined) return undefined;
      return change({ caller, visit, person, tenant });
    });
  };
}
