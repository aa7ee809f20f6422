import { hkdfSync } from 'node:crypto'
import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { newWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { loadSample } from './data/load-sample.ts'
import { keepPrintedKey } from './data/printed-key.ts'
import { staff } from './data/staff.ts'
import { fakeTurnstile } from './fake-turnstile.ts'
import { openMachine, type Settings } from './machine.ts'
import { inbox } from './pages/inbox.ts'
import { landingPages } from './pages/landing-pages.ts'
import { localPages } from './pages/local-pages.ts'
import { sampleSchool } from './pages/sample-school.ts'

export type Host = {
  urls: { api: string; landing: string; console: string; portal: string; docs: string; inbox: string; school: string }
  /** `school` is that of one of the sample schools. */
  keys: { operator: string; source: string; school: string }
  /** Finishes what is under way, for 5 seconds at most. */
  close: () => Promise<void>
}

/** The sample school whose portal is printed: the first lead goes to it, too. */
const shownSchool = 'lone-prairie-college'

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
  // The same after each start: whoever kept one need not look it up again.
  const derived = (name: string) => (size: number) => new Uint8Array(hkdfSync('sha256', secrets.root, '', name, size))
  const endpointOf = (schoolId: string) => ({
    url: `${api}/school/${schoolId}`,
    secret: newWebhookSecret(derived(`sample-school/${schoolId}`)),
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
  const operator = secrets.operatorKey
  await keepPrintedKey({ key: operator, holder: { caller: 'operator' }, scope: 'admin' }, needs)
  const source = await loadSample(staff(answers, operator), { schoolUrl: urls.school, endpointOf })
  const school = newAccessKey('sk', derived(`sample-school-key/${shownSchool}`))
  await keepPrintedKey({ key: school, holder: { caller: 'school', schoolId: shownSchool }, scope: 'manage' }, needs)
  machine.work()

  const whole = parts.move()
  return { urls, keys: { operator, source, school }, close: () => whole.disposeAsync() }
}
