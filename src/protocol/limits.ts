// The limits both sides hold each other to. What happens at each limit stands beside it.

export const LIMITS = {
  /** A larger frame closes the link with `frame-too-large`; ws refuses it before it is read whole. */
  frameBytesMax: 256 * 1024,
  /** Requests one link may have in flight; the front door waits its turn in a bounded queue, the agent closes the link beyond. */
  requestsInFlightMax: 8,
  /** Requests waiting for a place on one link; one more is answered `try-later` at once. */
  requestsQueuedMax: 64,
  /** How long the front door waits for one answer before it calls the outcome unknown. */
  requestDeadlineMs: 20_000,
  /**
   * Sync frames that one agent may have sent without an answer; one more is refused, and those before it still count. From version AHEAD_SINCE
   * on; before that, one.
   */
  syncFramesAtOnceMax: 2,
  /** Accounts in one sync batch, and accounts that it says are gone. */
  accountsPerBatchMax: 400,
  /** Accounts in one page of what the mirror holds. */
  mirroredPerPageMax: 1000,
  /** Accounts that are asked for by their anchors at a time. */
  lookedUpMax: 50,
  /** A fingerprint of what the mirror holds of an account is never longer. */
  fingerprintUnitsMax: 64,
  /** A user ID is never longer; a longer one is unknown without being looked up. */
  userIdUnitsMax: 256,
  nameUnitsMax: 256,
  addressUnitsMax: 254,
  /** Further addresses of a person are left out of the mirror. */
  addressesMax: 8,
  /** Directories of one agent; its settings refuse more. */
  directoriesPerAgentMax: 16,
  /** And further numbers of their phones. */
  phonesMax: 4,
  /** Agents a password is sealed for; further live agents are not offered as recipients. */
  recipientsMax: 8,
  /** Sealing keys one agent may publish at a time: the current one and its successor. */
  sealingKeysPerAgentMax: 2,
  /** How long a sealed command may be carried out after it was made. */
  commandLifetimeMs: 120_000,
  /** How far the two clocks may be apart at the handshake; beyond it the link is refused with the difference. */
  clockSkewMaxMs: 90_000,
  /** Silence after which a ping is sent, and how many may go unanswered before the link is ended. */
  heartbeatMs: 15_000,
  heartbeatsMissedMax: 2,
  /** The handshake must be over by then. */
  handshakeDeadlineMs: 10_000,
} as const;
