// Wires the front door: the only file that knows both its subjects and its technologies. Decides nothing.
// Opens what every command needs (openHouse), and what serving needs on top (runFrontDoor).

import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Server as TlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import type { Log } from '../logging/log.js';
import { ensurePrivateFolder } from '../private-files/private-file.js';
import { type Clock, isoInstant } from '../timing/clock.js';
import { wait } from '../timing/waits.js';
import type { ApiDeps } from './api/api-deps.js';
import { LaterWork } from './api/later-work.js';
import { personTeller } from './api/tell-person.js';
import { argon2Hasher } from './argon2/argon2-hasher.js';
import { watchCertificate } from './certificate-watch.js';
import type { FrontDoorConfig } from './config.js';
import { createDisowning } from './disowning/disown.js';
import { disownLinks, type News } from './disowning/disown-links.js';
import { administratorTeller } from './disowning/tell-administrators.js';
import { acceptEnrolment } from './enrolment/accept-enrolment.js';
import { createFrontDoorEvents, type FrontDoorEvents } from './events.js';
import { apiRoutes } from './http/api-routes.js';
import { loadAssets } from './http/assets.js';
import { brandFiles } from './http/brand-files.js';
import { createFrontDoorApp } from './http/front-door-app.js';
import { listen } from './http/listen.js';
import { disownPath } from './http/paths.js';
import { loadLooks } from './load-looks.js';
import { createDataBox } from './methods/data-box.js';
import type { AccountRef } from './methods/method-store.js';
import { noticeSettingsOf } from './notices/notice-settings.js';
import { openOutboxes } from './outboxes.js';
import { boundedHasher } from './people/bounded-hasher.js';
import { setCloudPassword } from './people/set-cloud-password.js';
import { LinkRelay } from './relay/link-relay.js';
import { carryOutInvalidation, recipientsFor } from './resets/carry-out.js';
import { createChallenges } from './resets/challenges.js';
import { findRoute } from './resets/find-route.js';
import { createResetFlow } from './resets/reset-flow.js';
import { sealedFlows } from './resets/sealed-flows.js';
import { doneTeller } from './resets/tell-done.js';
import { makeOwnSealingKey } from './sealing-keys/own-sealing-key.js';
import { type FrontDoorSecrets, loadFrontDoorSecrets, loadServerCertificate } from './secrets.js';
import { createSecurityInfo } from './security-info/security-info.js';
import { changeTeller } from './security-info/tell-changed.js';
import { createSignIn } from './sign-in/sign-in.js';
import { createVisitKeys } from './sign-in/visit-keys.js';
import { sealedVisits } from './sign-in/visit-store.js';
import { type FrontDoorStore, openSqliteStore } from './sqlite/sqlite-store.js';
import { groupsNamed } from './tenants/choose-policy.js';
import { addressesFor } from './tenants/contact-way.js';
import { openPolicies, type Policies } from './tenants/policies.js';
import { questionsTaken } from './tenants/security-questions.js';
import type { Tenant } from './tenants/tenant.js';
import { tenantsOfFile } from './tenants-of-settings.js';
import { openTexts } from './text-messages.js';
import { createThrottles } from './throttles/throttles.js';
import { methodSetupsOf, proofMethodsOf } from './ways-of-proving.js';
import { AGENT_ENDPOINT_LIMITS, AgentEndpoint } from './websocket/agent-endpoint.js';
import { clientKeys } from './websocket/client-address.js';
import { wordingOf } from './wording/wording.js';

const PRUNE_EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * 60_000;
const CERTIFICATE_LOOKED_AT_EVERY_MS = 60_000;
const REVOCATIONS_LOOKED_AT_EVERY_MS = 3_000;
const HOUSE_NAME = 'Drawbridge';
/** Never aborts: whoever closes the page must not leave it half done. Each request to an agent has its own deadline. */
const UNTIL_ANSWERED = new AbortController().signal;
const BROWSER_FOLDER = fileURLToPath(new URL('../../browser', import.meta.url));

/** What every command of the front door works with. */
export interface House extends AsyncDisposable {
  /** With the policies in force; see policies.ts. */
  readonly tenants: readonly Tenant[];
  readonly policies: Policies;
  readonly secrets: FrontDoorSecrets;
  readonly store: FrontDoorStore;
}

/** Opens the data folder: keys and store. Several processes may have it open. */
export async function openHouse(config: FrontDoorConfig, clock: Clock): Promise<House> {
  await ensurePrivateFolder(config.dataFolder);
  const secrets = await loadFrontDoorSecrets(config.dataFolder);
  const store = await openSqliteStore({
    path: join(config.dataFolder, 'front-door.sqlite'),
    clock,
    absentKeptMs: config.mirror.absentKeptDays * DAY_MS,
  });
  const policies = await openPolicies(tenantsOfFile(config), store.policies).catch(async (error: unknown) => {
    await store[Symbol.asyncDispose]();
    throw error;
  });
  return {
    tenants: policies.tenants,
    policies,
    secrets,
    store,
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

export interface FrontDoorOptions {
  readonly config: FrontDoorConfig;
  readonly software: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Serves until the signal aborts; then finishes what is under way. */
export async function runFrontDoor(options: FrontDoorOptions): Promise<void> {
  const { config, software, clock, signal } = options;
  const events = createFrontDoorEvents(options.log);
  await using stack = new AsyncDisposableStack();
  const { tenants, policies, secrets, store } = stack.use(await openHouse(config, clock));
  const { digestKey, dataKey, signingKey } = secrets;
  const random = (bytes: number): Uint8Array => randomBytes(bytes);
  const { timeZone, publicUrl } = config;
  const looks = await loadLooks(config.tenants);
  const wording = wordingOf(config.tenants);
  const noticeSettings = noticeSettingsOf({ wording, looks, timeZone });

  const outboxes = stack.use(await openOutboxes({ config, store, dataKey, clock, events }));
  const { outbox, tickets } = outboxes;
  const relay = new LinkRelay({
    registry: store.agents,
    mirror: store.mirror,
    passReports: store.passReports,
    groupsNamed: (tenantId) => tenants.filter(({ id }) => id === tenantId).flatMap(groupsNamed),
    hostName: new URL(publicUrl).hostname,
    frontDoorKey: signingKey,
    clock,
    random,
    events,
  });
  const throttles = createThrottles({ store: store.throttles, clock });
  const texts = await openTexts(config, { store, throttles, events, clock, signal });
  const ownKey = await makeOwnSealingKey();
  const { mirror, cloudAccounts } = store;
  const people = { relay, mirror, cloudAccounts, clock };
  const hasher = boundedHasher(argon2Hasher);
  const cloud = { cloudAccounts, hasher, ownKey, clock };
  const routes = {
    ...people,
    throttles,
    digestKey,
    proofMethods: proofMethodsOf(
      { store, secrets, tenants },
      { outbox, texts, clock, noticeSettings, hasher, publicUrl },
    ),
  };
  const links = disownLinks({ store: store.disownLinks, clock, random, digestKey });
  const disownAddress = async (news: News) => new URL(disownPath(await links.make(news)), publicUrl).href;
  const tellDone = doneTeller({ store: store.methods, outbox, clock, noticeSettings, disownAddress });
  const visits = sealedVisits(store.visits, createDataBox(dataKey, 'visits'));
  const flow = createResetFlow({
    ...routes,
    ...cloud,
    tenants,
    flows: sealedFlows(store.flows, createDataBox(dataKey, 'flows')),
    audit: store.audit,
    randomUuid: randomUUID,
    signOutEverywhere: (account) => visits.removeOfAccount(account, undefined),
    tellDone,
  });
  const signIn = createSignIn({
    ...routes,
    ...cloud,
    tenants,
    visits,
    visitKeys: createVisitKeys({ make: makeOwnSealingKey }),
    audit: store.audit,
    randomUuid: randomUUID,
    endFlowsOf: flow.endFlowsOf,
    tellDone,
  });
  const endSessionsOf = async (account: AccountRef) => {
    await flow.endFlowsOf(account);
    await visits.removeOfAccount(account, undefined);
  };
  const securityInfo = createSecurityInfo({
    ...routes,
    tenants,
    signIn,
    store: store.methods,
    setups: methodSetupsOf({ store, secrets, tenants }, { outbox, texts, clock, noticeSettings, hasher, publicUrl }),
    audit: store.audit,
    endFlowsOf: flow.endFlowsOf,
    signOutElsewhere: visits.removeOfAccount,
    tellChanged: changeTeller({ disownAddress, outbox, clock, noticeSettings, methodNames: wording.methodNames }),
  });

  const disowning = createDisowning({
    tenants,
    links,
    store: store.disownLinks,
    throttles,
    endFlows: endSessionsOf,
    methods: store.methods,
    isCloudOnly: async ({ tenantId, anchor }) => (await cloudAccounts.read(tenantId, anchor)) !== undefined,
    invalidate: (account, command) =>
      carryOutInvalidation({ relay, clock }, { account, command, signal: UNTIL_ANSWERED }),
    tellAdministrators: administratorTeller({
      outbox,
      tickets,
      randomUuid: randomUUID,
      mirror,
      cloudAccounts,
      noticeSettings,
    }),
    audit: store.audit,
    events,
    clock,
    randomUuid: randomUUID,
  });

  const watchFor = await watchCertificate([config.tls.certificateFile, config.tls.keyFile]);
  const { certificate, key } = await loadServerCertificate(config);
  const { brands, files } = brandFiles(looks);
  const assets = await loadAssets({
    browserFolder: BROWSER_FOLDER,
    stylesheetFile: join(BROWSER_FOLDER, 'style.css'),
    iconFile: join(BROWSER_FOLDER, 'icon.svg'),
  });
  const app = await createFrontDoorApp({
    publicUrl,
    houseName: HOUSE_NAME,
    tenants,
    flow,
    disowning,
    signIn,
    securityInfo,
    challenges: createChallenges({ store: store.challenges, clock, random, randomUuid: randomUUID }),
    throttles,
    outbox,
    tickets,
    audit: store.audit,
    recipients: (person) => recipientsFor({ relay, ownKey, clock }, person),
    acceptEnrolment: (body) =>
      acceptEnrolment(
        { registry: store.agents, frontDoorKey: signingKey, clock, randomUuid: randomUUID, events },
        body,
      ),
    checkStore: () => store.check(),
    assets: { ...assets, files: new Map([...assets.files, ...files]) },
    brands,
    wording,
    noticeSettings,
    timeZone,
    routeAnswerMs: config.routeAnswerMs,
    trustedProxies: config.trustedProxies,
    tls: { certificate, key: key.expose() },
    clock,
    random,
    randomUuid: randomUUID,
    digestKey,
    events,
  });
  const later = new LaterWork(clock);
  const api: ApiDeps = {
    ...people,
    tenants,
    tokens: store.apiTokens,
    resets: store.apiResets,
    passReports: store.passReports,
    policies,
    findRoute: (question) => findRoute(routes, question),
    ownKey,
    setCloudPassword: (tenantId, request) => setCloudPassword(cloud, tenantId, request),
    throttles,
    audit: store.audit,
    endSessionsOf,
    tellPerson: personTeller(tellDone),
    later: (work) => later.add(work),
    events,
    newCallId: randomUUID,
  };
  await app.register(apiRoutes({ ...api, publicUrl, version: software, signal }));

  const endpoint = stack.use(
    new AgentEndpoint({
      accept: (transport, address) => relay.accept(transport, address),
      addressOf: clientKeys(config.trustedProxies),
      clock,
      limits: AGENT_ENDPOINT_LIMITS,
      events,
    }),
  );
  endpoint.attach(app.server);
  await listen(app, config.listen);
  events.frontDoorStarted({ software, publicUrl, tenants: tenants.length });
  tellPolicySources(policies, events);
  for (const { id, policies: each, contact, notify } of tenants) {
    if (notify && addressesFor('security', contact).length === 0) events.disowningTellsNobody({ tenantId: id });
    const taken = questionsTaken(each);
    if (taken !== undefined) events.securityQuestionsTaken({ tenantId: id, ...taken });
  }

  const { server } = app;
  const certificateWatch = watchFor({
    load: () => loadServerCertificate(config),
    setSecureContext: (context) => {
      if (server instanceof TlsServer) server.setSecureContext(context);
    },
    events,
  });
  const background = [
    repeat({ task: 'look for a new certificate', everyMs: CERTIFICATE_LOOKED_AT_EVERY_MS, clock, events, signal }, () =>
      certificateWatch(),
    ),
    outboxes.deliver(signal),
    repeat({ task: 'forget what is over', everyMs: PRUNE_EVERY_MS, clock, events, signal }, () => store.prune()),
    repeat({ task: 'look for revoked agents', everyMs: REVOCATIONS_LOOKED_AT_EVERY_MS, clock, events, signal }, () =>
      endRevokedLinks(tenants, store, relay),
    ),
  ];
  await Promise.allSettled(background);
  await Promise.all([app.close(), relay.drain()]);
  await later.whenIdle();
  events.frontDoorStopped();
}

/** Where the policy of the file alone rules, as by default, there is nothing to tell. */
function tellPolicySources(policies: Policies, events: FrontDoorEvents): void {
  for (const { id: tenantId } of policies.tenants) {
    const { source, put, isPutIgnored, leftOut } = policies.inForce(tenantId);
    const putAt = put && isoInstant(put.putAtMs);
    if (source === 'api') events.policyFromApi({ tenantId, putAt, tokenId: put?.tokenId });
    if (isPutIgnored) events.putPolicyIgnored({ tenantId });
    for (const { policy, method, message } of leftOut)
      events.policyMethodLeftOut({ tenantId, policy, method, why: message });
  }
}

/** An agent may be revoked by another process, that of the command line. */
async function endRevokedLinks(tenants: readonly Tenant[], store: FrontDoorStore, relay: LinkRelay): Promise<void> {
  for (const { id } of tenants) {
    if (relay.liveAgents(id).length === 0) continue;
    const agents = await store.agents.list(id);
    for (const { agentId, isRevoked } of agents) if (isRevoked) relay.revoke(agentId);
  }
}

async function repeat(
  options: {
    readonly task: string;
    readonly everyMs: number;
    readonly clock: Clock;
    readonly events: Pick<FrontDoorEvents, 'housekeepingFailed'>;
    readonly signal: AbortSignal;
  },
  work: () => Promise<void>,
): Promise<void> {
  const { task, everyMs, clock, events, signal } = options;
  while (!signal.aborted) {
    await work().catch((failure: unknown) => events.housekeepingFailed({ task, failure }));
    await wait(clock, everyMs, signal).catch(() => undefined);
  }
}
