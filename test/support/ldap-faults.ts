// What may befall one LDAP message on its way, as a closed list, and what a proxy has to do for each. Pure: a fault and the
// message it meets in, steps out. The messages are what networks cut and what no real directory sends.

import { assertNever } from '../../src/failure/assert.js';
import type { FramedMessage } from './ldap-framing.js';
import { aResponse, element, header, noticeOfDisconnection, text } from './ldap-messages.js';

export type Fault =
  /** So many of its bytes arrive, then the connection is gone. 0: it is lost whole. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** A TCP reset in its place. */
  | { readonly kind: 'reset' }
  /** The side it comes from says that it has no more to say, and goes on listening. */
  | { readonly kind: 'half-close' }
  /** The connection stands, and carries nothing more either way. */
  | { readonly kind: 'freeze' }
  | { readonly kind: 'delay'; readonly byMs: number }
  /** In pieces of so many bytes, each a TLS record of its own. */
  | { readonly kind: 'split'; readonly pieceBytes: number }
  | { readonly kind: 'garbage'; readonly where: 'before' | 'inside' | 'after' }
  /** Bytes that are no TLS, in its place. */
  | { readonly kind: 'broken-record' }
  /** It does not arrive; those after it do. */
  | { readonly kind: 'withhold' }
  /** So many small entries of the same answer, in one piece with it. */
  | { readonly kind: 'flood'; readonly messages: number }
  /** One entry of the same answer that is really so large, before it. */
  | { readonly kind: 'huge'; readonly bytes: number }
  /** A length that lies. `reaching-out` lies inside of the message, which is framed well. */
  | { readonly kind: 'length'; readonly form: 'two-gibibytes' | 'negative' | 'indefinite' | 'reaching-out' }
  /** An entry that is nothing but sequences in sequences, before it. */
  | { readonly kind: 'nesting'; readonly depth: number }
  /** RFC 4511 §4.4.1. The connection stays open: a client that ignores it waits. */
  | { readonly kind: 'notice-of-disconnection' }
  /** Result code 10 in place of what was answered. */
  | { readonly kind: 'referral'; readonly uri: string }
  | { readonly kind: 'reference'; readonly uri: string }
  /** RFC 4511 §4.13, before it. */
  | { readonly kind: 'intermediate-response' }
  | { readonly kind: 'other-message-id' }
  /** Twice, in one piece. */
  | { readonly kind: 'duplicate' }
  /** Anything else, in its place. */
  | { readonly kind: 'scripted'; readonly answer: (messageId: number) => Buffer };

export type Step =
  | { readonly kind: 'send'; readonly bytes: Buffer }
  | { readonly kind: 'wait'; readonly forMs: number }
  | { readonly kind: 'cut' | 'reset' | 'half-close' | 'freeze' | 'break-record' };

/** What is sent at once of something long. */
const PIECE_BYTES = 64 * 1024;
const GARBAGE = Buffer.from('HTTP/1.1 502 Bad Gateway\r\n\r\n');

export function stepsOf(fault: Fault, message: FramedMessage): readonly Step[] {
  const { bytes, messageId, operation, rest } = message;
  switch (fault.kind) {
    case 'cut':
      return fault.afterBytes === 0 ? [{ kind: 'cut' }] : [send(bytes.subarray(0, fault.afterBytes)), { kind: 'cut' }];
    case 'reset':
    case 'half-close':
    case 'freeze':
      return [{ kind: fault.kind }];
    case 'broken-record':
      return [{ kind: 'break-record' }];
    case 'delay':
      return [{ kind: 'wait', forMs: fault.byMs }, send(bytes)];
    case 'split':
      return piecesOf(bytes, fault.pieceBytes).map(send);
    case 'garbage':
      return [send(withGarbage(bytes, fault.where))];
    case 'withhold':
      return [];
    case 'flood':
      return [...flood(smallEntry(messageId), fault.messages), bytes].map(send);
    case 'huge':
      return [...hugeEntry(messageId, fault.bytes), bytes].map(send);
    case 'length':
      return [send(lying(message, fault.form))];
    case 'nesting':
      return [send(aResponse(messageId, element(0x64, text('CN=deep'), nested(fault.depth)))), send(bytes)];
    case 'notice-of-disconnection':
      return [send(noticeOfDisconnection()), { kind: 'freeze' }];
    case 'referral':
      return [send(aResponse(messageId, element(operation, resultOf(10), element(0xa3, text(fault.uri)))))];
    case 'reference':
      return [send(Buffer.concat([aResponse(messageId, element(0x73, text(fault.uri))), bytes]))];
    case 'intermediate-response':
      return [send(Buffer.concat([aResponse(messageId, element(0x79, element(0x81))), bytes]))];
    case 'other-message-id':
      return [send(aResponse(messageId + 1000, rest))];
    case 'duplicate':
      return [send(Buffer.concat([bytes, bytes]))];
    case 'scripted':
      return [send(fault.answer(messageId))];
    default:
      return assertNever(fault);
  }
}

function withGarbage(bytes: Buffer, where: 'before' | 'inside' | 'after'): Buffer {
  if (where === 'before') return Buffer.concat([GARBAGE, bytes]);
  if (where === 'after') return Buffer.concat([bytes, GARBAGE]);
  // Behind the header and the message id, so that it is framed well and answers the right request.
  return Buffer.from(bytes).fill(GARBAGE, Math.min(bytes.length - 1, 7));
}

function lying(
  { messageId, operation, bytes }: FramedMessage,
  form: 'two-gibibytes' | 'negative' | 'indefinite' | 'reaching-out',
): Buffer {
  switch (form) {
    case 'two-gibibytes':
      return Buffer.concat([Buffer.from([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff]), bytes.subarray(2)]);
    case 'negative':
      // What a signed reader takes for a step back, to the same element again.
      return entryOf(messageId, text('CN=a'), Buffer.from([0x04, 0x84, 0xff, 0xff, 0xff, 0xfa]));
    case 'indefinite':
      return Buffer.concat([Buffer.from([0x30, 0x80]), bytes.subarray(2), Buffer.alloc(2)]);
    case 'reaching-out':
      return aResponse(messageId, element(operation, resultOf(0)), Buffer.from([0xa0, 0x7f]));
    default:
      return assertNever(form);
  }
}

function entryOf(messageId: number, name: Buffer, value: Buffer): Buffer {
  return aResponse(messageId, element(0x64, name, element(0x30, element(0x30, text('cn'), element(0x31, value)))));
}

function smallEntry(messageId: number): Buffer {
  return aResponse(messageId, element(0x64, text(''), element(0x30)));
}

/** The same message so many times, in pieces that are one buffer, so that the proxy itself does not stand still over it. */
function flood(message: Buffer, times: number): Buffer[] {
  const perPiece = Math.min(times, Math.floor(PIECE_BYTES / message.length));
  const piece = Buffer.alloc(message.length * perPiece, message);
  const pieces = Array.from({ length: Math.floor(times / perPiece) }, () => piece);
  return [...pieces, piece.subarray(0, message.length * (times % perPiece))];
}

/** Its one value is so large, rounded up to whole pieces, which are one buffer. */
function hugeEntry(messageId: number, bytes: number): Buffer[] {
  const piece = Buffer.alloc(PIECE_BYTES, 0x61);
  const pieces = Math.ceil(bytes / PIECE_BYTES);
  let head = Buffer.alloc(0);
  const around = (tag: number, before: Buffer) => {
    head = Buffer.concat([header(tag, before.length + head.length + pieces * PIECE_BYTES), before, head]);
  };
  around(0x04, Buffer.alloc(0));
  around(0x31, Buffer.alloc(0));
  around(0x30, text('cn'));
  around(0x30, Buffer.alloc(0));
  around(0x64, text('CN=huge'));
  around(0x30, element(0x02, Buffer.from([messageId])));
  return [head, ...Array.from({ length: pieces }, () => piece)];
}

function resultOf(code: number): Buffer {
  return Buffer.concat([element(0x0a, Buffer.from([code])), text(''), text('')]);
}

function nested(depth: number): Buffer {
  const headers: Buffer[] = [];
  for (let length = 0; headers.length < depth; ) {
    const outer = header(0x30, length);
    headers.push(outer);
    length += outer.length;
  }
  return Buffer.concat(headers.reverse());
}

function piecesOf(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

function send(bytes: Buffer): Step {
  return { kind: 'send', bytes };
}
