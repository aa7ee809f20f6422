import { turnstile } from '#shared/outbound/turnstile.ts'
import { movingAnswers, workUnlessMoving } from './data/moving.ts'
import type { Answers } from './http/http-server.ts'
import { openMachine, type Settings } from './machine.ts'
import { webFiles } from './pages/web-files.ts'
import { smtpMail } from './smtp-mail.ts'

type Serving = Settings & {
  dataDir: string
  mail: { url: string; from: string }
  turnstileSecret?: string | undefined
}
export type Server = { url: string; close: () => Promise<void> }

// An attempt may take 15 s: whoever stops the host gets it to its end.
const patienceMs = 20_000

/**
 * The host for real use: no sample data, no inbox, schools on the public internet only, mail by SMTP. It listens on
 * this machine alone, behind a proxy that ends TLS and says in `X-Forwarded-For` who called it. @throws CannotStart.
 */
export async function serve({ mail, turnstileSecret, ...settings }: Serving): Promise<Server> {
  const machine = await openMachine(settings, {
    patienceMs,
    guard: { loopback: 'refused' },
    rates: { perAddress: 60, perKey: 1200 },
    mail: smtpMail(mail),
    askTurnstile: turnstile({ secret: turnstileSecret }),
  })
  const files = webFiles()
  const url = await machine.serve((answers) => async (received) => {
    const caller = { ...received, ip: forwardedFor(received) ?? received.ip }
    return (await files(received)) ?? movingAnswers(settings.dataDir, answers)(caller)
  })
  const rest = workUnlessMoving(settings.dataDir, machine)
  return {
    url,
    async close() {
      await rest()
      await machine.close()
    },
  }
}

/** The proxy puts whom it was called by last; what stands before that, anybody may have written. */
function forwardedFor({ headers }: Parameters<Answers>[0]): string | undefined {
  const given = headers.findLast(([name]) => name.toLowerCase() === 'x-forwarded-for')?.[1]
  return given?.split(',').at(-1)?.trim() || undefined
}
