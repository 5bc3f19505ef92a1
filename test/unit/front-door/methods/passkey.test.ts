// Passkeys: what a signature is good for, and everything it is not; how a passkey is set up; and that nothing that is posted does more
// than be refused. The authenticator is the tests' own.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PendingSetup, SetupResult, SetupStep } from '../../../../src/front-door/methods/method-setup.js';
import { passkey } from '../../../../src/front-door/methods/passkey/passkey.js';
import { passkeySetup } from '../../../../src/front-door/methods/passkey/set-up-passkey.js';
import type { OpenProof, ProofStep } from '../../../../src/front-door/methods/proof-method.js';
import { openSqliteStore } from '../../../../src/front-door/sqlite/sqlite-store.js';
import { parseAccountAnchor, parseTenantId } from '../../../../src/protocol/identifiers.js';
import { FakeClock } from '../../../support/fake-clock.js';
import {
  cborBytes,
  cborInt,
  cborList,
  cborMap,
  cborText,
  type Lies,
  type SoftwareAuthenticator,
  softwareAuthenticator,
} from '../../../support/software-authenticator.js';

const ORIGIN = 'https://reset.example.com';
const account = { tenantId: parseTenantId('example'), anchor: parseAccountAnchor('ada') };
const step: ProofStep & SetupStep = {
  sessionHash: 'session-1',
  account,
  gate: 1,
  supportId: 'support',
  organisationName: 'Example & Söhne',
  userId: 'ada@example.com',
  workAddresses: [],
  language: 'en',
};
const eve = { ...step, account: { ...account, anchor: parseAccountAnchor('eve') } };
const registered = { id: 'passkey', kind: 'passkey', address: '' } as const;
const done = { kind: 'done', id: expect.any(String), shown: [] };
const refused = (problem: string) => ({ kind: 'refused', problem });

function pendingOf(result: SetupResult): PendingSetup {
  if (result.kind !== 'pending') throw new Error(`not pending: ${JSON.stringify(result)}`);
  return result.pending;
}

async function bench({ publicUrl = ORIGIN } = {}) {
  const clock = new FakeClock();
  const { methods: store } = await openSqliteStore({ path: ':memory:', clock });
  const deps = { store, clock, random: randomBytes, digestKey: new Uint8Array(32).fill(3), publicUrl };
  const method = passkey(deps);
  const setup = passkeySetup({ ...deps, randomUuid: () => randomUUID() });
  const begin = async (by: SetupStep = step) => pendingOf(await setup.begin(by, []));
  const open = async (by: ProofStep = step): Promise<OpenProof> => {
    const begun = await method.start(by, registered);
    if (begun === undefined) throw new Error('nothing was begun');
    return begun;
  };
  return {
    clock,
    store,
    method,
    setup,
    begin,
    open,
    async setUp(authenticator: SoftwareAuthenticator, by: SetupStep = step): Promise<void> {
      const pending = await begin(by);
      expect(await setup.confirm(by, pending, [authenticator.create(pending.prompt)])).toEqual(done);
    },
    verify: (answer: string, proof: OpenProof, by: ProofStep = step) => method.verify(by, registered, proof, answer),
  };
}

describe('a proof by passkey', () => {
  test.each(['ES256', 'EdDSA', 'RS256'] as const)('is right with the passkey that was set up, by %s', async (kind) => {
    const { method, setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN, { kind });
    await setUp(authenticator);
    const proof = await open();
    const answer = method.typed([authenticator.get(proof.prompt)]);
    expect(await verify(answer ?? '', proof)).toBe('right');
  });

  test('is right with one that is synced between devices, and with one that does not say whose it is', async () => {
    const { setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const first = await open();
    expect(await verify(authenticator.get(first.prompt, { isBackedUp: true }), first)).toBe('right');
    const second = await open();
    const answer = JSON.parse(authenticator.get(second.prompt));
    delete answer.response.userHandle;
    expect(await verify(JSON.stringify(answer), second)).toBe('right');
  });

  const lies: readonly (readonly [string, Lies])[] = [
    ['at another origin', { origin: 'https://reset.example.org' }],
    ['at a page of a name below ours', { origin: 'https://evil.reset.example.com' }],
    ['without TLS', { origin: 'http://reset.example.com' }],
    ['at another port', { origin: 'https://reset.example.com:8443' }],
    ['for another front door', { rpId: 'example.com' }],
    ['without verifying the person', { isVerified: false }],
    ['without anybody there', { isPresent: false, isVerified: false }],
    ['to a challenge of its own', { challenge: randomBytes(32).toString('base64url') }],
    ['as if it made a passkey', { type: 'webauthn.create' }],
    ['for another account’s handle', { userHandle: randomBytes(32).toString('base64url') }],
    ['with an id of nobody', { id: randomBytes(32).toString('base64url') }],
    ['over something else', { isSignatureBroken: true }],
  ];
  test.each(lies)('is wrong when it was signed %s', async (_how, lie) => {
    const { setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const proof = await open();
    expect(await verify(authenticator.get(proof.prompt, lie), proof)).toBe('wrong');
    expect(await verify(authenticator.get(proof.prompt), proof)).toBe('right');
  });

  test('is wrong when another key signed under the id of the right one', async () => {
    const { setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const proof = await open();
    expect(await verify(softwareAuthenticator(ORIGIN).get(proof.prompt, { id: authenticator.id }), proof)).toBe(
      'wrong',
    );
  });

  test('is good for its session, account, gate and challenge alone', async () => {
    const { setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const [proof, another] = [await open(), await open()];
    const answer = authenticator.get(proof.prompt);
    expect(await verify(answer, proof, { ...step, sessionHash: 'session-2' })).toBe('wrong');
    expect(await verify(answer, proof, { ...step, gate: 2 })).toBe('wrong');
    expect(await verify(answer, proof, eve)).toBe('wrong');
    expect(await verify(answer, another)).toBe('wrong');
    expect(await verify(answer, proof)).toBe('right');
  });

  test('of somebody else’s passkey is wrong, even for a challenge of the account', async () => {
    const { setUp, open, verify } = await bench();
    const [adas, eves] = [softwareAuthenticator(ORIGIN), softwareAuthenticator(ORIGIN)];
    await setUp(adas);
    await setUp(eves, eve);
    const proof = await open();
    expect(await verify(eves.get(proof.prompt), proof)).toBe('wrong');
    expect(await verify(eves.get(proof.prompt, { id: adas.id }), proof)).toBe('wrong');
  });

  test('is too late after five minutes, and never right after the tries or before anything was asked', async () => {
    const { clock, method, setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const proof = await open();
    const answer = authenticator.get(proof.prompt);
    expect(await verify(answer, { ...proof, triesLeft: 0 })).toBe('expired');
    expect(await method.verify(step, registered, undefined, answer)).toBe('expired');
    await clock.advance(5 * 60_000);
    expect(await verify(answer, proof)).toBe('expired');
  });

  test('is refused when its counter goes back or stands still, and goes on when it rises', async () => {
    const { store, setUp, open, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN, { counter: 6 });
    await setUp(authenticator);
    const answers: string[] = [];
    for (const counter of [7, 6, 0, 8, 8, 9]) {
      const proof = await open();
      answers.push(await verify(authenticator.get(proof.prompt, { counter }), proof));
    }
    // 7 was the set-up's own.
    expect(answers).toEqual(['counter-back', 'counter-back', 'counter-back', 'right', 'counter-back', 'right']);
    expect(await store.list(account)).toMatchObject([{ counter: 9 }]);
  });

  test('that never counted stays right, and a forged counter that is wrong changes nothing', async () => {
    const { store, setUp, open, verify, clock } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const forged = await open();
    const lie = { counter: 4_294_967_295, isSignatureBroken: true };
    expect(await verify(authenticator.get(forged.prompt, lie), forged)).toBe('wrong');
    for (let index = 0; index < 2; index += 1) {
      const proof = await open();
      expect(await verify(authenticator.get(proof.prompt), proof)).toBe('right');
    }
    expect(await store.list(account)).toMatchObject([{ counter: 0, usedAtMs: clock.nowMs() }]);
  });

  test('is offered to whoever set one up, and asks for these with the person verified, by the settings’ own name', async () => {
    const { method, setUp, open } = await bench({ publicUrl: 'https://reset.example.com:8443' });
    expect(await method.registered({ ...account, countedAddresses: [], countedPhones: [] })).toEqual([]);
    const authenticator = softwareAuthenticator('https://reset.example.com:8443');
    await setUp(authenticator);
    expect(await method.registered({ ...account, countedAddresses: [], countedPhones: [] })).toEqual([registered]);
    expect(await method.registered({ ...eve.account, countedAddresses: [], countedPhones: [] })).toEqual([]);
    const options = JSON.parse((await open()).prompt);
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rpId: 'reset.example.com',
      allowCredentials: [{ type: 'public-key', id: authenticator.id, transports: ['hybrid', 'internal'] }],
      userVerification: 'required',
      timeout: 300_000,
    });
    expect(JSON.parse((await open()).prompt).challenge).not.toBe(options.challenge);
  });
});

describe('setting a passkey up', () => {
  test('asks for one that verifies the person, under a name that tells nobody’s', async () => {
    const { begin, setUp } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const options = JSON.parse((await begin()).prompt);
    expect(options).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      rp: { id: 'reset.example.com', name: 'Example & Söhne' },
      user: { id: expect.stringMatching(/^[\w-]{43}$/), name: 'ada@example.com', displayName: 'ada@example.com' },
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      excludeCredentials: [{ type: 'public-key', id: authenticator.id, transports: ['hybrid', 'internal'] }],
      authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'required' },
      attestation: 'none',
      timeout: 300_000,
    });
    const [again, eves] = [JSON.parse((await begin()).prompt), JSON.parse((await begin(eve)).prompt)];
    expect(again.user.id).toBe(options.user.id);
    expect(eves.user.id).not.toBe(options.user.id);
    expect(again.challenge).not.toBe(options.challenge);
  });

  test('keeps nothing before it is made, and then no more than the public half', async () => {
    const { store, begin, setup } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN, { counter: 4 });
    const pending = await begin();
    expect(await store.list(account)).toEqual([]);
    expect(await setup.confirm(step, pending, [authenticator.create(pending.prompt)])).toEqual(done);
    const [kept] = await store.list(account);
    expect(kept).toMatchObject({ kind: 'passkey', name: '', address: '', counter: 5 });
    const data = JSON.parse(new TextDecoder().decode(kept?.data));
    expect(Object.keys(data)).toEqual(['credentialId', 'publicKey', 'transports']);
    expect(data).toMatchObject({ credentialId: authenticator.id, transports: ['hybrid', 'internal'] });
  });

  const lies: readonly (readonly [string, Lies])[] = [
    ['at another origin', { origin: 'https://reset.example.org' }],
    ['for another front door', { rpId: 'example.com' }],
    ['without verifying the person', { isVerified: false }],
    ['to another challenge', { challenge: randomBytes(32).toString('base64url') }],
    ['as if it were used', { type: 'webauthn.get' }],
  ];
  test.each(lies)('is refused when it was made %s', async (_how, lie) => {
    const { store, begin, setup } = await bench();
    const pending = await begin();
    const made = softwareAuthenticator(ORIGIN).create(pending.prompt, lie);
    expect(await setup.confirm(step, pending, [made])).toEqual(refused('wrong'));
    expect(await store.list(account)).toEqual([]);
  });

  test('is refused under an id that is not the one that was made', async () => {
    const { begin, setup } = await bench();
    const pending = await begin();
    const made = JSON.parse(softwareAuthenticator(ORIGIN).create(pending.prompt));
    const renamed = { ...made, id: randomBytes(32).toString('base64url') };
    expect(await setup.confirm(step, pending, [JSON.stringify(renamed)])).toEqual(refused('wrong'));
    const both = { ...renamed, rawId: renamed.id };
    expect(await setup.confirm(step, pending, [JSON.stringify(both)])).toEqual(refused('wrong'));
  });

  test('is good in its own session and for its own account alone, in time, and within its tries', async () => {
    const { store, clock, begin, setup } = await bench();
    const pending = await begin();
    const made = [softwareAuthenticator(ORIGIN).create(pending.prompt)];
    expect(await setup.confirm({ ...step, sessionHash: 'session-2' }, pending, made)).toEqual(refused('wrong'));
    expect(await setup.confirm(eve, pending, made)).toEqual(refused('wrong'));
    expect(await setup.confirm(step, { ...pending, triesLeft: 0 }, made)).toEqual(refused('expired'));
    await clock.advance(5 * 60_000);
    expect(await setup.confirm(step, pending, made)).toEqual(refused('expired'));
    expect(await store.list(account)).toEqual([]);
  });

  test('is not done by a signature for a proof, nor a proof by what sets up', async () => {
    const { setUp, begin, open, setup, method, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const [pending, proof] = [await begin(), await open()];
    expect(await setup.confirm(step, pending, [authenticator.get(proof.prompt)])).toEqual(refused('malformed'));
    expect(method.typed([authenticator.create(pending.prompt)])).toBeUndefined();
    const { challenge } = JSON.parse(pending.prompt);
    expect(await verify(authenticator.get(proof.prompt, { challenge }), proof)).toBe('wrong');
  });

  test('is refused for a passkey that is there already, and for one too many', async () => {
    const { begin, setup, setUp } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const pending = await begin();
    expect(await setup.confirm(step, pending, [authenticator.create(pending.prompt)])).toEqual(
      refused('there-already'),
    );
    for (let index = 0; index < 4; index += 1) await setUp(softwareAuthenticator(ORIGIN));
    const late = [softwareAuthenticator(ORIGIN).create(pending.prompt)];
    expect(await setup.confirm(step, pending, late)).toEqual(refused('too-many'));
    expect(await setup.begin(step, [])).toEqual(refused('too-many'));
    expect((await setup.begin(eve, [])).kind).toBe('pending');
  });

  test('trusts no maker: a statement of one is left aside, and no address in it is asked', async () => {
    const asked: string[] = [];
    await using server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const certificate = Buffer.from(`http://127.0.0.1:${port}/revoked`);
    for (const format of ['apple', 'packed', 'android-key', 'android-safetynet', 'tpm', 'fido-u2f', 'unheard-of']) {
      const { begin, setup } = await bench();
      const pending = await begin();
      const statement = cborMap([
        [cborText('alg'), cborInt(-7)],
        [cborText('sig'), cborBytes(randomBytes(70))],
        [cborText('x5c'), cborList([cborBytes(certificate)])],
      ]);
      const made = softwareAuthenticator(ORIGIN).create(pending.prompt, { attestation: { format, statement } });
      expect(await setup.confirm(step, pending, [made]), format).toEqual(done);
    }
    expect(asked).toEqual([]);
  });
});

describe('whatever is posted', () => {
  test('is refused by its length before anything else is looked at', async () => {
    const { begin, setup, method } = await bench();
    const pending = await begin();
    const long = ' '.repeat(24_576);
    const made = softwareAuthenticator(ORIGIN).create(pending.prompt);
    expect(await setup.confirm(step, pending, [`${made}${long}`])).toEqual(refused('malformed'));
    expect(await setup.confirm(step, pending, [made])).toEqual(done);
    const used = softwareAuthenticator(ORIGIN).get((await method.start(step, registered))?.prompt ?? '');
    expect(method.typed([`${used}${long}`])).toBeUndefined();
    expect(method.typed([used])).toBe(used);
  });

  test.each(['', '{}', '[]', 'null', '042815', '"text"', '{"id":1}', '[[[['.repeat(2000)])(
    'is no passkey if it is %.20j',
    async (posted) => {
      const { begin, setup, method } = await bench();
      expect(method.typed([posted])).toBeUndefined();
      const problem = posted === '' ? 'missing' : 'malformed';
      expect(await setup.confirm(step, await begin(), [posted])).toEqual(refused(problem));
    },
  );

  test('any text is refused without an exception', async () => {
    const { begin, open, setup, verify, method } = await bench();
    const [pending, proof] = [await begin(), await open()];
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.stringMatching(/^[\w-]*$/));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 2 }), async (fields) => {
        expect(method.typed(fields)).toBeUndefined();
        expect(await verify(fields[0] ?? '', proof)).toBe('wrong');
        expect(await setup.confirm(step, pending, fields)).toMatchObject({ kind: 'refused' });
      }),
    );
  });

  test('bytes of any kind in the place of the right ones are refused without an exception', async () => {
    const { begin, open, setup, setUp, verify, store } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const [pending, proof] = [await begin(), await open()];
    const [made, used] = [
      JSON.parse(softwareAuthenticator(ORIGIN).create(pending.prompt)),
      JSON.parse(authenticator.get(proof.prompt)),
    ];
    const bytes = fc
      .oneof(fc.uint8Array({ minLength: 1, maxLength: 600 }), fc.json().map(utf8), cborLike)
      .map((each) => Buffer.from(each).toString('base64url') || 'AA');
    const oneOf = (response: object) => fc.constantFrom(...Object.keys(response).filter((key) => key !== 'transports'));
    await fc.assert(
      fc.asyncProperty(bytes, oneOf(made.response), oneOf(used.response), async (value, ofMade, ofUsed) => {
        const spoilt = { ...made, response: { ...made.response, [ofMade]: value } };
        expect(await setup.confirm(step, pending, [JSON.stringify(spoilt)])).toMatchObject({ kind: 'refused' });
        const answer = { ...used, response: { ...used.response, [ofUsed]: value } };
        expect(await verify(JSON.stringify(answer), proof)).toBe('wrong');
      }),
      { numRuns: 300 },
    );
    expect(await store.list(account)).toMatchObject([{ counter: 0, usedAtMs: undefined }]);
  });

  test('authenticator data with any bit turned is refused, since it is signed', async () => {
    const { open, setUp, verify } = await bench();
    const authenticator = softwareAuthenticator(ORIGIN);
    await setUp(authenticator);
    const proof = await open();
    const used = JSON.parse(authenticator.get(proof.prompt));
    const data = Buffer.from(used.response.authenticatorData, 'base64url');
    for (let bit = 0; bit < data.length * 8; bit += 1) {
      const turned = Buffer.from(data);
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const response = { ...used.response, authenticatorData: turned.toString('base64url') };
      expect(await verify(JSON.stringify({ ...used, response }), proof), `bit ${bit}`).toBe('wrong');
    }
    expect(await verify(JSON.stringify(used), proof)).toBe('right');
  });
});

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Begins as an attestation object does, with authenticator data of our own front door, and goes on anyhow. */
const cborLike = fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.nat(255)).map(([rest, flags]) => {
  const ours = createHash('sha256').update('reset.example.com').digest();
  const authData = Buffer.concat([ours, Buffer.from([flags, 0, 0, 0, 1]), rest]);
  return cborMap([
    [cborText('fmt'), cborText('none')],
    [cborText('attStmt'), cborMap([])],
    [cborText('authData'), cborBytes(authData)],
  ]);
});
