// The arrows that must never be, the libraries that have one importer, and what every file owes its reader.
// A rule is a row with its reason; the failure message says which file breaks it and why it matters.

import { describe, expect, test } from 'vitest';
import { type SourceFile, sourceFilesBelow } from './source-files.js';

const sources = sourceFilesBelow('src');

/** Folders that fulfil a port with a technology. Only the wiring files know them. */
const TECHNOLOGIES = [
  'src/websocket/',
  ...['ldap', 'websocket', 'https', 'keychain', 'data-folder', 'breach-list', 'sqlite', 'cron', 'dns'].map(
    (name) => `src/agent/${name}/`,
  ),
  ...['http', 'browser', 'websocket', 'mail', 'text-message', 'webhook', 'sqlite', 'postgres', 'nats', 'argon2'].map(
    (name) => `src/front-door/${name}/`,
  ),
];
const BASES = ['src/failure/', 'src/secret/', 'src/timing/', 'src/logging/'];
/** What both programs' adapters of one technology share. */
const SHARED_TECHNOLOGIES: Readonly<Record<string, string>> = { 'src/websocket/': '/websocket/' };
/** Files of a program's own folder: entry, wiring, settings, secrets, events, commands. */
const isWiring = (path: string) => /^src\/(agent|front-door)\/[^/]+\.tsx?$/.test(path) || path === 'src/main.ts';
const isIn = (folder: string) => (path: string) => path.startsWith(folder);
/** What runs in browsers: scripts of pages, and those that a method's own pages have. */
const isBrowsers = (path: string) => /^src\/front-door\/(methods\/[^/]+\/)?browser\//.test(path);
const technologyOf = (path: string) =>
  isBrowsers(path) ? 'src/front-door/browser/' : TECHNOLOGIES.find((folder) => path.startsWith(folder));
const isOurs = (path: string) => path.startsWith('src/');

interface Arrow {
  readonly name: string;
  readonly why: string;
  readonly isForbidden: (from: string, to: string) => boolean;
}

const ARROWS: readonly Arrow[] = [
  {
    name: 'protocol imports nothing of ours but the bases',
    why: 'it is the contract both programs, browsers and API callers share',
    isForbidden: (from, to) =>
      isIn('src/protocol/')(from) && isOurs(to) && ![...BASES, 'src/protocol/'].some((base) => to.startsWith(base)),
  },
  {
    name: 'the bases import nothing of ours but each other',
    why: 'what everything rests on cannot rest on anything',
    isForbidden: (from, to) =>
      BASES.some((base) => from.startsWith(base)) && isOurs(to) && !BASES.some((base) => to.startsWith(base)),
  },
  {
    name: 'agent and front door never import each other',
    why: 'they run on different machines of different owners and meet only in the protocol',
    isForbidden: (from, to) =>
      (isIn('src/agent/')(from) && isIn('src/front-door/')(to)) ||
      (isIn('src/front-door/')(from) && isIn('src/agent/')(to)),
  },
  {
    name: 'a subject never imports a technology',
    why: 'subjects state what they need as a port; agent.ts and front-door.ts alone know who fulfils it',
    isForbidden: (from, to) =>
      /^src\/(agent|front-door)\//.test(from) &&
      !isWiring(from) &&
      technologyOf(from) === undefined &&
      technologyOf(to) !== undefined,
  },
  {
    name: 'a technology never imports another technology',
    why: 'each must be replaceable alone',
    isForbidden: (from, to) => {
      const [own, other] = [technologyOf(from), technologyOf(to)];
      if (own === undefined || other === undefined || own === other) return false;
      const kin = SHARED_TECHNOLOGIES[other];
      return kin === undefined || !own.endsWith(kin);
    },
  },
  {
    name: 'sync never imports write-back',
    why: 'what reads the whole directory must not be able to write to it',
    isForbidden: (from, to) => isIn('src/agent/sync/')(from) && isIn('src/agent/write-back/')(to),
  },
  {
    name: 'pages import only what neither fetches nor stores',
    why: 'a page is a function from view data to HTML',
    isForbidden: (from, to) => isIn('src/front-door/pages/')(from) && isOurs(to) && !mayPagesImport(to),
  },
  {
    name: 'the pages of a method import only what pages may, what its pages are given, and its own folder',
    why: 'they are pages like all others; whatever they show was looked up before',
    isForbidden: (from, to) => {
      const [folder] = /^src\/front-door\/methods\/[^/]+\/(?=face\.ts$|[^/]+\.tsx$)/.exec(from) ?? [];
      const isGiven = /^src\/front-door\/methods\/(method-face|shown-answer|sent-code)$/.test(to);
      return folder !== undefined && isOurs(to) && !mayPagesImport(to) && !isGiven && !to.startsWith(folder);
    },
  },
];

function mayPagesImport(to: string): boolean {
  return /^src\/(failure|protocol|front-door\/(pages|languages|captcha|passwords|browser))\//.test(`${to}/`);
}

describe('arrows that must never be', () => {
  test.each(ARROWS)('$name', ({ isForbidden, why }) => {
    const broken = sources.flatMap(({ path, imports }) =>
      imports.filter((to) => isForbidden(path, to)).map((to) => `${path} → ${to}`),
    );
    expect(broken, why).toEqual([]);
  });
});

/** Library → the only folders (or files) that may import it. */
const IMPORTERS: Readonly<Record<string, readonly string[]>> = {
  ldapts: ['src/agent/ldap/'],
  ws: ['src/websocket/', 'src/agent/websocket/', 'src/front-door/websocket/'],
  'https-proxy-agent': ['src/agent/websocket/', 'src/agent/https/'],
  keytar: ['src/agent/keychain/'],
  'node-cron': ['src/agent/cron/'],
  argon2: ['src/front-door/argon2/'],
  'node:sqlite': ['src/agent/sqlite/', 'src/front-door/sqlite/'],
  kysely: ['src/front-door/sqlite/', 'src/front-door/postgres/'],
  pg: ['src/front-door/postgres/'],
  '@nats-io/transport-node': ['src/front-door/nats/'],
  nodemailer: ['src/front-door/mail/'],
  fastify: ['src/front-door/http/'],
  '@hpke/core': ['src/protocol/sealing.ts'],
  otpauth: ['src/front-door/methods/'],
  '@simplewebauthn/server': ['src/front-door/methods/passkey/'],
  pino: ['src/logging/'],
  yaml: ['src/settings/'],
  commander: ['src/main.ts', 'src/agent/main.ts', 'src/front-door/main.ts'],
};

describe('libraries with one home', () => {
  test.each(Object.entries(IMPORTERS))('%s is imported only by %j', (library, homes) => {
    const strangers = sources
      .filter(({ imports }) => imports.some((name) => name === library || name.startsWith(`${library}/`)))
      .map(({ path }) => path)
      .filter((path) => !homes.some((home) => path.startsWith(home)));
    expect(strangers, 'a library with one importer can be replaced, and its traps are known in one place').toEqual([]);
  });
});

describe("a browser's bundle", () => {
  test('reaches nothing of Node, nor the half of sealing that opens', () => {
    const importsOf = new Map(sources.map(({ path, imports }) => [path.replace(/\.tsx?$/, ''), imports]));
    const scripts = [...importsOf.keys()].filter((path) => isBrowsers(path) && !path.endsWith('/vite.config'));
    const reached = new Set(scripts.concat('src/protocol/sealing-kit'));
    // A set takes what is added while it is walked through.
    for (const path of reached) for (const to of importsOf.get(path) ?? []) reached.add(to);
    const strangers = [...reached].filter((to) => /^node:|^src\/protocol\/(hpke|unsealing)$/.test(to));
    expect(strangers, 'what seals in browsers must run there; see src/protocol/sealing-in-node.ts').toEqual([]);
    expect([...reached]).toContain('@hpke/core');
  });
});

interface Reserved {
  readonly name: string;
  readonly pattern: RegExp;
  readonly mayUse: (path: string) => boolean;
  readonly why: string;
}

const RESERVED: readonly Reserved[] = [
  {
    name: 'the environment and the command line',
    pattern: /\bprocess\.(env|argv)\b/,
    mayUse: (path) => /(^|\/)(config|secrets|main|drawbridge)\.ts$/.test(path),
    why: 'what steers a program comes in by settings, in one place',
  },
  {
    name: "the machine's clock and timers",
    pattern: /\bDate\.now\(|\bnew Date\(\)|\bset(Timeout|Interval)\(|\bperformance\.now\(/,
    mayUse: (path) => path.startsWith('src/timing/') || isBrowsers(path),
    why: 'time comes in as an argument, so that tests move it',
  },
  {
    name: 'ending the process',
    pattern: /\bprocess\.(exit|abort|kill)\(/,
    mayUse: (path) => path === 'src/main.ts' || /^src\/(agent|front-door)\/main\.ts$/.test(path),
    why: 'one bad request ends that request; only main ends the process',
  },
  {
    name: 'random numbers that are not for secrets',
    pattern: /\bMath\.random\(/,
    mayUse: () => false,
    why: 'randomness comes in as an argument, from a generator fit for secrets',
  },
  {
    name: 'a switch that skips certificate checks',
    pattern: /rejectUnauthorized\s*:\s*false/,
    mayUse: () => false,
    why: 'there is no such switch',
  },
  {
    name: 'ways through ldapts that lose the bind, the bytes or the deadline',
    pattern:
      /\b(startTLS|autoRebind|tlsOptions|FilterParser|escapeFilter|searchPaginated|bindSASL|persistentSearch)\b/i,
    // Mail has a STARTTLS of its own. The filter of a base is text: the administrator's own, in the settings, and read once.
    mayUse: (path) => path.startsWith('src/front-door/') || path === 'src/agent/ldap/managed-bases.ts',
    why: 'see docs/ldap-faults.md: TLS comes first and a filter is an object, never a text',
  },
  {
    name: 'what counts of what is known of a person',
    pattern: /(?<!\.)\bcounted(Addresses|Phones)\b/,
    mayUse: (path) =>
      ['src/front-door/methods/directory-addresses.ts', 'src/front-door/methods/proof-method.ts'].includes(path),
    why: 'a policy may say that what the directory names proves nothing: whoever asks for methods asks directory-addresses.ts with whom',
  },
  {
    name: 'the console',
    pattern: /\bconsole\./,
    mayUse: isBrowsers,
    why: 'programs log events through their log; commands write to standard output',
  },
];

describe('what only one place may touch', () => {
  test.each(RESERVED)('$name', ({ pattern, mayUse, why }) => {
    const strangers = sources.filter(({ path, code }) => pattern.test(code) && !mayUse(path)).map(({ path }) => path);
    expect(strangers, why).toEqual([]);
  });
});

describe('what a file owes its reader', () => {
  const everything = [...sources, ...sourceFilesBelow('scripts'), ...sourceFilesBelow('test')];

  test('every file opens with what it is for, in at most eight lines', () => {
    const withoutHead = everything.filter((file) => !isHeaded(file)).map(({ path }) => path);
    expect(withoutHead, 'a newcomer learns the role of a file from its first lines').toEqual([]);
  });

  test('no file is called util, helpers, common or manager, and only a real border has an index', () => {
    const vague = everything
      .map(({ path }) => path)
      .filter((path) => /(^|[/-])(utils?|helpers?|common|manager|misc|index)\.tsx?$/.test(path));
    expect(vague, 'a name says what is inside').toEqual([]);
  });

  test('nothing silences the compiler or the linter', () => {
    const silenced = everything.filter(
      ({ path, text, code }) =>
        path !== 'test/architecture/architecture.test.ts' &&
        (SILENCING_COMMENTS.test(text) || SILENCING_CASTS.test(code)),
    );
    expect(
      silenced.map(({ path }) => path),
      'a suppressed warning is a bug that has been seen',
    ).toEqual([]);
  });

  test('no test is skipped, and none is run alone', () => {
    const skipped = sourceFilesBelow('test').filter(({ code }) =>
      /\b(test|it|describe)\.(skip|only|todo|skipIf|runIf)\b/.test(code),
    );
    expect(
      skipped.map(({ path }) => path),
      'assert the wrong behaviour and say so, or put it in WISHLIST.md',
    ).toEqual([]);
  });

  test('importing a file starts nothing', () => {
    const eager = sources.filter(
      ({ path, code }) =>
        !['src/main.ts', 'src/drawbridge.ts'].includes(path) &&
        !isBrowsers(path) &&
        /^(await |void |process\.|listen\(|main\()/m.test(code),
    );
    expect(
      eager.map(({ path }) => path),
      'sockets, timers and logs begin when a program is started',
    ).toEqual([]);
  });
});

const SILENCING_COMMENTS = /@ts-(ignore|nocheck|expect-error)|biome-ignore/;
const SILENCING_CASTS = /\bas any\b|\bas unknown as\b/;

function isHeaded({ text }: SourceFile): boolean {
  const lines = text.split('\n').filter((line) => !line.startsWith('#!'));
  const head = lines.findIndex((line) => !line.startsWith('//'));
  return head >= 1 && head <= 8;
}
