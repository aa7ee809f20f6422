import { hkdfSync } from 'node:crypto'
import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { newWebhookSecret } from '#shared/outbound/signature.ts'
import { fakeTurnstile } from './fake-turnstile.ts'
import { inbox } from './inbox.ts'
import { landingPages } from './landing-pages.ts'
import { loadSample } from './load-sample.ts'
import { localPages } from './local-pages.ts'
import { openMachine, type Settings } from './machine.ts'
import { sampleSchool } from './sample-school.ts'
import { staff } from './staff.ts'
import { keepStaffKey } from './staff-key.ts'

export type Host = {
  urls: { api: string; landing: string; console: string; portal: string; docs: string; inbox: string; school: string }
  keys: { operator: string; source: string }
  /** Finishes what is under way, for 5 seconds at most. */
  close: () => Promise<void>
}

/**
 * The whole system on this machine alone, with sample data, an inbox for every mailbox and a school at the other end:
 * ready when this returns. @throws CannotStart where port or folder cannot be had.
 */
export async function startHost(settings: Settings): Promise<Host> {
  await using parts = new AsyncDisposableStack()
  const { now = () => new Date() } = settings
  const mailbox = inbox(now, (mail) => void noteBounce(mail, machine.needs).catch(machine.failed('bounce')))
  const machine = await openMachine(settings, {
    patienceMs: 4000,
    guard: { loopback: 'allowed' },
    // Nobody is held back on a machine of one's own, but where a source states a limit.
    rates: {},
    mail: mailbox.mail,
    askTurnstile: fakeTurnstile,
  })
  parts.defer(machine.close)

  const { answers, secrets, failed, needs } = machine
  const endpointOf = (schoolId: string) => ({
    url: `${api}/school/${schoolId}`,
    secret: newWebhookSecret(
      (size) => new Uint8Array(hkdfSync('sha256', secrets.root, '', `sample-school/${schoolId}`, size)),
    ),
  })
  const known = () => ({ origin: api, sourceKey: source })
  const landing = landingPages({ answers, known, now, failed: failed('landing') })
  const pages = [mailbox, sampleSchool({ endpointOf, now }), ...landing]
  const api = await machine.serve((otherwise) => localPages(pages, otherwise))
  const urls = {
    api,
    landing: `${api}/landing/health-record-technician`,
    console: `${api}/console`,
    portal: `${api}/portal`,
    docs: `${api}/docs`,
    inbox: `${api}/inbox`,
    school: `${api}/school`,
  }
  await keepStaffKey(secrets.operatorKey, needs)
  const source = await loadSample(staff(answers, secrets.operatorKey), { schoolUrl: urls.school, endpointOf })
  machine.work()

  const whole = parts.move()
  return { urls, keys: { operator: secrets.operatorKey, source }, close: () => whole.disposeAsync() }
}
