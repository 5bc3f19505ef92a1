// A real OpenLDAP directory behind the faulty proxy, a pool of our own connections in front of it, and the truth past both.
// What every test of a fault needs to say: how the request ended and when, what left, what was written, who was hurt.

import { Attribute, Change } from 'ldapts';
import { expect, onTestFinished } from 'vitest';
import { openCertificateAuthority } from '../../../scripts/lab/certificate-authority.js';
import { LAB_RANGES, pickLabAddress } from '../../../scripts/lab/lab-address.js';
import { type OpenLdapDirectory, peopleLdif, startOpenLdap } from '../../../scripts/lab/openldap-directory.js';
import { LdapConnection, type ModifyAnswer, parseEndpoint } from '../../../src/agent/ldap/connection.js';
import { ConnectionPool } from '../../../src/agent/ldap/connection-pool.js';
import { noDirectoryEvents } from '../../../src/agent/ldap/directory-events.js';
import type { LdapEntry } from '../../../src/agent/ldap/ldap-entry.js';
import { Secret } from '../../../src/secret/secret.js';
import { systemClock } from '../../../src/timing/clock.js';
import { type FaultyLdapProxy, startFaultyLdapProxy } from '../../support/faulty-ldap-proxy.js';

export const PEOPLE_DN = 'ou=people,dc=example,dc=com';
export const PERSON_DN = `uid=person1,${PEOPLE_DN}`;
export const OPERATION_TIMEOUT_MS = 1500;
export const CONNECT_TIMEOUT_MS = 1000;
/** What a timer, a busy machine and a second attempt may add to a deadline. */
export const GRACE_MS = 900;
/**
 * What one test may compute, proxy and all: whoever works longer serves nobody else meanwhile. Not how long the event loop
 * stood still, which on a busy machine tells of the machine. ldapts alone took 8 s for one message of 24 MB.
 */
const CPU_MS_MAX = 3000;
const PEOPLE = 3;

export interface RealDirectory {
  readonly directory: OpenLdapDirectory;
  readonly authority: Awaited<ReturnType<typeof openCertificateAuthority>>;
}

/** One for a test file: `folder` goes with the test run. */
export async function startDirectory(folder: string, ldif = ''): Promise<RealDirectory> {
  const authority = await openCertificateAuthority(folder);
  const directory = await startOpenLdap({
    folder: `${folder}/openldap`,
    address: await pickLabAddress(LAB_RANGES.tests),
    authority,
    ldif: [...peopleLdif({ peopleDn: PEOPLE_DN, count: PEOPLE, password: 'Bridge-Lamp-47' }), ldif],
    durability: 'no-sync',
  });
  return { directory, authority };
}

export interface FaultyDirectory extends AsyncDisposable {
  readonly proxy: FaultyLdapProxy;
  readonly pool: ConnectionPool<string>;
  /** All people, over the pool. */
  search(signal?: AbortSignal): Promise<string[]>;
  /** Gives the person a description, over one connection of the pool, once. */
  describePerson(description: string): Promise<ModifyAnswer>;
  /** What the directory itself says, asked past proxy and pool. */
  descriptionInTruth(): Promise<string | undefined>;
}

/** Ended with the test, which fails if a request left unbound, the process was hurt or somebody computed without end. */
export async function behindFaults(
  { directory, authority }: RealDirectory,
  { operationTimeoutMs = OPERATION_TIMEOUT_MS }: { readonly operationTimeoutMs?: number } = {},
): Promise<FaultyDirectory> {
  const { host } = parseEndpoint(directory.url);
  const proxy = await startFaultyLdapProxy({
    authority,
    hostName: directory.hostName,
    directory: { host, port: 636 },
  });
  const open = (url: string, signal: AbortSignal) =>
    LdapConnection.open(
      {
        endpoint: parseEndpoint(url),
        serverName: directory.hostName,
        ca: authority.certificatePem,
        bindName: directory.adminDn,
        bindPassword: Secret.fromText(directory.adminPassword),
        connectTimeoutMs: CONNECT_TIMEOUT_MS,
        operationTimeoutMs,
      },
      signal,
    );
  const pool = new ConnectionPool<string>({
    endpoints: async () => [parseEndpoint(`ldaps://127.0.0.1:${proxy.port}`)],
    readPassword: () => Secret.fromText(directory.adminPassword),
    open: ({ url }, _, signal) => open(url, signal),
    greet: async () => 'openldap',
    salt: Buffer.alloc(32),
    clock: systemClock,
    events: noDirectoryEvents,
  });
  const hurt = watchProcess();
  const cpuBefore = process.cpuUsage();
  const dispose = async () => {
    pool.close();
    await proxy[Symbol.asyncDispose]();
  };
  onTestFinished(async () => {
    const { user, system } = process.cpuUsage(cpuBefore);
    await dispose();
    hurt.stop();
    expect(hurt.errors, 'nothing may reach the process').toEqual([]);
    expect(
      proxy.requests.filter(({ isBound, operation }) => !isBound && operation !== 'bind'),
      'nothing may be sent unbound',
    ).toEqual([]);
    expect((user + system) / 1000, 'milliseconds of computing').toBeLessThan(CPU_MS_MAX);
  });
  return {
    proxy,
    pool,
    search: (signal = deadline()) => pool.read(signal, ({ connection }) => namesOfPeople(connection, signal)),
    describePerson: async (description) => {
      using lease = await pool.lease(deadline());
      return await lease.connection.modify(descriptionChange(description), deadline());
    },
    descriptionInTruth: async () => {
      const direct = await open(directory.url, deadline());
      try {
        const request = { base: PERSON_DN, scope: 'base', attributes: ['description'] } as const;
        return (await direct.search(request, deadline()))[0]?.text('description');
      } finally {
        direct.destroy();
      }
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** For waits that must not be the ones that end a test. */
export function deadline(): AbortSignal {
  return AbortSignal.timeout(30_000);
}

export async function namesOfPeople(connection: LdapConnection, signal: AbortSignal): Promise<string[]> {
  const entries = await connection.search({ base: PEOPLE_DN, scope: 'sub', attributes: ['uid'] }, signal);
  return entries.flatMap((entry: LdapEntry) => entry.texts('uid'));
}

export const ALL_NAMES = Array.from({ length: PEOPLE }, (_, index) => `person${index}`);

export function descriptionChange(description: string) {
  const modification = new Attribute({ type: 'description', values: [description] });
  return {
    distinguishedName: PERSON_DN,
    changes: [new Change({ operation: 'replace', modification })],
    controls: [],
  };
}

/** How it ended and how long it took. */
export async function timed<T>(work: () => Promise<T>): Promise<{ ended: T | Error; tookMs: number }> {
  const sinceMs = performance.now();
  const ended = await work().catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
  return { ended, tookMs: performance.now() - sinceMs };
}

/** What would have ended a daemon. */
function watchProcess() {
  const errors: unknown[] = [];
  const note = (error: unknown) => errors.push(error);
  process.on('uncaughtException', note).on('unhandledRejection', note);
  return { errors, stop: () => process.off('uncaughtException', note).off('unhandledRejection', note) };
}
