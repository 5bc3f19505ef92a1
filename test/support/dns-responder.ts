// A name server that says what a test tells it to, by UDP and TCP on one loopback port, for `Resolver.setServers` of node:dns.
// Can be silent, truncated, broken and lying, name by name: an answer is untrusted, and the product must live through each.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import type { DnsAnswer, DnsQuestion, DnsRecord } from './dns-messages.js';
import { RESPONSE_CODES, readQuestion, writeAnswer } from './dns-messages.js';

const HOST = '127.0.0.1';
/** Whose TCP port is taken by somebody else: rare, and another pair is soon found. */
const PORTS_TRIED_MAX = 20;

/** How a name is answered in place of the truth. */
export type DnsMisbehaviour =
  | 'silent'
  | 'server-failure'
  | 'refused'
  /** By UDP an empty answer that says it is truncated; by TCP the truth. */
  | 'truncated'
  /** Bytes that are no message, but for the id. */
  | 'garbage'
  /** The truth under the id of another question, as somebody who guesses would. */
  | 'wrong-id'
  /** The truth about another name. */
  | 'wrong-question';

export interface DnsResponder extends AsyncDisposable {
  /** As `setServers` takes it: `127.0.0.1:40053`. */
  readonly server: string;
  /** Every question so far, in order: `SRV _ldap._tcp.dc._msdcs.corp.example.com`. */
  readonly questions: readonly string[];
  /** Replaces what it knows. */
  serve(records: readonly DnsRecord[]): void;
  /** From now on the name is answered like that; undefined: truly again. */
  misbehave(name: string, how: DnsMisbehaviour | undefined): void;
}

export async function startDnsResponder(records: readonly DnsRecord[] = []): Promise<DnsResponder> {
  let known = records;
  const questions: string[] = [];
  const misbehaviours = new Map<string, DnsMisbehaviour>();
  const respond = (message: Buffer, by: 'udp' | 'tcp') => {
    const question = readQuestion(message);
    if (question === undefined) return undefined;
    questions.push(`${question.type} ${question.name}`);
    return answerBytes(question, known, { by, how: misbehaviours.get(question.name.toLowerCase()) });
  };
  const { port, close } = await listen(respond);
  return {
    server: `${HOST}:${port}`,
    questions,
    serve: (records) => {
      known = records;
    },
    misbehave: (name, how) => {
      if (how === undefined) misbehaviours.delete(name.toLowerCase());
      else misbehaviours.set(name.toLowerCase(), how);
    },
    [Symbol.asyncDispose]: close,
  };
}

export interface AdvertisedController {
  readonly hostName: string;
  readonly address: string;
  readonly site: string;
  readonly isPdcEmulator?: boolean;
  /** Default 0 and 100, as every controller registers itself. */
  readonly priority?: number;
  readonly weight?: number;
}

/** What Active Directory has registered for its controllers (MS-ADTS 6.3.2.3), as far as finding one for LDAP needs it. */
export function activeDirectoryRecords(domain: string, controllers: readonly AdvertisedController[]): DnsRecord[] {
  return controllers.flatMap(({ hostName, address, site, isPdcEmulator = false, priority = 0, weight = 100 }) => {
    const names = [
      `_ldap._tcp.${domain}`,
      `_ldap._tcp.dc._msdcs.${domain}`,
      `_ldap._tcp.${site}._sites.${domain}`,
      `_ldap._tcp.${site}._sites.dc._msdcs.${domain}`,
      ...(isPdcEmulator ? [`_ldap._tcp.pdc._msdcs.${domain}`] : []),
    ];
    return [
      { type: 'A' as const, name: hostName, address },
      ...names.map((name) => ({ type: 'SRV' as const, name, priority, weight, port: 389, target: hostName })),
    ];
  });
}

// --- Answers -------------------------------------------------------------------------------------------------------

function answerBytes(
  question: DnsQuestion,
  known: readonly DnsRecord[],
  { by, how }: { by: 'udp' | 'tcp'; how: DnsMisbehaviour | undefined },
): Buffer | undefined {
  const truth = truthAbout(question, known);
  switch (how) {
    case undefined:
      return writeAnswer(question, truth);
    case 'silent':
      return undefined;
    case 'server-failure':
    case 'refused':
      return writeAnswer(question, { code: RESPONSE_CODES[how], records: [] });
    case 'truncated':
      if (by === 'tcp') return writeAnswer(question, truth);
      return writeAnswer(question, { code: RESPONSE_CODES.ok, records: [], isTruncated: true });
    case 'garbage':
      return writeAnswer(question, truth).fill(0xff, 2);
    case 'wrong-id':
      return writeAnswer({ ...question, id: question.id ^ 1 }, truth);
    case 'wrong-question':
      return writeAnswer({ ...question, bytes: withOtherName(question.bytes) }, truth);
  }
}

function truthAbout({ name, type }: DnsQuestion, known: readonly DnsRecord[]): DnsAnswer {
  const ofName = known.filter((record) => isSameName(record.name, name));
  const records = ofName.filter((record) => record.type === type);
  const targets = records.flatMap((record) => (record.type === 'SRV' ? [record.target] : []));
  return {
    code: ofName.length > 0 ? RESPONSE_CODES.ok : RESPONSE_CODES['no-such-name'],
    records,
    additional: known.filter(({ type, name }) => type === 'A' && targets.some((target) => isSameName(target, name))),
  };
}

function isSameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The same question, but for the first letter. */
function withOtherName(bytes: Buffer): Buffer {
  const other = Buffer.from(bytes);
  other[1] = other[1] === 0x78 ? 0x79 : 0x78;
  return other;
}

// --- Sockets -------------------------------------------------------------------------------------------------------

type Respond = (message: Buffer, by: 'udp' | 'tcp') => Buffer | undefined;

/** Both on one port, as a client that is told of a truncated answer expects. */
async function listen(respond: Respond): Promise<{ port: number; close: () => Promise<void> }> {
  for (let attempt = 0; attempt < PORTS_TRIED_MAX; attempt += 1) {
    const tcp = createServer();
    const sockets = new Set<Socket>();
    tcp.listen(0, HOST);
    await once(tcp, 'listening');
    const bound = tcp.address();
    if (bound === null || typeof bound === 'string') throw new Error('a TCP server has a port');
    const { port } = bound;
    const udp = createSocket('udp4');
    udp.bind(port, HOST);
    const isOurs = await once(udp, 'listening').then(
      () => true,
      () => false,
    );
    const close = async () => {
      for (const socket of sockets) socket.destroy();
      if (isOurs) udp.close();
      tcp.close();
      await once(tcp, 'close');
    };
    if (!isOurs) {
      await close();
      continue;
    }
    udp.on('message', (message, { port: from, address }) => {
      const answer = respond(message, 'udp');
      if (answer !== undefined) udp.send(answer, from, address);
    });
    tcp.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      // Preceded by their length (RFC 1035 §4.2.2); a question is small enough to come in one piece.
      socket.on('data', (bytes: Buffer) => {
        const answer = respond(bytes.subarray(2), 'tcp');
        if (answer === undefined) return;
        const length = Buffer.alloc(2);
        length.writeUInt16BE(answer.length);
        socket.write(Buffer.concat([length, answer]));
      });
    });
    return { port, close };
  }
  throw new Error('no port is free for both UDP and TCP');
}
