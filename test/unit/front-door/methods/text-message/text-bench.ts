// Text messages over a real store and real throttles, with a gateway and a clock of the test's own.

import { randomBytes, randomUUID } from 'node:crypto';
import type { TextRules } from '../../../../../src/front-door/methods/text-message/decide-send.js';
import type { TextEvents } from '../../../../../src/front-door/methods/text-message/send-text-code.js';
import { textSetup } from '../../../../../src/front-door/methods/text-message/set-up-text.js';
import { textMessage } from '../../../../../src/front-door/methods/text-message/text-message.js';
import { openSqliteStore } from '../../../../../src/front-door/sqlite/sqlite-store.js';
import { createThrottles } from '../../../../../src/front-door/throttles/throttles.js';
import { FakeClock } from '../../../../support/fake-clock.js';
import { FakeTextGateway } from '../../../../support/fake-text-gateway.js';
import { HOUSE_NOTICES } from '../../../../support/front-door-builders.js';

/** A text costs 0.05 of whatever it is counted in, and a day 5: a hundred texts. */
export const RULES: TextRules = {
  countries: ['44'],
  costs: new Map(),
  costOtherwise: 50_000,
  costPerDayMax: 5_000_000,
};

export async function textBench(rules: Partial<TextRules> = {}) {
  const clock = new FakeClock();
  const store = await openSqliteStore({ path: ':memory:', clock });
  const gateway = new FakeTextGateway();
  const events: { readonly event: keyof TextEvents; readonly fields: object }[] = [];
  const note = (event: keyof TextEvents) => (fields: object) => void events.push({ event, fields });
  const deps = {
    store: store.methods,
    gateway,
    rules: { ...RULES, ...rules },
    spend: store.spend,
    throttles: createThrottles({ store: store.throttles, clock }),
    audit: store.audit,
    events: {
      textSent: note('textSent'),
      textNotSent: note('textNotSent'),
      textHeldBack: note('textHeldBack'),
      textsStopped: note('textsStopped'),
    },
    clock,
    random: randomBytes,
    digestKey: new Uint8Array(32).fill(3),
    noticeSettings: HOUSE_NOTICES,
    host: 'reset.example.com',
    randomUuid: () => randomUUID(),
  };
  /** What was told of the event, in order. */
  const told = (event: keyof TextEvents) => events.filter((each) => each.event === event).map(({ fields }) => fields);
  return { clock, store, gateway, told, method: textMessage(deps), setup: textSetup(deps) };
}
