// A secret cannot be seen by accident, and is gone when it is wiped.

import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/logging/log.js';
import { Secret } from '../../../src/secret/secret.js';

const TEXT = 'canary-Überraschung-7';

describe('a secret', () => {
  it('is what was put in, when it is exposed', () => {
    const secret = Secret.fromText(TEXT);
    expect(secret.expose()).toBe(TEXT);
    expect(secret.exposeBytes()).toEqual(new TextEncoder().encode(TEXT));
  });

  it.each<[string, (secret: Secret) => string]>([
    ['a template', (secret) => `${secret}`],
    ['String', (secret) => String(secret)],
    ['JSON', (secret) => JSON.stringify({ secret, deep: [{ secret }] })],
    ['inspect', (secret) => inspect({ secret }, { depth: 9, showHidden: true })],
    ['inspect of the thing itself', (secret) => inspect(secret, { showHidden: true, customInspect: true })],
    ['its keys and values', (secret) => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)])],
    ['an error that holds it', (secret) => inspect(new Error('failed', { cause: secret }))],
    ['the log', (secret) => logged({ held: secret })],
  ])('cannot be seen through %s', (_, show) => {
    const shown = show(Secret.fromText(TEXT));
    expect(shown).not.toContain('canary');
    expect(shown).not.toContain('99,97,110,97,114,121');
    expect(shown).not.toContain('63 61 6e 61 72 79');
  });

  it('zeroes the very bytes it took over', () => {
    const bytes = new TextEncoder().encode(TEXT);
    const secret = Secret.fromBytes(bytes);
    secret.wipe();
    expect(bytes.every((byte) => byte === 0)).toBe(true);
    expect(secret.expose()).not.toContain('canary');
  });

  it('is zeroed at the end of the block that uses it', () => {
    const bytes = new TextEncoder().encode(TEXT);
    {
      using secret = Secret.fromBytes(bytes);
      expect(secret.expose()).toBe(TEXT);
    }
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it('that is not text in UTF-8 is not exposed as something else', () => {
    expect(() => Secret.fromBytes(Uint8Array.of(0xff, 0xfe)).expose()).toThrow();
  });
});

function logged(fields: object): string {
  const lines: string[] = [];
  createLog({ level: 'debug', program: 'agent' }, { write: (line) => void lines.push(line) }).info(fields, 'event');
  return lines.join('');
}
