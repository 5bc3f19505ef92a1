// DNS messages (RFC 1035 §4, RFC 2782), as far as finding domain controllers needs them: reads one question, writes SRV and A.
// For the tests' own responder; the product asks by node:dns.

export type DnsRecord =
  | { readonly type: 'A'; readonly name: string; readonly address: string }
  | {
      readonly type: 'SRV';
      readonly name: string;
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    };

export interface DnsQuestion {
  readonly id: number;
  readonly name: string;
  /** The number where it is neither. */
  readonly type: DnsRecord['type'] | number;
  /** As it came, to be repeated in the answer: a client may check the very case of the name. */
  readonly bytes: Buffer;
}

/** RFC 1035 §4.1.1. */
export const RESPONSE_CODES = { ok: 0, 'server-failure': 2, 'no-such-name': 3, refused: 5 } as const;

const HEADER_BYTES = 12;
const TYPES = new Map<DnsRecord['type'], number>([
  ['A', 1],
  ['SRV', 33],
]);
const CLASS_INTERNET = 1;
const TTL_SECONDS = 60;
/** Response, authoritative, recursion desired and available. */
const FLAGS = 0x8580;
const TRUNCATED = 0x0200;

/** Undefined for what is no question. */
export function readQuestion(message: Buffer): DnsQuestion | undefined {
  if (message.length < HEADER_BYTES || message.readUInt16BE(4) !== 1) return undefined;
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const end = at + 5;
  const number = message.readUInt16BE(at + 1);
  const type = [...TYPES].find(([, code]) => code === number)?.[0] ?? number;
  return { id: message.readUInt16BE(0), name: labels.join('.'), type, bytes: message.subarray(HEADER_BYTES, end) };
}

export interface DnsAnswer {
  readonly code: number;
  readonly records: readonly DnsRecord[];
  /** Addresses of what the records point to. Default: none. */
  readonly additional?: readonly DnsRecord[];
  readonly isTruncated?: boolean;
}

export function writeAnswer(question: DnsQuestion, answer: DnsAnswer): Buffer {
  const { code, records, additional = [], isTruncated = false } = answer;
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt16BE(question.id, 0);
  header.writeUInt16BE(FLAGS | (isTruncated ? TRUNCATED : 0) | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt16BE(additional.length, 10);
  return Buffer.concat([header, question.bytes, ...[...records, ...additional].map(writeRecord)]);
}

function writeRecord(record: DnsRecord): Buffer {
  const data = recordData(record);
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(TYPES.get(record.type) ?? 0, 0);
  fixed.writeUInt16BE(CLASS_INTERNET, 2);
  fixed.writeUInt32BE(TTL_SECONDS, 4);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([writeName(record.name), fixed, data]);
}

function recordData(record: DnsRecord): Buffer {
  if (record.type === 'A') return Buffer.from(record.address.split('.').map(Number));
  const fixed = Buffer.alloc(6);
  fixed.writeUInt16BE(record.priority, 0);
  fixed.writeUInt16BE(record.weight, 2);
  fixed.writeUInt16BE(record.port, 4);
  return Buffer.concat([fixed, writeName(record.target)]);
}

function writeName(name: string): Buffer {
  const labels = name.split('.').filter((label) => label !== '');
  const parts = labels.flatMap((label) => [Buffer.of(Buffer.byteLength(label)), Buffer.from(label)]);
  return Buffer.concat([...parts, Buffer.of(0)]);
}
