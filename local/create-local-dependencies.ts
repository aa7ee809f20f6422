import type { AttemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import { createAddressLimit } from '#shared/http/limits.ts'
import type { CertificateVendors } from '#shared/outbound/certificates/retain-certificate.ts'
import type { SendMail } from '#shared/outbound/email/mail.ts'
import { createOidcClient } from '#shared/outbound/oidc/create-oidc-client.ts'
import type { DeliveryQueue } from '#shared/outbound/queue.ts'
import { sftpDeadlineMs } from '#shared/outbound/sftp/sftp.ts'
import type { VerifyTurnstile } from '#shared/outbound/turnstile.ts'
import { createHostResolver } from '#shared/outbound/webhook/create-host-resolver.ts'
import { createPostWebhook, type KeptConnections } from '#shared/outbound/webhook/create-post-webhook.ts'
import { findUrlFault, type SsrfGuardSettings } from '#shared/outbound/webhook/ssrf-guard.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import type { Log } from '#shared/platform/log.ts'
import type { RateLimitSettings } from '#shared/platform/rate-limits.ts'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import type { SignInOptions } from './parse-sign-in-options.ts'
import { readHostsFile } from './read-hosts-file.ts'

type LocalDependencyOptions = SignInOptions & {
  engine: Engine<Table>
  root: string
  queue: DeliveryQueue
  /** Absent: each webhook has a connection of its own. */
  connections?: KeptConnections
  ssrfGuardSettings: SsrfGuardSettings
  rateLimits: RateLimitSettings
  mail: SendMail
  findMailFault?: Dependencies['findMailFault']
  publicUrl?: string | undefined
  isReadOnly?: Dependencies['isReadOnly']
  askTurnstile: VerifyTurnstile
  certificateVendors: CertificateVendors
  attemptTimes: AttemptTimes
  retentionDays: number | undefined
  now: () => Date
  log: Log
}

/** The same dependencies as on AWS, except for engine, queue and mail. */
export function createLocalDependencies({
  engine,
  root,
  queue,
  connections,
  ssrfGuardSettings,
  rateLimits,
  oidc,
  ...others
}: LocalDependencyOptions): Dependencies {
  const keys = deriveKeys(root)
  return {
    ...systemDependencies,
    ...others,
    deliveryQueue: queue,
    earlyQueue: queue,
    ...keys,
    rateLimits: {
      ...(rateLimits.perAddress !== undefined && { address: createAddressLimit(rateLimits.perAddress, keys.digests) }),
      ...(rateLimits.perKey !== undefined && { key: rateLimits.perKey }),
    },
    ...openStores(engine),
    measure() {},
    oidc: oidc && createOidcClient(oidc, { readClientSecret: async () => oidc.clientSecret, fetch, now: others.now }),
    loadDocsPages,
    loadOpenapi,
    postWebhook: createPostWebhook({
      settings: ssrfGuardSettings,
      resolve: createHostResolver({ getHosts: readHostsFile }),
      deadlineMs: others.attemptTimes.deadlineSeconds * 1000,
      ...(connections && { connections }),
    }),
    // ssh2 is loaded by the first file, because few hosts send any.
    async connectSftp(target) {
      const { createConnectSftp } = await import('#shared/outbound/sftp/create-connect-sftp.ts')
      const resolve = createHostResolver({ getHosts: readHostsFile })
      return createConnectSftp({ settings: ssrfGuardSettings, resolve, deadlineMs: sftpDeadlineMs })(target)
    },
    findUrlProblem: (url) => findUrlFault(url, ssrfGuardSettings),
  }
}

export async function loadOpenapi() {
  const { default: document } = await import('../openapi.json', { with: { type: 'json' } })
  return document
}

type DocsPages = Awaited<ReturnType<Dependencies['loadDocsPages']>>
let docsPages: Promise<DocsPages> | undefined

/** Renders the pages once, when it is first requested, because starting the host must not wait for it. */
export function loadDocsPages(): Promise<DocsPages> {
  docsPages ??= import('#web/docs/render-own-docs-pages.ts').then(({ renderOwnDocsPages }) => renderOwnDocsPages())
  return docsPages
}
