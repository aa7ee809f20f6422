import type { AuditFault } from '../domain/access/audit-seal.ts'
import type { VisitorMessageKind } from '../domain/aftercare/visitor-message.ts'
import type { CertificateFault } from '../domain/capture/certificates/consent-certificate.ts'
/** Everything that is logged: ids, counts and codes. Never a name, an email address, a phone number or a body. */
export type LogEvents = {
  'request.answered': { route: string; status: number; ms: number } & TraceFields
  'request.faulted': { route: string; incidentId: string; error: string } & TraceFields
  'api_key.last_used_update_failed': { keyId: string; error: string }
  'session.last_used_update_failed': { sessionId: string; error: string }
  /** `sign-in`: the person asks again. `reason` consists of codes. */
  'access_mail.failed': { kind: 'sign-in' | 'invitation'; reason: string }
  /** The OpenID provider of staff. `reason` is a code. */
  'provider_sign_in.failed': { fault: 'refused' | 'invalid' | 'unavailable'; reason: string }
  'readiness.failed': { error: string }
  'lead.saved': { leadId: string; outcome: string; schools: number; sourceId: string } & TraceFields
  /** `reasons`: codes of `spam-rules.ts`. */
  'lead.assessed': {
    leadId: string
    verdict: string
    score: number
    reasons: readonly string[]
    action: string
  } & TraceFields
  'lead.offered': { leadId: string; outcome: string; schools: number } & TraceFields
  'offer.failed': { leadId: string; error: string }
  'queue.send_failed': { deliveries: number; error: string }
  'delivery.attempted': {
    deliveryId: string
    schoolId: string
    attempt: number
    /** How far the attempt came. Not `stage`, which is the deployment's in every line. */
    attemptStage: string
    outcome: string
    ms: number
  } & TraceFields
  'delivery.skipped': {
    deliveryId: string
    why:
      | 'not-due'
      | 'lease-lost'
      | 'no-permit'
      | 'no-share'
      | 'circuit-open'
      | 'endpoint-disabled'
      | 'outside-calling-hours'
  } & TraceFields
  'postback.sent': {
    leadId: string
    sourceId: string
    cause: string
    failures: number
    /** `undecided`: it is not known yet what becomes of the lead. `dropped`: it failed for the last time. */
    outcome: 'sent' | 'skipped' | 'undecided' | 'failed' | 'dropped'
  }
  'certificate.checked': {
    leadId: string
    vendor: string
    /** `unavailable`: it is tried again. */
    outcome: 'retained' | 'authentic' | 'unavailable' | CertificateFault
    failures: number
    matches?: boolean
    reason?: string
  }
  'visitor.informed': {
    leadId: string
    kind: VisitorMessageKind
    attempts: number
    outcome: 'sent' | 'skipped' | 'failed' | 'dropped'
  }
  'notification.raised': { event: string; subject: string }
  /** `emails`: how many people got it now. `dropped`: someone could not be reached, for the last time. */
  'notification.sent': {
    notificationId: string
    event: string
    emails: number
    outcome: 'sent' | 'failed' | 'dropped'
  }
  'file.attempted': { fileId: string; campaignId: string; attempt: number; attemptStage: string; rows: number }
  /** An internal fault: its next run continues. */
  'file.failed': { fileId: string; error: string }
  'bounce.unmatched': { deliveryId: string }
  /** An automatic reply, or a report that an email is no spam. */
  'bounce.arrived': { deliveryId: string }
  'school.alert': { why: SchoolAlert; schoolId: string; campaignId: string; deliveryId: string } & TraceFields
  /** A return that staff had not decided in time. */
  'return.approved': { deliveryId: string }
  'statement.closed': { account: string; month: string; hash: string }
  'credit.alert': { schoolId: string; percent: number; limitCents: number; usedCents: number }
  /** Email cannot be sent, for a reason of our own: codes only. */
  'mail.failed': { reason: string; mend: string }
  'mail.recovered': object
  /** A copy of a data folder, made before its rows are migrated. */
  'upgrade.backed-up': { folder: string; rows: number }
  'attention.raised': { code: string; subject: string; reason: string }
  'attention.cleared': { code: string; subject: string }
  'attention.failed': { codes: readonly string[]; error: string }
  'alert.failed': { channel: string; reason: string }
  'alert.recovered': { channel: string }
  'certificate.unread': { host: string; reason: string }
  /** What waited because the clock of the machine was ahead is due so many seconds sooner. */
  'clock.set-back': { seconds: number; broughtForward: number }
  'clock.leapt-ahead': { hours: number; inDoubtForHours: number }
  'folder.lost': { folder: string }
  /** A restored backup: nothing is written or sent until it is settled. */
  'folder.held': { asOf: string; mend: string }
  'folder.released': { asOf: string }
  'backup.finished': { folder: string; rows: number }
  'backup.failed': { reason: string }
  /** The built web files are older than a source of them. */
  'web.stale': { changedSource: string; mend: string }
  'sweep.finished': { due: number; sent: number; deferred: number }
  'offers.finished': { due: number; failed: number }
  'replays.progressed': { pages: number; failed: number; remaining: number }
  'replay.failed': { replayId: string; error: string }
  /** `later`: it could not be read now. */
  'inbound.fetched': { inboundId: string; sourceId: string; outcome: 'done' | 'later'; failures: number }
  /** A lead of a lead form could not be taken, and is listed for staff. */
  'inbound.rejected': { sourceId: string; vendor: string; inboundId: string; code: string }
  /** `unfinished`: the next run continues. */
  'day.rolled-up': { day: string; state: 'finished' | 'unfinished'; leads: number; deliveries: number }
  'consent_proof.removed': { leadId: string }
  'person.erased': { erasureId: string; state: 'done' | 'unfinished'; leads: number; notices: number }
  /** A record that an interrupted write left unpublished. */
  'record.published': { kind: string; id: string; outcome: 'finished' | 'unfinished' }
  /** The head is logged, so that a chain whose end was removed can be told from the log. */
  'audit.sealed': { day: string; entries: number; sequence: number; hash: string }
  'audit.verified': { day: string; sealed: number; waiting: number; faults: number }
  'audit.fault': { day: string; fault: AuditFault['fault']; entryId: string; sequence: number }
  'publish.failed': { kind: string; id: string; error: string }
  'withdrawal.failed': { withdrawalId: string; error: string }
  'erasure.failed': { erasureId: string; error: string }
  /** `unfinished`: the next run continues. */
  /** IDs of rows that were not checked for a year, such as `TX`. */
  'calling_rules.stale': { rules: string }
  'day.reconciled': { day: string; state: 'finished' | 'unfinished'; leads: number; deliveries: number; drift: number }
}

/** The trace of a lead from its form to the webhooks. */
type TraceFields = { traceId?: string }

/** Why staff should contact a school. */
export type SchoolAlert =
  | 'delivery-failed'
  | 'endpoint-gone'
  | 'host-not-found'
  | 'responses-4xx'
  | 'response-unclear'
  | 'mail-bounced'
  | 'mail-complained'
  | 'mail-refused'
  | 'sftp-refused'
  | 'no-notice-address'
  | 'untaken-lead-worked'
  | 'delivery-unbound'
  | 'withdrawal-not-received'
  | 'withdrawal-overdue'

export type Log = <Name extends keyof LogEvents>(event: Name, fields: LogEvents[Name]) => void
