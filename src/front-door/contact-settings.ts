// Where "Contact your administrator" leads, as it is written in the settings: mailboxes, for everything or by role, or a portal; and
// who is told when a person says "it wasn't me". Knows no mail; whom a message goes to is decided in tenants/contact-way.ts.

import { z } from 'zod';
import { mailAddress } from '../settings/common-settings.js';
import { CONTACT_ROLES } from './tenants/contact-way.js';

/** Of an organisation: its portal, its sign-in page, its ticket system. */
export const httpsAddress = z.url({ protocol: /^https$/, error: 'must be an https:// address' });

const ADDRESSES_MAX = 100;
const addresses = z.array(mailAddress).min(1).max(ADDRESSES_MAX);
const security = addresses.describe('Who is told when a person says “it wasn’t me”.');

/** `secret`: as everywhere in the settings, its path taken from their folder; `path`: the same of a file. */
export function contactSettings<Secret extends z.ZodType, Path extends z.ZodType>({
  path,
  secret,
}: {
  readonly path: Path;
  readonly secret: Secret;
}) {
  const byMail = z
    .strictObject({
      kind: z.literal('email'),
      addresses: addresses.describe('Everything goes here that `roles` names nobody for.').optional(),
      /** Each by default what `addresses` says; without these, what the other one says. */
      roles: z
        .strictObject({
          'help-desk': addresses.describe('Who reads what people write in the form.').optional(),
          security: security.optional(),
        })
        .optional(),
      /** A ticket system that is told the same, signed as Standard Webhooks has it; see docs/operations.md. */
      webhook: z
        .strictObject({
          url: httpsAddress.refine((url) => !/^https:\/\/[^/]*@|#/.test(url), {
            error: 'must be an https:// address without user name, password and #',
          }),
          /** `whsec_` and the base64 of 24 to 64 random bytes, which the ticket system has too. */
          secret,
          /** PEM file of the authority its certificate comes from. Default: the machine's own trust store. */
          caFile: path.optional(),
        })
        .optional(),
    })
    .superRefine((contact, context) => {
      const refuse = (at: string, message: string) => context.addIssue({ code: 'custom', path: [at], message });
      const named = CONTACT_ROLES.filter((role) => contact.roles?.[role] !== undefined);
      if (contact.roles !== undefined && named.length === 0) refuse('roles', `must name ${CONTACT_ROLES.join(' or ')}`);
      else if (contact.addresses === undefined && named.length === 0)
        refuse('addresses', 'must be given, or `roles`: nobody would get what people write');
      if (contact.addresses !== undefined && named.length === CONTACT_ROLES.length)
        refuse('addresses', 'would get nothing, as each of `roles` has addresses of its own: leave it out');
    });
  const byPortal = z.strictObject({
    kind: z.literal('portal'),
    url: httpsAddress,
    /** What people write goes to the portal; this is for what the front door itself has to tell. */
    roles: z.strictObject({ security }).optional(),
  });
  return z.discriminatedUnion('kind', [byMail, byPortal]);
}
