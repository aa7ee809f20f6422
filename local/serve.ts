import {
  computeMailDeadlineSeconds,
  attemptTimes as defaultAttemptTimes,
} from '#shared/domain/delivery/attempt-times.ts'
import {
  createCertificateVendors,
  type VendorAccounts,
} from '#shared/outbound/certificates/create-certificate-vendors.ts'
import { createTurnstileVerifier } from '#shared/outbound/turnstile.ts'
import { createHostResolver } from '#shared/outbound/webhook/create-host-resolver.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'
import { findChangedSource } from '#web/built-files.ts'
import { type AlertSettings, createAlertChannels, createNotificationChannel } from './alerts/alert-channels.ts'
import { createAttentionWatch } from './alerts/create-attention-watch.ts'
import { createCertificateReader } from './alerts/read-certificate.ts'
import { type Hold, settleCommand } from './data/hold.ts'
import { readKeyFile } from './data/key-file.ts'
import { refuseWritesDuringMigration, workWhenAllowed } from './data/migration.ts'
import { readSecretsKey } from './data/secrets-file.ts'
import { type ProxySettings, readClientAddress } from './http/read-client-address.ts'
import { createSmtpMail } from './mail/create-smtp-mail.ts'
import { watchMail } from './mail/watch-mail.ts'
import { type LocalSystemSettings, openLocalSystem } from './open-local-system.ts'
import { createLandingPage } from './pages/create-landing-page.ts'
import { createWebFileHandler, loadBuiltFiles } from './pages/create-web-file-handler.ts'
import type { LandingOptions } from './parse-landing-options.ts'
import { readHostsFile } from './read-hosts-file.ts'
import { type BackupSettings, createBackupTask } from './workers/create-backup-task.ts'
import { startScheduledTasks } from './workers/start-scheduled-tasks.ts'

type ServeSettings = LocalSystemSettings & {
  dataDir: string
  mail: { url: string; from: string }
  turnstileSecret?: string | undefined
  /** Absent: certificates are stored, and not verified. */
  vendorAccounts?: VendorAccounts
  /** A file outside the data folder with the key that encrypts the root secret. */
  secretsKeyFile?: string | undefined
  /** Absent: backups are made elsewhere. */
  backups?: BackupSettings | undefined
  /** Absent: what needs attention is in the console and in the log. */
  alerts?: AlertSettings
  /** Absent: the landing pages are not served. */
  landing?: LandingOptions | undefined
  /** The origin at which people reach this host through the proxy. */
  publicUrl?: string | undefined
  /** Absent: one proxy, which appends to `X-Forwarded-For`. */
  proxy?: ProxySettings
}
export type RunningServer = {
  url: string
  close: () => Promise<void>
  /** Resolves if the data folder was removed or replaced. The server is closed then: what it accepted would be lost. */
  lost: Promise<void>
}

// A webhook takes up to 15 s, and a shutdown waits for it. An email that takes longer is ended.
const shutdownTimeoutMs = 20_000
/** While the mail server takes no email, it is tried again so often. */
const mailCheckMs = 60_000
const placeCheckMs = 1000

/**
 * Production mode: no sample data, no inbox, endpoints on the public internet only, email by SMTP. It listens on
 * 127.0.0.1, behind a proxy that ends TLS and sets `X-Forwarded-For`. @throws StartupError if it cannot start.
 */
export async function serve({
  mail,
  turnstileSecret,
  vendorAccounts = {},
  secretsKeyFile,
  backups,
  alerts = {},
  landing,
  publicUrl,
  proxy = { addressHeader: 'x-forwarded-for', trustedHops: 1 },
  ...settings
}: ServeSettings): Promise<RunningServer> {
  const { attemptTimes = defaultAttemptTimes, now = () => new Date(), log = () => {} } = settings
  const webFiles = loadBuiltFiles()
  const changedSource = findChangedSource()
  // Leads matter more than a page of yesterday, so the host starts.
  if (changedSource !== undefined) log('web.stale', { changedSource, mend: 'npm run build' })
  // Read now, so that a wrong file is told at the start and not by the first backup.
  readKeyFile({ variable: 'BACKUP_KEY_FILE', file: backups?.keyFile, dataDir: settings.dataDir })
  const sends = new AbortController()
  const smtp = watchMail(
    createSmtpMail({
      ...mail,
      resolve: createHostResolver({ getHosts: readHostsFile }),
      deadlineMs: computeMailDeadlineSeconds(attemptTimes) * 1000,
      signal: sends.signal,
    }),
    { now, log },
  )
  const system = await openLocalSystem(settings, {
    mode: 'serve',
    secretsKey: readSecretsKey(secretsKeyFile, settings.dataDir),
    createExtraTasks() {
      const { dataDir } = settings
      return [watch.task, ...(backups ? [createBackupTask({ ...backups, dataDir, now, log })] : [])]
    },
    listAttention: () => watch.list(),
    shutdownTimeoutMs,
    ssrfGuardSettings: { loopback: 'refused' },
    rateLimits: rateLimits.serve,
    mail: smtp.mail,
    findMailFault: smtp.findMailFault,
    publicUrl,
    abortSends: () => sends.abort(),
    askTurnstile: createTurnstileVerifier({ secret: turnstileSecret }),
    certificateVendors: createCertificateVendors(vendorAccounts),
  })
  const watch = createAttentionWatch({
    deps: system.deps,
    dataDir: settings.dataDir,
    findHold: system.hold.find,
    readCertificate: publicUrl === undefined ? undefined : createCertificateReader({ publicUrl, now, log }),
    channels: [...createAlertChannels(alerts, smtp.mail), createNotificationChannel(system.deps)],
    log,
  })
  const handleWebFile = createWebFileHandler(async () => webFiles)
  const handleLandingPage =
    landing &&
    createLandingPage({
      handleRequest: system.handleRequest,
      getConnection: () => ({ origin: publicUrl ?? url, sourceKey: landing.sourceKey }),
      brand: landing.brand,
      now,
      reportFault: system.createFaultReporter('landing'),
    })
  const url = await system.serve((handleRequest) => async (request) => {
    const proxiedRequest = { ...request, ip: readClientAddress(request, proxy) ?? request.ip }
    return (
      (await handleWebFile(request)) ??
      (await handleLandingPage?.handle(proxiedRequest)) ??
      refuseWritesDuringMigration(settings.dataDir, handleRequest)(proxiedRequest)
    )
  })
  const stopWork = workWhenAllowed(settings.dataDir, {
    system,
    watchHold() {
      const { asOf = '' }: Partial<Hold> = system.hold.find() ?? {}
      log('folder.held', { asOf, mend: settleCommand })
      const tasks = startScheduledTasks([watch.task], system.createFaultReporter('clock'))
      return async () => {
        await tasks.stop()
        if (!system.hold.find()) log('folder.released', { asOf })
      }
    },
  })
  // Leads are accepted without a mail server, so a fault of it is reported and does not stop the start.
  void smtp.verify()
  const mailCheck = setInterval(() => smtp.findMailFault() && smtp.verify(), mailCheckMs)
  const { promise: lost, resolve: reportLoss } = Promise.withResolvers<void>()
  const placeCheck = setInterval(() => {
    if (system.isInPlace()) return
    clearInterval(placeCheck)
    log('folder.lost', { folder: settings.dataDir })
    void close().finally(reportLoss)
  }, placeCheckMs)
  let closing: Promise<void> | undefined
  function close(): Promise<void> {
    closing ??= closeOnce()
    return closing
  }
  async function closeOnce(): Promise<void> {
    clearInterval(mailCheck)
    clearInterval(placeCheck)
    await stopWork()
    sends.abort()
    await system.close()
  }
  return { url, close, lost }
}
