import type { SecondFactorPolicy } from '../domain/access/second-factor.ts'
import type { AttemptTimes } from '../domain/delivery/attempt-times.ts'
import type { NewId } from '../domain/ids.ts'
import type { AttentionItem } from '../domain/reporting/attention.ts'
import type { EdgeSecrets } from '../http/edge.ts'
import type { RateLimits } from '../http/limits.ts'
import type { CertificateVendors } from '../outbound/certificates/retain-certificate.ts'
import type { SendMail } from '../outbound/email/mail.ts'
import type { OidcClient } from '../outbound/oidc/create-oidc-client.ts'
import type { DeliveryQueue } from '../outbound/queue.ts'
import type { ConnectSftp } from '../outbound/sftp/sftp.ts'
import type { VerifyTurnstile } from '../outbound/turnstile.ts'
import type { PostWebhook } from '../outbound/webhook/create-post-webhook.ts'
import type { openStores } from '../store/open-stores.ts'
import type { Digests } from './digests.ts'
import type { Log } from './log.ts'
import type { Measure } from './metrics.ts'
import type { Sealer } from './sealer.ts'
import type { Tokens } from './tokens.ts'

export type FindMailFault = () => { reason: string; since: string } | undefined

/** Everything with a side effect: built once, when the program starts. A function states its part with `Pick`. */
export type Dependencies = ReturnType<typeof openStores> & {
  deliveryQueue: DeliveryQueue
  /** Sends new deliveries at once, best effort; the sweeper is the guarantee. */
  earlyQueue: Pick<DeliveryQueue, 'send'>
  postWebhook: PostWebhook
  connectSftp: ConnectSftp
  mail: SendMail
  /** Why our mail server takes no email, and since when; undefined if it does. Absent: that is watched elsewhere. */
  findMailFault?: FindMailFault | undefined
  /** What else is wrong with this host, as it was last looked at. Absent: alarms say that elsewhere. */
  listAttention?: (() => readonly AttentionItem[]) | undefined
  /** The OpenAPI document. */
  loadOpenapi: () => Promise<{ [name: string]: unknown }>
  /**
   * The pages of the API reference by section, rendered outside `shared/`, and their Content-Security-Policy; `overview` is
   * `/docs` itself.
   */
  loadDocsPages: () => Promise<{ pages: { [section: string]: string }; contentSecurityPolicy: string }>
  /** The origin at which people reach this host, such as `https://leads.example.org`. Absent: callers know it. */
  publicUrl?: string | undefined
  /** The OpenID provider by which staff sign in. Absent: by email only. */
  oidc?: OidcClient | undefined
  /** Which staff must enter codes of an authenticator app. Absent: no one must. */
  secondFactorPolicy?: SecondFactorPolicy | undefined
  askTurnstile: VerifyTurnstile
  certificateVendors: CertificateVendors
  digests: Digests
  tokens: Tokens
  sealer: Sealer
  /** Seals proofs of consent. */
  proofSealer: Sealer
  /** The stage's rate limits; a local host with sample data has none. */
  rateLimits: RateLimits
  /** Absent: there is no edge. */
  edgeSecrets?: EdgeSecrets | undefined
  /** Whether the database takes no writes now: maintenance, or a restored backup that is not settled. Absent: never. */
  isReadOnly?: (() => boolean) | undefined
  now: () => Date
  newId: NewId
  attemptTimes: AttemptTimes
  /** After how many days personal data is erased; absent: never. */
  retentionDays?: number | undefined
  /** A number in [0, 1). */
  random: () => number
  randomBytes: (count: number) => Uint8Array
  /** Why the SSRF guard refuses an endpoint's URL; undefined if it allows it. */
  findUrlProblem: (url: string) => string | undefined
  log: Log
  measure: Measure
  /** Milliseconds. */
  sleep: (ms: number) => Promise<void>
}
