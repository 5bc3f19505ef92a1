// The example of docs/api.md, run as it stands against the API over HTTP; and its table of refusals against the code.

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { API_PROBLEMS } from '../../../../src/front-door/api/api-problems.js';
import * as sealingKit from '../../../../src/protocol/sealing-kit.js';
import * as sealingKitInNode from '../../../../src/protocol/sealing-kit-node.js';
import { ADA, makeApiBench, PASSWORD } from './api-bench.js';

const docs = await readFile('docs/api.md', 'utf8');

test.each([
  ['anywhere', sealingKit],
  ['in Node', sealingKitInNode],
])('the example resets a password %s', async (_, kit) => {
  const [, names = '', code = ''] =
    /```js\nimport \{ ([^}]+) \} from 'drawbridge\/sealing';\n(.+?)```/s.exec(docs) ?? [];
  expect(Object.keys(kit)).toEqual(expect.arrayContaining(names.split(', ')));
  const bench = await makeApiBench();
  const lines: string[] = [];
  const env = {
    DRAWBRIDGE_URL: await bench.app.listen({ port: 0, host: '127.0.0.1' }),
    DRAWBRIDGE_TOKEN: (await bench.tokenFor()).text,
    USER_ID: 'ada@example.com',
    NEW_PASSWORD: PASSWORD,
  };
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  const run = new AsyncFunction('kit', 'process', 'console', `const { ${names} } = kit;\n${code}`);
  await run(kit, { env }, { log: (...words: string[]) => lines.push(words.join(' ')) });
  expect(lines).toEqual(['settled done']);
  expect(bench.relay.arrived).toEqual([{ anchor: ADA, password: PASSWORD }]);
  await bench[Symbol.asyncDispose]();
});

test('both kits show the same names', () => {
  expect(Object.keys(sealingKitInNode).sort()).toEqual(Object.keys(sealingKit).sort());
});

test('the table of refusals has every refusal of the code, once and with its status', () => {
  const rows = [...docs.matchAll(/^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| (\d{3}) \|/gm)];
  const told = rows.flatMap(([, codes = '', status = '']) =>
    codes.split(', ').map((code) => [code.replaceAll('`', ''), Number(status)] as const),
  );
  const coded = Object.entries(API_PROBLEMS).map(([code, { status }]) => [code, status] as const);
  expect(new Map(told)).toEqual(new Map(coded));
  expect(told).toHaveLength(coded.length);
});
