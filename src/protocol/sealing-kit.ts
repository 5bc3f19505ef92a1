// What a caller of the API seals with, as the package shows it to others: `import … from 'drawbridge/sealing'`.
// A border: what is named here is kept stable across versions. Runs in browsers and in Node; knows no network.

export { fromBase64Url, toBase64Url } from './base64url.js';
export {
  parseAccountAnchor,
  parseAgentId,
  parseKeyId,
  parseResetId,
  parseTenantId,
} from './identifiers.js';
export { admitTypedPassword } from './password-text.js';
export { sealForAll, sealPassword } from './sealing.js';
