// The same as sealing-kit.ts, for callers in Node: `import … from 'drawbridge/sealing'` finds this one there, by package.json.
// A border: both show the same names, and make the same bytes.

export { fromBase64Url, toBase64Url } from './base64url.js';
export {
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from './identifiers.js';
export { openExplanation } from './opening-explanations.js';
export { admitTypedPassword } from './password-text.js';
export { sealForAll, sealForAllKeepingKeys, sealPassword } from './sealing-in-node.js';
