// What the commands do that add, show and take away ways of proving who one is; the person is told of whatever changes. For administrators, by the side of
// a front door that runs: it sends the mails that are handed over here. Shows no address or number whole, and
// a secret once, when it is made.

import { randomBytes, randomUUID } from 'node:crypto';
import { columns } from '../terminal/columns.js';
import { printable } from '../terminal/printable.js';
import { say } from '../terminal/terminal.js';
import { isoInstant, systemClock } from '../timing/clock.js';
import { CommandRefused, personNamed, tenantNamed } from './command-arguments.js';
import { type FrontDoorConfig, readFrontDoorConfig } from './config.js';
import { disownLinks, type News } from './disowning/disown-links.js';
import { type House, openHouse } from './front-door.js';
import { disownPath } from './http/paths.js';
import { loadLooks } from './load-looks.js';
import { registerAuthenticator } from './methods/authenticator-code/authenticator-code.js';
import { authenticatorBox } from './methods/authenticator-code/method.js';
import { createDataBox } from './methods/data-box.js';
import { directoryAddressesInWords } from './methods/directory-addresses.js';
import type { MethodKind } from './methods/every-method.js';
import type { AccountRef, KeptMethod } from './methods/method-store.js';
import { makeRecoveryCodes } from './methods/recovery-code/recovery-code.js';
import { RECOVERY_CODES_ID, RECOVERY_CODES_KIND, removeWay, waysToRemove } from './methods/ways-to-remove.js';
import { everyAddress } from './notices/every-address.js';
import { noticeSettingsOf } from './notices/notice-settings.js';
import { sealedOutbox } from './outbox/sealed-outbox.js';
import { maskAddress } from './pages/mask-address.js';
import type { Change } from './security-info/security-info.js';
import { changeTeller } from './security-info/tell-changed.js';
import { choosePolicy } from './tenants/choose-policy.js';
import type { Tenant } from './tenants/tenant.js';
import { wordingOf } from './wording/wording.js';

interface ConfigOption {
  readonly config: string;
}

/** As `--json` prints it. */
interface ListedMethod {
  readonly id: string;
  readonly kind: string;
  readonly maskedAddress?: string | undefined;
  /** As its person calls it. */
  readonly name?: string;
  readonly codesLeft?: number;
  readonly setUpAt: string;
  /** Undefined where it was not used, or its kind does not count that. */
  readonly usedAt?: string | undefined;
}

const HEADINGS = ['id', 'kind', 'address', 'name', 'set up', 'last used'];

export async function listMethods(
  tenantId: string,
  user: string,
  { config, json }: ConfigOption & { readonly json?: true },
): Promise<void> {
  await using house = await openHouse(await readFrontDoorConfig(config), systemClock);
  const { methods } = house.store;
  const tenant = tenantNamed(house, tenantId);
  const { account, known } = await personNamed(house, tenant, user);
  const listed: ListedMethod[] = (await methods.list(account)).map(
    ({ id, kind, address, name, setUpAtMs, usedAtMs }) => ({
      id,
      kind,
      maskedAddress: address === '' ? undefined : maskAddress(address),
      name,
      setUpAt: isoInstant(setUpAtMs),
      usedAt: usedAtMs === undefined ? undefined : isoInstant(usedAtMs),
    }),
  );
  const codes = await methods.recoveryCodesMade(account);
  if (codes !== undefined) {
    const left = await methods.recoveryCodesLeft(account);
    listed.push({
      id: RECOVERY_CODES_ID,
      kind: RECOVERY_CODES_KIND,
      codesLeft: left,
      setUpAt: isoInstant(codes.madeAtMs),
    });
  }
  // Not set up here, and it may be what they prove themselves with all the same.
  const isMoreKnown = known.addresses.length + known.phones.length > 0;
  const knownBesides = isMoreKnown ? directoryAddressesInWords(known, choosePolicy(tenant, known)) : undefined;
  if (json === true) return say(JSON.stringify({ setUp: listed, knownBesides }, null, 2));
  if (listed.length > 0) say(...columns(HEADINGS, listed.map(rowOf)));
  else say('Nothing was set up here for this person. What the directory has of them is changed there.');
  if (knownBesides !== undefined) say('', `Known besides: ${printable(knownBesides)}.`);
}

function rowOf({ id, kind, maskedAddress = '', name = '', codesLeft, setUpAt, usedAt = '' }: ListedMethod): string[] {
  return [id, kind, maskedAddress, codesLeft === undefined ? name : `${codesLeft} left`, setUpAt, usedAt];
}

export function addAuthenticator(tenantId: string, user: string, option: ConfigOption): Promise<void> {
  return onPerson({ tenantId, user, option }, async ({ house, tenant, account }, tell) => {
    const { methods, audit } = house.store;
    const before = await methods.list(account);
    const box = authenticatorBox(house.secrets.dataKey);
    const deps = { store: methods, box, clock: systemClock, random: randomBytes, randomUuid: randomUUID };
    const address = await registerAuthenticator(deps, { account, organisationName: tenant.name, userId: user });
    if (address === undefined) throw new CommandRefused('this person has as many authenticators as one may have');
    await audit.append({ event: 'authenticator-registered', fields: account });
    say(address);
    const added = (await methods.list(account)).find(({ id }) => !before.some((each) => each.id === id));
    if (added === undefined) return;
    await tell({ method: added.kind, change: 'added', addedId: added.id, before });
  });
}

export function makeCodes(tenantId: string, user: string, option: ConfigOption): Promise<void> {
  return onPerson({ tenantId, user, option }, async ({ house, tenant, account }, tell) => {
    const { methods, audit } = house.store;
    const deps = { store: methods, clock: systemClock, random: randomBytes, digestKey: house.secrets.digestKey };
    const codes = await makeRecoveryCodes(deps, account);
    await audit.append({ event: 'recovery-codes-made', fields: account });
    if (!tenant.policies.some((policy) => policy.methods.includes(RECOVERY_CODES_KIND)))
      process.stderr.write(
        `No policy of ${tenant.id} takes recovery codes yet: name recovery-code among its methods.\n`,
      );
    // Nothing else on standard output, so that they can be sent to a printer as they are.
    say(...codes);
    const before = await methods.list(account);
    await tell({ method: RECOVERY_CODES_KIND, change: 'added', addedId: RECOVERY_CODES_ID, before });
  });
}

export function removeMethod(tenantId: string, user: string, id: string, option: ConfigOption): Promise<void> {
  return onPerson({ tenantId, user, option }, async ({ house, account, supportId }, tell) => {
    const { methods, audit } = house.store;
    const way = (await waysToRemove(methods, account)).find((each) => each.id === id);
    if (way === undefined || !(await removeWay(methods, account, id)))
      throw new CommandRefused(
        'this person has nothing of this id; `drawbridge front-door methods list` shows what there is',
      );
    await endSessionsOf(house, account);
    await audit.append({ event: 'method-removed', fields: { ...account, supportId, method: way.kind } });
    say('Removed. Whatever was under way here for this account has ended.');
    // Not at an address that was just taken away: it may not be theirs.
    await tell({ method: way.kind, change: 'removed', addedId: undefined, before: await methods.list(account) });
  });
}

/** Whose ways a command changes. */
interface Meant {
  readonly house: House;
  readonly tenant: Tenant;
  readonly account: AccountRef;
  /** Of what is done here, in the journal and in the mail. */
  readonly supportId: string;
}

/** `before`: what the person had when it was done, whose addresses are told of it. */
type TellPerson = (done: {
  readonly method: MethodKind;
  readonly change: Change;
  readonly addedId: string | undefined;
  readonly before: readonly KeptMethod[];
}) => Promise<void>;

/** Finds the person, and has `change` made to their ways and told to them. */
async function onPerson(
  { tenantId, user, option }: { readonly tenantId: string; readonly user: string; readonly option: ConfigOption },
  change: (meant: Meant, tell: TellPerson) => Promise<void>,
): Promise<void> {
  const config = await readFrontDoorConfig(option.config);
  await using house = await openHouse(config, systemClock);
  const tenant = tenantNamed(house, tenantId);
  const { account, userIds, addresses } = await personNamed(house, tenant, user);
  const supportId = randomUUID();
  await change({ house, tenant, account, supportId }, async ({ before, ...done }) => {
    const tellChanged = await tellerOf(config, house);
    await tellChanged({
      tenant,
      visit: { userId: userIds[0] ?? user, supportId, language: tenant.language },
      account,
      addresses: everyAddress(addresses, before),
      ...done,
    });
  });
}

/** Whoever proves something, or is signed in, may be about to use what is gone. What was submitted is answered all the same. */
async function endSessionsOf({ store: { flows, visits } }: House, account: AccountRef): Promise<void> {
  for (const sessionHash of await flows.sessionsOf(account)) await flows.remove(sessionHash);
  await visits.removeOfAccount(account, undefined);
}

/** Hands mails over to the front door that runs. */
async function tellerOf(config: FrontDoorConfig, { store, secrets }: House) {
  const { digestKey, dataKey } = secrets;
  const { timeZone, publicUrl } = config;
  const clock = systemClock;
  const wording = wordingOf(config.tenants);
  const links = disownLinks({ store: store.disownLinks, clock, random: randomBytes, digestKey });
  return changeTeller({
    outbox: sealedOutbox({
      store: store.outbox,
      box: createDataBox(dataKey, 'outbox'),
      clock,
      randomUuid: randomUUID,
      // The other process looks for itself.
      wake: () => undefined,
    }),
    clock,
    noticeSettings: noticeSettingsOf({ wording, looks: await loadLooks(config.tenants), timeZone }),
    methodNames: wording.methodNames,
    disownAddress: async (news: News) => new URL(disownPath(await links.make(news)), publicUrl).href,
  });
}
