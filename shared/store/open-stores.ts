import { accessKeyStore } from './access/access-key-store.ts'
import { auditStore } from './access/audit-store.ts'
import { keyRing } from './access/key-ring.ts'
import { peopleStore } from './access/people-store.ts'
import { portalAccessStore } from './access/portal-access-store.ts'
import { consentListStore } from './aftercare/consent-list-store.ts'
import { consentProofStore } from './aftercare/consent-proofs.ts'
import { dispositionStore } from './aftercare/dispositions.ts'
import { erasureStore } from './aftercare/erasures.ts'
import { personErasureStore } from './aftercare/person-erasure-store.ts'
import { personIndexStore } from './aftercare/person-index.ts'
import { personRecordStore } from './aftercare/person-records.ts'
import { postbackStore } from './aftercare/postbacks.ts'
import { retentionStore } from './aftercare/retention.ts'
import { returnStore } from './aftercare/returns.ts'
import { revealStore } from './aftercare/reveals.ts'
import { suppressionStore } from './aftercare/suppressions.ts'
import { untakenWorkStore } from './aftercare/untaken-work.ts'
import { visitorMessageStore } from './aftercare/visitor-messages.ts'
import { withdrawalStore } from './aftercare/withdrawals.ts'
import { bucketStore } from './capture/buckets.ts'
import { certificateStore } from './capture/certificates.ts'
import { inboundFetchStore } from './capture/inbound-fetch-store.ts'
import { leadStore } from './capture/leads.ts'
import { publisherLeadStore } from './capture/publisher-lead-store.ts'
import { quarantineStore } from './capture/quarantine.ts'
import { rejectedInboundStore } from './capture/rejected-inbound-store.ts'
import { catalogPages } from './catalog/catalog-pages.ts'
import { composedStore } from './catalog/composed-store.ts'
import { publishIntentStore } from './catalog/publish-intents.ts'
import { recordStore } from './catalog/record-store.ts'
import { deliveryStore } from './delivery/delivery-store.ts'
import { dueStore } from './delivery/due-store.ts'
import { endpointHealthStore } from './delivery/endpoint-health-store.ts'
import { fileStore } from './delivery/file-store.ts'
import { headerSecretStore } from './delivery/header-secret-store.ts'
import { replayJobStore } from './delivery/replay-job-store.ts'
import { webhookSecretStore } from './delivery/webhook-secret-store.ts'
import type { Engine } from './engine/engine.ts'
import type { Table } from './keys.ts'
import { readinessStore } from './readiness-store.ts'
import { ledgerStore } from './reporting/ledger/ledger-store.ts'
import { statementStore } from './reporting/ledger/statement-store.ts'
import { notificationStore } from './reporting/notifications.ts'
import { reconciliationStore } from './reporting/reconciliation-store.ts'
import { recountMarkStore } from './reporting/recount-marks.ts'
import { rollUpStore } from './reporting/roll-ups.ts'
import { creditAlertStore } from './routing/credit-alert-store.ts'
import { pastLeads } from './routing/past-leads.ts'
import { routingStore } from './routing/routing-store.ts'

/** Every store on one engine. Lambdas whose bundle must be small open single stores instead. */
export function openStores(engine: Engine<Table>) {
  return {
    accessKeys: accessKeyStore(engine),
    audit: auditStore(engine),
    buckets: bucketStore(engine),
    // About what a lead takes, so that a nearly full disk is noticed before a lead is refused.
    readiness: readinessStore(engine, { probeBytes: 32 * 1024 }),
    reconciliation: reconciliationStore(engine),
    catalog: catalogPages(engine),
    certificates: certificateStore(engine),
    composed: composedStore(engine),
    creditAlerts: creditAlertStore(engine),
    deliveries: deliveryStore(engine),
    consentLists: consentListStore(engine),
    consentProofs: consentProofStore(engine),
    dispositions: dispositionStore(engine),
    due: dueStore(engine),
    erasures: erasureStore(engine),
    files: fileStore(engine),
    personErasure: personErasureStore(engine),
    personIndex: personIndexStore(engine),
    personRecords: personRecordStore(engine),
    headerSecrets: headerSecretStore(engine),
    keyRing: keyRing(engine),
    inboundFetches: inboundFetchStore(engine),
    leads: leadStore(engine),
    ledger: ledgerStore(engine),
    endpointHealth: endpointHealthStore(engine),
    notifications: notificationStore(engine),
    pastLeads: pastLeads(engine),
    people: peopleStore(engine),
    portalAccess: portalAccessStore(engine),
    publishIntents: publishIntentStore(engine),
    publisherLeads: publisherLeadStore(engine),
    quarantine: quarantineStore(engine),
    records: recordStore(engine),
    rejectedInbound: rejectedInboundStore(engine),
    replayJobs: replayJobStore(engine),
    retention: retentionStore(engine),
    returns: returnStore(engine),
    reveals: revealStore(engine),
    recountMarks: recountMarkStore(engine),
    rollUps: rollUpStore(engine),
    routing: routingStore(engine),
    statements: statementStore(engine),
    suppressions: suppressionStore(engine),
    visitorMessages: visitorMessageStore(engine),
    postbacks: postbackStore(engine),
    untakenWork: untakenWorkStore(engine),
    withdrawals: withdrawalStore(engine),
    webhookSecrets: webhookSecretStore(engine),
  }
}
