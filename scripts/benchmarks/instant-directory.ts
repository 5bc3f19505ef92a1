// Stands in for a directory that costs nothing: an LDAPS server in a thread of its own that answers as an Active Directory
// would, at once, from memory, and writes nothing down. The agent takes it for one; so what is left is the bridge's own cost.
// Understands what the agent asks and no more: bind, modify, and searches told apart by their base and scope.

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { BerReader } from 'ldapts';
import type { CertificateAuthority } from '../lab/certificate-authority.js';
import type { BenchAccount } from './bench-accounts.js';
import { type EntryText, requestsIn, searchAnswer, simpleAnswer } from './ldap-server-messages.js';

export const INSTANT_BASE_DN = 'DC=corp,DC=example,DC=com';
export const INSTANT_UNIT = `OU=Staff,${INSTANT_BASE_DN}`;

export interface InstantDirectory extends AsyncDisposable {
  readonly url: string;
  readonly accounts: readonly BenchAccount[];
}

interface ThreadSettings {
  readonly host: string;
  readonly port: number;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly people: number;
}

export async function startInstantDirectory(options: {
  readonly host: string;
  readonly port: number;
  readonly authority: CertificateAuthority;
  readonly people: number;
}): Promise<InstantDirectory> {
  const { host, port, authority, people } = options;
  const issued = await authority.issue({ hostNames: ['instant.example.com'], addresses: [host] });
  const settings: ThreadSettings = { host, port, people, ...issued };
  const worker = new Worker(new URL(import.meta.url), { workerData: settings });
  // Rejects with what the thread could not do.
  await once(worker, 'message');
  return {
    url: `ldaps://${host}:${port}`,
    accounts: Array.from({ length: people }, (_, number) => ({
      distinguishedName: personDn(number),
      anchor: guidTextOf(number),
    })),
    [Symbol.asyncDispose]: async () => {
      await worker.terminate();
    },
  };
}

// --- In the thread -----------------------------------------------------------------------------------------------

const BIND_REQUEST = 0x60;
const BIND_RESPONSE = 0x61;
const SEARCH_REQUEST = 0x63;
const MODIFY_REQUEST = 0x66;
const MODIFY_RESPONSE = 0x67;
const WHOLE_SUBTREE = 2;
/** By a name, of which the agent wants two at most; a full read has no such limit. Only its own account is looked up here. */
const SIZE_LIMIT_OF_A_LOOK_UP = 2;

function serve(settings: ThreadSettings, tellReady: () => void): void {
  const { certificatePem: cert, privateKeyPem: key } = settings;
  const people = Array.from({ length: settings.people }, (_, number) => personEntry(number));
  const server = createServer({ cert, key }, (socket) => {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    answerAll(socket, people);
  });
  server.listen(settings.port, settings.host, tellReady);
}

function answerAll(socket: Socket, people: readonly EntryText[]): void {
  let arrived: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    const { requests, rest } = requestsIn(Buffer.concat([arrived, chunk]));
    arrived = rest;
    for (const request of requests) {
      const answer = answerTo(request, people);
      if (answer !== undefined) socket.write(answer);
    }
  });
}

/** Undefined for what needs no answer: unbind and abandon. */
function answerTo(request: Buffer, people: readonly EntryText[]): Buffer | undefined {
  const reader = new BerReader(request);
  reader.readSequence();
  const messageId = reader.readInt() ?? 0;
  switch (reader.peek()) {
    case BIND_REQUEST:
      return simpleAnswer(messageId, BIND_RESPONSE);
    case MODIFY_REQUEST:
      return simpleAnswer(messageId, MODIFY_RESPONSE);
    case SEARCH_REQUEST: {
      reader.readSequence(SEARCH_REQUEST);
      const base = reader.readString() ?? '';
      const isWholeSubtree = reader.readEnumeration() === WHOLE_SUBTREE;
      // How to follow aliases comes between; then how many entries are wanted at most.
      reader.readEnumeration();
      const isForOne = reader.readInt() === SIZE_LIMIT_OF_A_LOOK_UP;
      return searchAnswer(messageId, entriesAt({ base, isWholeSubtree, isForOne }, people));
    }
    default:
      return undefined;
  }
}

function entriesAt(
  search: { readonly base: string; readonly isWholeSubtree: boolean; readonly isForOne: boolean },
  people: readonly EntryText[],
): readonly EntryText[] {
  const { base } = search;
  const number = /^<GUID=([0-9a-f]{8})-/.exec(base)?.[1];
  if (number !== undefined) return people.slice(Number.parseInt(number, 16), Number.parseInt(number, 16) + 1);
  if (base === '') return [ROOT_DSE];
  if (base === SERVICE_NAME) return [{ name: base, attributes: { invocationId: [GUID_OF_DIRECTORY] } }];
  if (base === `CN=Partitions,${CONFIGURATION}`) return [{ name: base, attributes: { nETBIOSName: ['CORP'] } }];
  if (search.isWholeSubtree) return search.isForOne ? [SERVICE_ACCOUNT] : people;
  return [{ name: base, attributes: { objectClass: ['top', 'domainDNS'] } }];
}

const CONFIGURATION = `CN=Configuration,${INSTANT_BASE_DN}`;
const SERVICE_NAME = `CN=NTDS Settings,CN=DC1,CN=Servers,${CONFIGURATION}`;
const GUID_OF_DIRECTORY = Buffer.alloc(16, 7);
/** A self-relative descriptor without a DACL (MS-DTYP 2.4.6): nothing is denied. */
const NOTHING_DENIED = Buffer.concat([Buffer.from([1, 0, 0, 0x80]), Buffer.alloc(16)]);

const ROOT_DSE: EntryText = {
  name: '',
  attributes: {
    // An Active Directory, and the control that makes a reset obey history.
    supportedCapabilities: ['1.2.840.113556.1.4.800'],
    supportedControl: ['1.2.840.113556.1.4.319', '1.2.840.113556.1.4.2239'],
    dnsHostName: ['instant.example.com'],
    dsServiceName: [SERVICE_NAME],
    defaultNamingContext: [INSTANT_BASE_DN],
    configurationNamingContext: [CONFIGURATION],
    vendorName: ['instant stand-in'],
  },
};

const SERVICE_ACCOUNT: EntryText = {
  name: `CN=svc-drawbridge,${INSTANT_BASE_DN}`,
  attributes: { objectGUID: [Buffer.alloc(16, 9)] },
};

function personEntry(number: number): EntryText {
  const name = `person${number}`;
  return {
    name: personDn(number),
    attributes: {
      objectClass: ['top', 'person', 'organizationalPerson', 'user'],
      objectGUID: [guidBytesOf(number)],
      objectSid: [sidOf(1000 + number)],
      cn: [name],
      displayName: [name],
      sAMAccountName: [name],
      userPrincipalName: [`${name}@corp.example.com`],
      userAccountControl: ['512'],
      'msDS-User-Account-Control-Computed': ['0'],
      pwdLastSet: ['133500000000000000'],
      accountExpires: ['0'],
      mail: [`${name}@corp.example.com`],
      otherMailbox: [`${name}@example.net`],
      nTSecurityDescriptor: [NOTHING_DENIED],
      tokenGroups: [sidOf(513)],
    },
  };
}

function personDn(number: number): string {
  return `CN=person${number},${INSTANT_UNIT}`;
}

/** The number is the GUID's first field, which lies in the directory little-endian. */
function guidBytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(16, 1);
  bytes.writeUInt32LE(number, 0);
  return bytes;
}

function guidTextOf(number: number): string {
  return `${number.toString(16).padStart(8, '0')}-0101-0101-0101-010101010101`;
}

/** S-1-5-21-1-1-1-RID. */
function sidOf(relativeId: number): Buffer {
  const bytes = Buffer.from('010500000000000515000000010000000100000001000000', 'hex');
  const rid = Buffer.alloc(4);
  rid.writeUInt32LE(relativeId, 0);
  return Buffer.concat([bytes, rid]);
}

if (parentPort !== null) {
  const parent = parentPort;
  serve(workerData, () => parent.postMessage('ready'));
}
