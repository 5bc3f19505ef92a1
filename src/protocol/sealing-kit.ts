// What a caller of the API seals with, as the package shows it to others: `import … from 'drawbridge/sealing'`.
// A border: what is named here is kept stable across versions. Runs wherever there is WebCrypto, browsers above all; in Node
// sealing-kit-node.ts stands in for it. Knows no network.

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
export { sealForAll, sealForAllKeepingKeys, sealPassword } from './sealing.js';
