// What the HTTP side is given by front-door.ts: everything it needs, and nothing it could reach by itself.
// Types only.

import type { TenantId } from '../../protocol/identifiers.js';
import type { Clock } from '../../timing/clock.js';
import type { AuditJournal } from '../audit/audit-journal.js';
import type { RandomBytes } from '../captcha/random-draws.js';
import type { Disowning } from '../disowning/disown.js';
import type { EnrolmentResult } from '../enrolment/accept-enrolment.js';
import type { NoticeSettings } from '../notices/notice-settings.js';
import type { Outbox } from '../outbox/outbox.js';
import type { Brand } from '../pages/layout.js';
import type { recipientsFor } from '../resets/carry-out.js';
import type { Challenges } from '../resets/challenges.js';
import type { FlowPerson } from '../resets/flow.js';
import type { ResetFlow } from '../resets/reset-flow.js';
import type { SecurityInfo } from '../security-info/security-info.js';
import type { SignIn } from '../sign-in/sign-in.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Throttles } from '../throttles/throttles.js';
import type { TicketOutbox } from '../tickets/deliver-tickets.js';
import type { Wording } from '../wording/wording.js';
import type { Assets } from './assets.js';
import type { HttpLimits } from './http-limits.js';

export interface HttpEvents {
  /** A request ended in an answer of 500 or above. The description names no input. */
  requestFailed(event: {
    readonly supportId: string;
    readonly route: string;
    readonly code: string;
    readonly error: unknown;
  }): void;
  /** A form was refused: not from our page, or of no session. */
  formRefused(event: { readonly route: string; readonly addressKey: string }): void;
}

export interface FrontDoorAppDeps {
  /** Origin people reach us by. The Host header is never asked. */
  readonly publicUrl: string;
  /** What stands on pages where no organisation is known. */
  readonly houseName: string;
  readonly tenants: readonly Tenant[];
  readonly flow: ResetFlow;
  readonly disowning: Disowning;
  readonly signIn: SignIn;
  readonly securityInfo: SecurityInfo;
  readonly challenges: Challenges;
  readonly throttles: Throttles;
  readonly outbox: Outbox;
  readonly tickets: TicketOutbox;
  readonly audit: AuditJournal;
  readonly recipients: (person: FlowPerson) => ReturnType<typeof recipientsFor>;
  /** Takes an agent's enrolment; see enrolment/accept-enrolment.ts. */
  readonly acceptEnrolment: (body: unknown) => Promise<EnrolmentResult>;
  /** Throws when the store cannot be read. */
  readonly checkStore: () => Promise<void>;
  readonly assets: Assets;
  /** Of the organisations that have a look of their own; its files are among the assets. */
  readonly brands: ReadonlyMap<TenantId, Brand>;
  readonly wording: Wording;
  readonly noticeSettings: NoticeSettings;
  /** IANA name of the zone times are written in. */
  readonly timeZone: string;
  /** Every answer to a user ID is given this long after it was asked, or after a longest look-up. 0: at once, for tests. */
  readonly routeAnswerMs: number;
  /** Addresses of proxies whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
  /** Undefined only in tests: sessions need HTTPS. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
  /** Default: HTTP_LIMITS. */
  readonly limits?: HttpLimits;
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly randomUuid: () => string;
  /** 32 bytes. */
  readonly digestKey: Uint8Array;
  readonly events: HttpEvents;
}
