// Turns a YAML text into one complete, frozen settings object, or reports every problem at once with its path and line.
// Knows nothing of what the settings mean or of the environment. Never quotes a value: it might be a secret.

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { codeOf, OperatorMistake } from '../failure/failure.js';

/** One thing wrong in a settings file. `path` is as in `directories.0.baseDn`; `line` is 1-based where it could be found. */
export interface SettingsProblem {
  readonly path: string;
  readonly line: number | undefined;
  readonly problem: string;
}

/** The settings cannot be used. The message lists every problem, one a line. */
export class SettingsRefused extends OperatorMistake {
  readonly code = 'settings-refused';
  readonly retry = { mayRetry: false, why: 'the same file is refused again' };
  readonly problems: readonly SettingsProblem[];

  constructor(source: string, problems: readonly SettingsProblem[]) {
    const lines = problems.map(({ path, line, problem }) => {
      const where = line === undefined ? path : `${path} (line ${line})`;
      return `  ${where}: ${problem}`;
    });
    super(`${source} cannot be used:\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Parses `text` as YAML 1.2 and checks it against `schema`.
 *
 * Refuses duplicate keys, unknown keys (where the schema is strict), aliases beyond 100 and anything the schema refuses.
 * Throws SettingsRefused; `source` names the file in its message.
 */
export function readSettings<Schema extends z.ZodType>(source: string, text: string, schema: Schema): z.output<Schema> {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new SettingsRefused(
      source,
      document.errors.map((error) => ({
        path: '(YAML)',
        line: lineCounter.linePos(error.pos[0]).line,
        problem: yamlProblem(error.code),
      })),
    );
  }
  const parsed = schema.safeParse(document.toJS({ maxAliasCount: 100 }) ?? {}, { error: sayWhatIsWrong });
  if (parsed.success) return deepFreeze(parsed.data);
  throw new SettingsRefused(
    source,
    parsed.error.issues
      .flatMap((issue) => problemsOf(issue))
      .map(({ path, problem }) => ({
        path: path.length === 0 ? '(file)' : path.join('.'),
        line: lineOf(path),
        problem,
      })),
  );

  function lineOf(path: readonly PropertyKey[]): number | undefined {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      const range: unknown = node instanceof Object && 'range' in node ? node.range : undefined;
      if (Array.isArray(range) && typeof range[0] === 'number') return lineCounter.linePos(range[0]).line;
    }
    return undefined;
  }
}

/** Reads `file` and checks it; relative paths in it are taken from its folder. Throws SettingsRefused. */
export async function readSettingsFile<Schema extends z.ZodType>(
  file: string,
  schemaFor: (folder: string) => Schema,
): Promise<z.output<Schema>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const problem = `cannot be read (${codeOf(error)}): give its path with --config`;
    throw new SettingsRefused(file, [{ path: '(file)', line: undefined, problem }]);
  });
  return readSettings(file, text, schemaFor(dirname(resolve(file))));
}

interface PathProblem {
  readonly path: readonly PropertyKey[];
  readonly problem: string;
}

function problemsOf(issue: z.core.$ZodIssue): PathProblem[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      problem: 'is not a setting; see the example file for the names',
    }));
  }
  if (issue.code === 'invalid_union') {
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    const inner = nearest.flatMap((deeper) => problemsOf(deeper));
    // A deeper problem says more; one about the value itself says less than the union's own message.
    if (inner.some(({ path }) => path.length > 0))
      return inner.map(({ path, problem }) => ({ path: [...issue.path, ...path], problem }));
  }
  return [{ path: issue.path, problem: issue.message }];
}

/** Only for what the schema itself has no words for. Says what should stand there, never what stands there. */
function sayWhatIsWrong(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is missing';
      if (issue.input === null) return `is empty: it must be ${inWords(issue.expected)}`;
      return `must be ${inWords(issue.expected)}`;
    case 'invalid_value':
      return `must be one of: ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return issue.origin === 'string' ? 'must not be empty' : `must be ${atEnd('least', issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must be ${atEnd('most', issue.maximum, issue.origin)}`;
    default:
      return undefined;
  }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['object', 'a section: lines of `name: value` below it, indented'],
  ['array', 'a list: `[one, another]`, or lines that begin with `-`'],
  ['string', 'text; put quotes around it if YAML takes it for something else'],
  ['boolean', 'true or false'],
  ['number', 'a number, without quotes'],
  ['int', 'a whole number, without quotes'],
]);

function inWords(kind: string): string {
  return KINDS.get(kind) ?? kind;
}

function atEnd(end: 'least' | 'most', bound: number | bigint, origin: string): string {
  const unit = origin === 'string' ? ' characters long' : origin === 'array' ? ' entries long' : '';
  return `at ${end} ${bound}${unit}`;
}

/** The library's own messages may quote the text, so each kind of error gets ours. */
function yamlProblem(code: string): string {
  const known: Record<string, string> = {
    DUPLICATE_KEY: 'the same key twice',
    TAB_AS_INDENT: 'a tab as indentation: use blanks',
    BAD_INDENT: 'the indentation does not fit',
    MISSING_CHAR: 'a closing character is missing',
    UNEXPECTED_TOKEN: 'something that does not belong here',
    BLOCK_IN_FLOW: 'a bracket was opened above and is not closed',
    MULTIPLE_DOCS: 'a second document begins here: remove the line `---`',
  };
  return `${known[code] ?? 'not valid YAML'} (${code})`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
