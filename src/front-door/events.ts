// What the front door logs: one function per business event, its fields named one by one, public ones only.
// Fulfils the event ports of all subjects; nothing else of the front door knows the logger. Addresses are logged as keys.

import { codeOf, describeFailure } from '../failure/failure.js';
import type { Log } from '../logging/log.js';
import { LINK_ENDS, type LinkEndReason } from '../protocol/close-codes.js';
import type { TenantId } from '../protocol/identifiers.js';
import type { ApiEvents } from './api/api-deps.js';
import type { CertificateEvents } from './certificate-watch.js';
import type { DisownEvents } from './disowning/disown.js';
import type { EnrolmentEvents } from './enrolment/accept-enrolment.js';
import type { HttpEvents } from './http/app-deps.js';
import type { MethodKind } from './methods/every-method.js';
import type { TextEvents } from './methods/text-message/send-text-code.js';
import type { MailEvents } from './outbox/deliver-outbox.js';
import type { RelayEvents } from './relay/relay-events.js';
import type { QuestionsEvents } from './tenants/security-questions.js';
import type { TicketEvents } from './tickets/deliver-tickets.js';
import type { AgentEndpointOptions } from './websocket/agent-endpoint.js';

interface ProgramEvents {
  frontDoorStarted(event: { readonly software: string; readonly publicUrl: string; readonly tenants: number }): void;
  policyFromApi(event: {
    readonly tenantId: TenantId;
    readonly putAt: string | undefined;
    readonly tokenId: string | undefined;
  }): void;
  /** The file rules, and what the API was told before does not. */
  putPolicyIgnored(event: { readonly tenantId: TenantId }): void;
  /** A method of the policy that was put, which the settings have not what it needs for any more. */
  policyMethodLeftOut(event: {
    readonly tenantId: TenantId;
    readonly policy: string;
    readonly method: MethodKind;
    readonly why: string;
  }): void;
  frontDoorStopped(): void;
  /** Of an organisation whose people are told of what was done, and can disown it. */
  disowningTellsNobody(event: { readonly tenantId: TenantId }): void;
  housekeepingFailed(event: { readonly task: string; readonly failure: unknown }): void;
}

export type FrontDoorEvents = ProgramEvents &
  CertificateEvents &
  ApiEvents &
  DisownEvents &
  AgentEndpointOptions['events'] &
  EnrolmentEvents &
  HttpEvents &
  MailEvents &
  QuestionsEvents &
  TextEvents &
  RelayEvents &
  TicketEvents;

export function createFrontDoorEvents(log: Log): FrontDoorEvents {
  return {
    frontDoorStarted: ({ software, publicUrl, tenants }) =>
      log.info({ event: 'front-door-started', software, publicUrl, tenants }, 'the front door is open'),
    policyFromApi: ({ tenantId, putAt, tokenId }) =>
      log.info(
        { event: 'policy-from-api', tenantId, putAt, tokenId },
        putAt === undefined
          ? 'the policy of this organisation comes through the API; until one is put, that of the settings holds'
          : 'the policy of this organisation is the one that was put through the API; the one in the settings is not used',
      ),
    putPolicyIgnored: ({ tenantId }) =>
      log.warn(
        { event: 'put-policy-ignored', tenantId },
        'a policy was put through the API before, and is not used: the settings say policySource: file',
      ),
    policyMethodLeftOut: ({ tenantId, policy, method, why }) =>
      log.warn(
        { event: 'policy-method-left-out', tenantId, policy, method, why },
        'the policy that was put through the API names a method that these settings do not take: it is left out, and people may have too few; do what `why` says, or put another policy',
      ),
    frontDoorStopped: () => log.info({ event: 'front-door-stopped' }, 'the front door is closed'),
    securityQuestionsTaken: ({ tenantId, isEnoughAlone }) =>
      log.warn(
        { event: 'security-questions-taken', tenantId, isEnoughAlone },
        `${
          isEnoughAlone
            ? 'whoever knows somebody’s answers to security questions can reset their password'
            : 'security questions are taken as one of two proofs'
        }: others may know, find or guess such answers, and NIST SP 800-63B does not accept them; let policies take ` +
          'authenticator-code, email-code or recovery-code in their place',
      ),
    disowningTellsNobody: ({ tenantId }) =>
      log.warn(
        { event: 'disowning-tells-nobody', tenantId },
        'no administrator of this organisation is told when a person says “it wasn’t me”: name addresses under contact.roles.security, ' +
          'or have your monitoring watch for the event account-disowned',
      ),
    housekeepingFailed: ({ task, failure }) =>
      log.error(
        { event: 'housekeeping-failed', task, ...failureFields(failure) },
        'a regular task failed; it is tried again',
      ),

    certificateRenewed: () =>
      log.info({ event: 'certificate-renewed' }, 'the new TLS certificate is in use for connections from now on'),
    certificateNotUsable: ({ failure }) =>
      log.warn(
        { event: 'certificate-not-usable', ...failureFields(failure) },
        'the TLS certificate or its key changed and cannot be used; the one before is: check that both belong together',
      ),

    requestFailed: ({ supportId, route, code, error }) =>
      log.error(
        {
          event: 'request-failed',
          supportId,
          route,
          failure: code,
          message: describeFailure(error),
          stack: stackOf(error),
        },
        'a request ended in an error of ours',
      ),
    formRefused: ({ route, addressKey }) =>
      log.warn({ event: 'form-refused', route, addressKey }, 'a form came from another site, or from no session'),

    mailSent: ({ attempts }) => log.info({ event: 'mail-sent', attempts }, 'a mail was handed to the mail server'),
    mailNotSent: ({ code, attempts, willRetry }) =>
      log.warn(
        { event: 'mail-not-sent', failure: code, attempts, willRetry },
        'a mail could not be sent: check the mail section of the settings and the mail server',
      ),

    textSent: ({ tenantId, supportId, parts }) =>
      log.info({ event: 'text-sent', tenantId, supportId, parts }, 'a text message was handed to the gateway'),
    textNotSent: ({ tenantId, supportId, mayHaveGone, failure }) =>
      log.warn(
        { event: 'text-not-sent', tenantId, supportId, mayHaveGone, ...failureFields(failure) },
        'a text message could not be sent: check the textMessages section of the settings and the gateway',
      ),
    textHeldBack: ({ tenantId, supportId, limit }) =>
      log.warn({ event: 'text-held-back', tenantId, supportId, limit }, 'a text message was not sent: a limit holds'),
    textsStopped: ({ tenantId }) =>
      log.error(
        { event: 'texts-stopped', tenantId },
        'text messages of an organisation have cost as much as they may today: none is sent until midnight UTC; look for who asks for so many',
      ),

    ticketSent: ({ tenantId, attempts }) =>
      log.info({ event: 'ticket-sent', tenantId, attempts }, 'a ticket system has taken a message'),
    ticketNotSent: ({ tenantId, failure, attempts, willRetry }) =>
      log.warn(
        { event: 'ticket-not-sent', tenantId, attempts, willRetry, ...failureFields(failure) },
        'a ticket system did not take a message: check contact.webhook of the tenant, and the ticket system',
      ),

    accountDisowned: ({ tenantId, supportId, what, password, waysRemoved, areAdministratorsTold }) =>
      log.warn(
        // A field of the name `password` would be hidden: this one says only what became of it.
        {
          event: 'account-disowned',
          tenantId,
          supportId,
          what,
          passwordFate: password,
          waysRemoved,
          areAdministratorsTold,
        },
        'a person says that what was done to their account was not them: reach them by a way you already trust',
      ),

    agentEnrolled: ({ tenantId, agentId, name }) =>
      log.warn(
        { event: 'agent-enrolled', tenantId, agentId, name },
        'a new agent was enrolled: revoke it if nobody meant to',
      ),
    enrolmentRefused: ({ reason, tenantId }) =>
      log.warn({ event: 'enrolment-refused', reason, tenantId }, 'an enrolment was refused'),
    connectionRefused: ({ address, status }) =>
      log.warn({ event: 'connection-refused', address, status }, 'a connection to the agents’ endpoint was refused'),

    handshakeRefused: ({ address, reason, cause }) =>
      log.warn(
        { event: 'handshake-refused', address, reason, advice: adviceOn(reason), ...failureFields(cause) },
        'an agent was not let in',
      ),
    agentLinked: ({ tenantId, agentId, address, instanceId, version }) =>
      log.info({ event: 'agent-linked', tenantId, agentId, address, instanceId, version }, 'an agent is linked'),
    agentReady: ({ tenantId, agentId, software, sealingKeys, isHeld }) =>
      log.info({ event: 'agent-ready', tenantId, agentId, software, sealingKeys, isHeld }, 'an agent is ready'),
    groupsNotTold: ({ tenantId, agentId, directoryId, groups }) =>
      log.warn(
        { event: 'groups-not-told', tenantId, agentId, directoryId, groups: groups.join(' ') },
        'the policy names groups that this agent does not tell of: its people have two gates, and such a group turns nobody on; see tellGroups in the agent’s settings',
      ),
    agentUnlinked: ({ tenantId, agentId, by, reason, code, linkedMs, cause }) =>
      log.info(
        {
          event: 'agent-unlinked',
          tenantId,
          agentId,
          by,
          reason,
          closeCode: code,
          linkedMs: Math.round(linkedMs),
          ...failureFields(cause),
        },
        'an agent’s link ended',
      ),
    agentLinkReplaced: ({ tenantId, agentId, isKeyCopySuspected }) => {
      const fields = { event: 'agent-link-replaced', tenantId, agentId, isKeyCopySuspected };
      if (isKeyCopySuspected)
        log.error(fields, 'two living processes hold one agent’s identity: revoke it unless it was moved');
      else log.info(fields, 'an agent linked anew');
    },
    sealingKeysRefused: ({ tenantId, agentId, refused }) =>
      log.error(
        { event: 'sealing-keys-refused', tenantId, agentId, refused },
        'an agent published sealing keys that it did not sign',
      ),
    syncRefused: ({ tenantId, agentId, generation, why, cause }) =>
      log.warn(
        { event: 'sync-refused', tenantId, agentId, generation, why, ...failureFields(cause) },
        'a pass over a directory ended early; the mirror keeps what it had until then',
      ),
    passReportNotKept: ({ tenantId, agentId, cause }) =>
      log.warn(
        { event: 'pass-report-not-kept', tenantId, agentId, ...failureFields(cause) },
        'the store did not take what an agent told of a pass over its directory',
      ),
    linkFault: ({ tenantId, agentId, error }) =>
      log.error(
        { event: 'link-fault', tenantId, agentId, ...failureFields(error), stack: stackOf(error) },
        'a link met a mistake of ours',
      ),
    lastSeenNotKept: ({ tenantId, agentId, cause }) =>
      log.warn(
        { event: 'last-seen-not-kept', tenantId, agentId, ...failureFields(cause) },
        'the store did not take when an agent was seen',
      ),

    apiAnswered: ({ callId, operation, tenantId, tokenId, status, code, durationMs }) =>
      log.info(
        {
          event: 'api-answered',
          callId,
          operation,
          tenantId,
          tokenId,
          status,
          result: code,
          durationMs: Math.round(durationMs),
        },
        'an API call was answered',
      ),
    afterwardsFailed: ({ tenantId, resetId, error }) =>
      log.warn(
        { event: 'afterwards-failed', tenantId, resetId, ...failureFields(error) },
        'an answer was given, and the person could not be told or a throttle not be written',
      ),
    policyPut: ({ tenantId, tokenId, changes }) =>
      log.warn(
        { event: 'policy-put', tenantId, tokenId, changes },
        'the policy of an organisation was replaced through the API; flows that were begun before start again',
      ),
    apiFailed: ({ callId, operation, error }) =>
      log.error(
        { event: 'api-failed', callId, operation, ...failureFields(error), stack: stackOf(error) },
        'an API call met a mistake of ours',
      ),
  };
}

function adviceOn(reason: LinkEndReason | 'left'): string | undefined {
  return reason === 'left' ? undefined : LINK_ENDS[reason].advice;
}

function failureFields(failure: unknown) {
  return failure === undefined ? {} : { failure: codeOf(failure), message: describeFailure(failure) };
}

function stackOf(error: unknown): string | undefined {
  return error instanceof Error ? error.stack : undefined;
}
