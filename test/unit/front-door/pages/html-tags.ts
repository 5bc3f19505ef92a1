// Reads the tags of a page as our renderer writes them: enough HTML for tests, and strict about what it does not know.

export interface Tag {
  readonly name: string;
  readonly isEnd: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9:-]*(?:="[^"]*")?)*)\s*\/?>/gi;
const ATTRIBUTE = / ([a-z][a-z0-9:-]*)(?:="([^"]*)")?/gi;

/** Throws where a `<` stands that begins no tag our renderer could have written. */
export function tagsOf(html: string): Tag[] {
  const body = html.replace(/^<!doctype html>\n/, '');
  const rest = body.replaceAll(TAG, '');
  if (rest.includes('<')) throw new Error(`stray markup: ${rest.slice(rest.indexOf('<'), rest.indexOf('<') + 60)}`);
  return [...body.matchAll(TAG)].map(([, slash, name = '', attributes = '']) => ({
    name: name.toLowerCase(),
    isEnd: slash === '/',
    attributes: new Map([...attributes.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, value])),
  }));
}

export function startTags(html: string, name: string): Tag[] {
  return tagsOf(html).filter((tag) => !tag.isEnd && tag.name === name);
}

/** Tags and the names of their attributes, without any value: what no text may change. */
export function skeletonOf(html: string): string[] {
  return tagsOf(html).map((tag) => `${tag.isEnd ? '/' : ''}${tag.name} ${[...tag.attributes.keys()].join(' ')}`);
}
