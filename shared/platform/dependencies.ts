import type { AttemptTimes } from '../domain/delivery/attempt-times.ts'
import type { NewId } from '../domain/ids.ts'
import type { EdgeSecrets } from '../http/edge.ts'
import type { RateLimits } from '../http/limits.ts'
import type { SendMail } from '../outbound/email/mail.ts'
import type { DeliveryQueue } from '../outbound/queue.ts'
import type { VerifyTurnstile } from '../outbound/turnstile.ts'
import type { PostWebhook } from '../outbound/webhook/create-post-webhook.ts'
import type { accessKeyStore } from '../store/access/access-key-store.ts'
import type { KeyRing } from '../store/access/key-ring.ts'
import type { DispositionStore } from '../store/aftercare/dispositions.ts'
import type { ErasureStore } from '../store/aftercare/erasures.ts'
import type { PersonErasureStore } from '../store/aftercare/person-erasure-store.ts'
import type { RetentionStore } from '../store/aftercare/retention.ts'
import type { ReturnStore } from '../store/aftercare/returns.ts'
import type { RevealStore } from '../store/aftercare/reveals.ts'
import type { suppressionStore } from '../store/aftercare/suppressions.ts'
import type { BucketStore } from '../store/capture/buckets.ts'
import type { leadStore } from '../store/capture/leads.ts'
import type { QuarantineStore } from '../store/capture/quarantine.ts'
import type { catalogPages } from '../store/catalog/catalog-pages.ts'
import type { ComposedStore } from '../store/catalog/composed-store.ts'
import type { RecordStore } from '../store/catalog/record-store.ts'
import type { deliveryStore } from '../store/delivery/deliveries.ts'
import type { dueStore } from '../store/delivery/due.ts'
import type { EndpointHealthStore } from '../store/delivery/endpoint-health.ts'
import type { headerSecretStore } from '../store/delivery/header-secrets.ts'
import type { replayStore } from '../store/delivery/replays.ts'
import type { WebhookSecrets } from '../store/delivery/webhook-secrets.ts'
import type { reconciliationStore } from '../store/reporting/reconciliation-store.ts'
import type { RollUpStore } from '../store/reporting/roll-ups.ts'
import type { pastLeads } from '../store/routing/past-leads.ts'
import type { routingStore } from '../store/routing/routing-store.ts'
import type { Digests } from './digests.ts'
import type { Log } from './log.ts'
import type { Measure } from './metrics.ts'
import type { Sealer } from './sealer.ts'
import type { Tokens } from './tokens.ts'

/** Everything with a side effect. It is built once, where the program starts; a function asks for its part by `Pick`. */
export type Dependencies = {
  catalog: ReturnType<typeof catalogPages>
  records: RecordStore
  composed: ComposedStore
  accessKeys: ReturnType<typeof accessKeyStore>
  keyRing: KeyRing
  buckets: BucketStore
  headerSecrets: ReturnType<typeof headerSecretStore>
  webhookSecrets: WebhookSecrets
  routing: ReturnType<typeof routingStore>
  leads: ReturnType<typeof leadStore>
  suppressions: ReturnType<typeof suppressionStore>
  reconciliation: ReturnType<typeof reconciliationStore>
  quarantine: QuarantineStore
  pastLeads: ReturnType<typeof pastLeads>
  deliveries: ReturnType<typeof deliveryStore>
  dispositions: DispositionStore
  due: ReturnType<typeof dueStore>
  erasures: ErasureStore
  personErasure: PersonErasureStore
  endpointHealth: EndpointHealthStore
  replays: ReturnType<typeof replayStore>
  retention: RetentionStore
  returns: ReturnStore
  reveals: RevealStore
  rollUps: RollUpStore
  deliveryQueue: DeliveryQueue
  /** Where new deliveries are told of at once, at best effort. */
  earlyQueue: Pick<DeliveryQueue, 'send'>
  postWebhook: PostWebhook
  mail: SendMail
  askTurnstile: VerifyTurnstile
  digests: Digests
  tokens: Tokens
  sealer: Sealer
  /** Rate limits that the stage states; a machine of one's own states none. */
  rateLimits: RateLimits
  /** Absent: there is no edge. */
  edgeSecrets?: EdgeSecrets | undefined
  now: () => Date
  newId: NewId
  attemptTimes: AttemptTimes
  /** After how many days people are forgotten; absent: never. */
  retentionDays?: number | undefined
  /** A number in [0, 1). */
  random: () => number
  randomBytes: (count: number) => Uint8Array
  /** Whether an endpoint's address may be called from here, as the guard sees it. */
  findUrlProblem: (url: string) => string | undefined
  log: Log
  measure: Measure
  /** Milliseconds. */
  sleep: (ms: number) => Promise<void>
}
