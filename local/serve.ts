import { createTurnstileVerifier } from '#shared/outbound/turnstile.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'
import { createSmtpMail } from './create-smtp-mail.ts'
import { refuseWritesDuringMigration, workUnlessMigrating } from './data/migration.ts'
import { type ProxySettings, readClientAddress } from './http/read-client-address.ts'
import { type LocalSystemSettings, openLocalSystem } from './open-local-system.ts'
import { createWebFileHandler } from './pages/create-web-file-handler.ts'

type ServeSettings = LocalSystemSettings & {
  dataDir: string
  mail: { url: string; from: string }
  turnstileSecret?: string | undefined
  /** Absent: one proxy, which appends to `X-Forwarded-For`. */
  proxy?: ProxySettings
}
export type RunningServer = { url: string; close: () => Promise<void> }

// An attempt may take 15 s, and a shutdown waits for it.
const shutdownTimeoutMs = 20_000

/**
 * Production mode: no sample data, no inbox, endpoints on the public internet only, email by SMTP. It listens on
 * 127.0.0.1, behind a proxy that ends TLS and sets `X-Forwarded-For`. @throws StartupError if it cannot start.
 */
export async function serve({
  mail,
  turnstileSecret,
  proxy = { addressHeader: 'x-forwarded-for', trustedHops: 1 },
  ...settings
}: ServeSettings): Promise<RunningServer> {
  const system = await openLocalSystem(settings, {
    shutdownTimeoutMs,
    ssrfGuardSettings: { loopback: 'refused' },
    rateLimits: rateLimits.serve,
    mail: createSmtpMail(mail),
    askTurnstile: createTurnstileVerifier({ secret: turnstileSecret }),
  })
  const handleWebFile = createWebFileHandler()
  const url = await system.serve((handleRequest) => async (request) => {
    const proxiedRequest = { ...request, ip: readClientAddress(request, proxy) ?? request.ip }
    return (
      (await handleWebFile(request)) ?? refuseWritesDuringMigration(settings.dataDir, handleRequest)(proxiedRequest)
    )
  })
  const stopWork = workUnlessMigrating(settings.dataDir, system)
  return {
    url,
    async close() {
      await stopWork()
      await system.close()
    },
  }
}
