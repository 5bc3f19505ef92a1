// What the OpenAPI document tells people: how sealing goes, how repeating goes, what each call is for. Words only.

import type { ApiOperationId } from './api-operations.js';

export const API_DESCRIPTION = `
For portals and help desk tools of an organisation that have already proven, by their own means, who the person is.
Whoever holds a token with \`resets:write\` can set passwords of that organisation: keep it on a server, never in a page.

## One reset

1. \`POST /api/v1/routes\` with the user ID. Take \`account.anchor\`, \`account.offers\` and \`account.rules\`.
2. \`GET /api/v1/sealing-keys?anchor=…\`. Take \`recipients\`, \`tenantId\` and \`notAfterMsMax\`.
3. Make a UUID: the reset id. Seal the new password once for each recipient.
4. \`POST /api/v1/resets\`. Read \`state\` and \`outcome\`.

## Sealing

HPKE (RFC 9180), base mode, DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM; a fresh context for each recipient.

- Password: Unicode NFC, at most 127 UTF-16 code units, no control or invisible characters.
- Plaintext: 1024 bytes: the length of the UTF-8 text as 16 bits big-endian, the text, zeros.
- \`info\`: \`drawbridge/seal/1;DHKEM-P256-HKDF-SHA256;HKDF-SHA256;AES-256-GCM\` in ASCII.
- \`aad\`: the fields below, each as its length in 32 bits big-endian followed by its bytes; texts in UTF-8:
  \`drawbridge/seal-aad/1\`, the tenant id, the recipient's key id, the reset id, the anchor, the operation (\`reset\`),
  the flags as \`unlock=1;must-change=0\` (1 or 0 each), and \`notAfterMs\` as 64 bits big-endian.
- \`enc\` (65 bytes) and \`ciphertext\` (1040 bytes) in base64url without padding.

Seal where the password is typed. A body that holds a password in clear is refused, whatever the field is called.
An agent's key is signed by the agent's identity key, so a portal that knows the identity need not believe the front door.

## Repeating

A reset id never has two effects. Lost the answer, or got \`pending\`, \`open\` or a 5xx? Send exactly the same body again.
The same id with another body is refused with 409. Ids are remembered for a day.

## Problems

Every refusal is a problem document (RFC 9457). Decide by \`code\`. Places in a request are named; what stood there never is.
Answers may gain fields: ignore those you do not know.
`.trim();

interface OperationProse {
  readonly tag: 'Accounts' | 'Resets' | 'Directories' | 'Policy';
  readonly summary: string;
  readonly description: string;
  /** What a good answer holds. */
  readonly answer: string;
}

export const OPERATION_PROSE: Readonly<Record<ApiOperationId, OperationProse>> = {
  askRoute: {
    tag: 'Accounts',
    summary: 'Ask which way is open to an account',
    description:
      'Finds the account a user ID means, live in its directory where an agent is on line, and says what the person would meet and what this API takes for them. Unlike a page, this tells reasons: a person does not see them.',
    answer: 'The route, and the account where there is exactly one. An unknown user ID is an answer too, not a 404.',
  },
  listSealingKeys: {
    tag: 'Accounts',
    summary: 'Read whom a new password is sealed for',
    description:
      'One public key for every agent that could carry out a reset of this account now. Fetch them for each reset: agents come, go and change their keys.',
    answer: 'The recipients. Seal for all of them.',
  },
  submitReset: {
    tag: 'Resets',
    summary: 'Submit a sealed reset, or an unlock',
    description:
      'Carries it to the organisation’s agent and waits for what the directory says. The agent judges the account anew by its own rules, which the front door cannot widen. The person is told by mail when it is done.',
    answer:
      'How it ended, or that it is open. A password that the directory refused is `refused-by-policy` with the rules: seal another one under a new reset id.',
  },
  readReset: {
    tag: 'Resets',
    summary: 'Read how a reset or an unlock ended',
    description:
      'The last word on it. Asks no agent: while it says `pending`, send the same submission again to have the agent asked.',
    answer: 'What is known of it.',
  },
  listPasses: {
    tag: 'Directories',
    summary: 'Read what the last passes over the directories came to',
    description:
      'Agents compare their directories with what the front door knows of them, and tell what came of it: who was added, changed, quarantined, left out and why, and whether removals wait for an approval. For monitoring: alert on `failed`, on `isWhole: false`, on `held`, and when nothing new comes.',
    answer: 'At most fifty of them. None where no agent has told of any.',
  },
  readPolicy: {
    tag: 'Policy',
    summary: 'Read the organisation’s policy',
    description:
      'Who may reset, by how many proofs and by which, and who counts as an administrator: in the words of the front door’s settings, with every default, and what follows from them.',
    answer: 'The policy in force. Its ETag names exactly this one.',
  },
  putPolicy: {
    tag: 'Policy',
    summary: 'Replace the organisation’s policy',
    description:
      'The whole policy, where the settings say `policySource: api` for the organisation. It holds at once; who is in the middle of a reset starts again. Send the ETag of the policy that was read as `If-Match`: one that somebody else has changed meanwhile is not overwritten. The token and what changed stand in the journal.',
    answer: 'The policy that is in force now, with its ETag.',
  },
};
