// The flow as a value: random walks through its steps, none of which gets through without its gates.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Flow, FlowPerson } from '../../../../src/front-door/resets/flow.js';
import * as steps from '../../../../src/front-door/resets/flow.js';
import { parseAccountAnchor, parseResetId, parseTenantId } from '../../../../src/protocol/identifiers.js';

const tenantId = parseTenantId('example');
const start = { supportId: 's', language: 'en' as const, tenantId, userId: 'ada', nowMs: 0 };
const email = { id: 'email-0', kind: 'email-code', address: 'ada@example.net' } as const;
const otherEmail = { ...email, id: 'email-1', address: 'ada@example.org' };
const app = { id: 'authenticator', kind: 'authenticator-code', address: '' } as const;
const person = (gates: 1 | 2): FlowPerson => ({
  kind: 'directory',
  tenantId,
  anchor: parseAccountAnchor('ada'),
  noticeAddresses: [],
  isAdministrator: false,
  gates,
  methods: [email, otherEmail, app],
  offers: ['reset', 'unlock'],
  knownBy: [],
});
const code = { digest: 'd', prompt: '', issuedAtMs: 0, expiresAtMs: 1, triesLeft: 5 };
const sent = { open: code, isSent: true };
const command = { resetId: parseResetId('00000000-0000-4000-8000-000000000001'), notAfterMs: 9 };
const armed = { command, isLocked: false, knownBy: [] };

type Step = (flow: Flow) => Flow | undefined;
const allSteps: Record<string, Step> = {
  chooseReset: (flow) => steps.chooseOperation(flow, 'reset'),
  chooseUnlock: (flow) => steps.chooseOperation(flow, 'unlock'),
  email: (flow) => steps.chooseMethod(flow, email, sent),
  otherEmail: (flow) => steps.chooseMethod(flow, otherEmail, sent),
  app: (flow) => steps.chooseMethod(flow, app, { open: code, isSent: false }),
  keep: (flow) => steps.chooseMethod(flow, email, undefined),
  leave: steps.leaveMethod,
  fail: (flow) => steps.failCode(flow, 'wrong', { triesOfPerson: 5, asked: undefined }),
  askAnew: (flow) => steps.askAnew(flow, code),
  pass: steps.passGate,
  arm: (flow) => steps.armCommand(flow, armed),
  submit: steps.submit,
  refuse: (flow) => steps.refuse(flow, ['too-short']),
  putOff: steps.putOff,
};
const anyWalk = fc.array(fc.constantFrom(...Object.keys(allSteps)), { maxLength: 40 });
const walk = (flow: Flow, names: readonly string[]) => names.reduce((at, name) => allSteps[name]?.(at) ?? at, flow);

describe('a flow', () => {
  test('is never through without its gates, each by another kind, whatever is tried in whatever order', () => {
    fc.assert(
      fc.property(anyWalk, fc.constantFrom(1 as const, 2 as const), (names, gates) => {
        const flow = walk(steps.startProving(start, person(gates)), names);
        expect(new Set(flow.passed).size).toBe(flow.passed.length);
        if (['proven', 'submitted'].includes(flow.stage.kind)) {
          expect(flow.passed).toHaveLength(gates);
          expect(flow.operation).toBeDefined();
        } else expect(flow.passed.length).toBeLessThan(gates);
      }),
    );
  });

  test('that was stopped stays stopped', () => {
    fc.assert(
      fc.property(anyWalk, (names) => {
        const stopped = steps.startStopped(start, { kind: 'cannot-verify' });
        expect(walk(stopped, names)).toEqual(stopped);
      }),
    );
  });

  test('survives being stored and read', () => {
    fc.assert(
      fc.property(anyWalk, (names) => {
        const flow = walk(steps.startProving(start, person(2)), names);
        expect(steps.flowSchema.parse(JSON.parse(JSON.stringify(flow)))).toEqual(JSON.parse(JSON.stringify(flow)));
      }),
    );
  });

  test('submits once for each command', () => {
    const proven = walk(steps.startProving(start, person(1)), ['chooseReset', 'email', 'pass', 'arm']);
    const submitted = steps.submit(proven);
    expect(submitted?.stage.kind).toBe('submitted');
    expect(submitted && steps.submit(submitted)).toBeUndefined();
    expect(submitted && steps.armCommand(submitted, armed)).toBeUndefined();
    const putOff = submitted && steps.putOff(submitted);
    expect(putOff).toMatchObject({ passwordTries: 0, passed: ['email-code'] });
    expect(putOff && steps.submit(putOff)).toBeUndefined();
    const refused = submitted && steps.refuse(submitted, ['too-short']);
    expect(refused && steps.submit(refused)).toBeUndefined();
  });

  test('closes open codes with the gate', () => {
    const passed = walk(steps.startProving(start, person(2)), ['chooseReset', 'email', 'pass']);
    expect(passed.openCodes).toEqual({});
    expect(steps.methodsOf(passed).map(({ id }) => id)).toEqual(['authenticator']);
  });

  test('makes people wait longer for each further mail, and ends that in time', () => {
    let flow = walk(steps.startProving(start, person(1)), ['chooseReset']);
    const waits = [];
    for (let mails = 0; mails < 6; mails += 1) {
      waits.push(steps.mayResendAtMs(flow, email.id));
      flow = steps.chooseMethod(flow, email, sent) ?? flow;
    }
    expect(waits).toEqual([0, 30_000, 60_000, 120_000, 240_000, Number.POSITIVE_INFINITY]);
  });
});
