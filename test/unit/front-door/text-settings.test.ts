// Settings of text messages: what is filled in from them, and what is refused before anything is sent.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { frontDoorSettingsSchema } from '../../../src/front-door/config.js';
import { fill } from '../../../src/front-door/text-message/request-template.js';
import { gatewaySettings, textRules } from '../../../src/front-door/text-settings.js';
import { Secret } from '../../../src/secret/secret.js';

const fine = {
  url: 'https://gateway.example.net/v1/messages?account=7',
  headers: { Authorization: 'Bearer {secret:TOKEN}' },
  body: '{"to":"{number}","text":"{text}"}',
  secrets: { TOKEN: { file: 'gateway-token' } },
  countries: [44, 1212],
  costPerMessage: 0.05,
  costPerDayMax: 25,
};

function read(changes: Record<string, unknown>, methods: readonly string[] = ['text-message']) {
  const example = parse(readFileSync('config/front-door.example.yaml', 'utf8'));
  const policies = [{ name: 'p', appliesTo: 'everyone', gates: 1, methods }];
  const [{ administrators: _, ...tenant }] = example.tenants;
  const textMessages = Object.hasOwn(changes, 'textMessages') ? changes.textMessages : { ...fine, ...changes };
  return frontDoorSettingsSchema('/etc/drawbridge').safeParse({
    ...example,
    tenants: [{ ...tenant, policies }],
    ...(textMessages === undefined ? {} : { textMessages }),
  });
}

const problemsOf = (changes: Record<string, unknown>) =>
  read(changes).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('what is fine is taken, with its secret’s path from the settings’ folder', () => {
  const { data, error } = read({});
  expect(error?.issues).toBeUndefined();
  expect(data?.textMessages).toMatchObject({
    method: 'POST',
    contentType: 'application/json',
    timeoutMs: 10_000,
    countries: ['44', '1212'],
    secrets: { TOKEN: { file: '/etc/drawbridge/gateway-token' } },
  });
});

test('a policy that names text messages needs a gateway, and no gateway is needed where none does', () => {
  expect(problemsOf({ textMessages: undefined })).toEqual(['tenants.0.policies.0.methods']);
  expect(read({ textMessages: undefined }, ['email-code']).success).toBe(true);
});

describe('refused:', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['no countries', { countries: undefined }, ['textMessages.countries']],
    ['an empty list of them', { countries: [] }, ['textMessages.countries']],
    ['a country that is none', { countries: [4] }, ['textMessages.countries.0']],
    ['a plus sign before a country', { countries: ['+49'] }, ['textMessages.countries.0']],
    ['no cost', { costPerMessage: undefined }, ['textMessages.costPerMessage']],
    ['no limit of the day’s cost', { costPerDayMax: undefined }, ['textMessages.costPerDayMax']],
    ['http to another machine', { url: 'http://gateway.example.net/' }, ['textMessages.url']],
    ['credentials in the address', { url: 'https://ada:pass@gateway.example.net/' }, ['textMessages.url']],
    ['a number in the host', { url: 'https://{digits}.example.net/' }, ['textMessages.url']],
    ['a number in the path', { url: 'https://gateway.example.net/{digits}' }, ['textMessages.url']],
    ['a fragment', { url: 'https://gateway.example.net/#x' }, ['textMessages.url']],
    ['something else', { url: 'file:///etc/passwd' }, ['textMessages.url']],
    ['an unknown placeholder of the query', { url: 'https://g.example.net/?to={phone}' }, ['textMessages.url']],
    ['an unknown placeholder of the body', { body: '{"to":"{phone}"}' }, ['textMessages.body']],
    ['a body that is no JSON', { body: 'to={number}' }, ['textMessages.body']],
    ['no body for POST', { body: undefined }, ['textMessages.body']],
    ['a body for GET', { method: 'GET' }, ['textMessages.body']],
    ['a type nothing can be put in safely', { contentType: 'text/plain' }, ['textMessages.contentType']],
    ['a secret in a header', { headers: { Authorization: 'Bearer abc' } }, ['textMessages.headers.Authorization']],
    ['a key in a header', { headers: { 'X-Api-Key': 'abc' } }, ['textMessages.headers.X-Api-Key']],
    ['a secret that is not named', { secrets: {} }, ['textMessages.headers.Authorization']],
    ['a header of ours', { headers: { 'Content-Type': 'text/plain' } }, ['textMessages.headers.Content-Type']],
    ['a text in a header', { headers: { 'X-Text': '{text}' } }, ['textMessages.headers.X-Text']],
    ['a secret in place of its source', { secrets: { TOKEN: 's3cret' } }, ['textMessages.secrets.TOKEN']],
    [
      'a country’s cost that is none’s',
      { costPerMessage: { otherwise: 1, countries: { 4: 1 } } },
      ['textMessages.costPerMessage.countries'],
    ],
    ['a status that means no', { successWhen: { status: [404] } }, ['textMessages.successWhen.status.0']],
  ])('%s', (_name, changes, expected) => expect(problemsOf(changes)).toEqual(expected));

  test('whatever is refused is not repeated', () => {
    const { error } = read({
      headers: { Authorization: 'Bearer open-sesame' },
      body: '{"key":"open-sesame","to":"{x}"}',
    });
    expect(JSON.stringify(error?.issues)).not.toContain('sesame');
  });
});

test('http is taken for this machine', () => {
  for (const host of ['127.0.0.1:9000', 'localhost', '[::1]:80'])
    expect(problemsOf({ url: `http://${host}/send` })).toEqual([]);
});

test('a request is made of what stands there', () => {
  const settings = read({
    url: 'https://gateway.example.net/v1?to={digits}',
    successWhen: { jsonPath: { path: 'ok', equals: true } },
  });
  const textMessages = settings.data?.textMessages;
  if (textMessages === undefined) throw new Error('it was refused');
  const secrets = new Map([['TOKEN', Secret.fromText('s3cret')]]);
  const made = gatewaySettings(textMessages, { secrets, ca: undefined });
  const values = { number: '+447700900123', text: 'Hello', from: '', secrets };
  expect(made.address).toBe('https://gateway.example.net/v1');
  expect(made.query && fill(made.query, values)).toBe('to=447700900123');
  expect(made.headers.map(({ name, template }) => [name, fill(template, values)])).toEqual([
    ['Authorization', 'Bearer s3cret'],
  ]);
  expect(made.success.jsonPath).toEqual({ path: 'ok', equals: [true] });
});

test('costs are whole millionths, by the country where one is named', () => {
  const costs = (costPerMessage: unknown) => {
    const { data } = read({ costPerMessage });
    return data?.textMessages && textRules(data.textMessages);
  };
  expect(costs(0.0745)).toMatchObject({ costs: new Map(), costOtherwise: 74_500, costPerDayMax: 25_000_000 });
  expect(costs({ otherwise: 0.1, countries: { 44: 0.04 } })).toMatchObject({
    costs: new Map([['44', 40_000]]),
    costOtherwise: 100_000,
  });
});

describe('the examples of the guide', () => {
  const guide = readFileSync('docs/text-messages.md', 'utf8');
  const examples = [...guide.matchAll(/```yaml\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');

  test('are two', () => expect(examples).toHaveLength(2));

  test.each(examples)('are taken as they stand: %s', (example) => {
    const { textMessages } = parse(example);
    expect(read({ textMessages }).error?.issues).toBeUndefined();
  });

  test('so is the example file, where its signs of comment are taken away', () => {
    const file = readFileSync('config/front-door.example.yaml', 'utf8');
    const [, commented = ''] = /\n# (textMessages:\n(?:#.*\n)+)/.exec(file) ?? [];
    const { textMessages } = parse(commented.replaceAll(/^# ?/gm, ''));
    expect(read({ textMessages }).error?.issues).toBeUndefined();
  });
});
