import { hkdfSync } from 'node:crypto'
import { handleBounce } from '#functions/worker/bounce/handle-bounce.ts'
import { toFaultResponse } from '#shared/http/to-http-response.ts'
import { createWebhookSecret } from '#shared/outbound/webhook/signature.ts'
import { newAccessKey } from '#shared/platform/access-keys.ts'
import { rateLimits } from '#shared/platform/rate-limits.ts'
import { createBuyerWatch } from './alerts/create-buyer-watch.ts'
import { createSampleLink } from './data/create-sample-link.ts'
import { createStaffCall } from './data/create-staff-call.ts'
import { ensurePrintedKey } from './data/ensure-printed-key.ts'
import { loadSample } from './data/load-sample.ts'
import { fakeCertificateVendors } from './fake-certificate-vendors.ts'
import { fakeTurnstile } from './fake-turnstile.ts'
import { type LocalSystemSettings, openLocalSystem } from './open-local-system.ts'
import { createDesignPage } from './pages/create-design-page.ts'
import { createInbox } from './pages/create-inbox.ts'
import { createLandingPage } from './pages/create-landing-page.ts'
import { createSampleSchool } from './pages/create-sample-school.ts'
import { buildOrLoadFiles, createWebFileHandler } from './pages/create-web-file-handler.ts'
import { sampleBrand } from './pages/sample-brand.ts'
import { type LocalPage, withLocalPages } from './pages/with-local-pages.ts'
import { sampleSourceId } from './sample/sources.ts'
import { seedWeek } from './week/seed-week.ts'
import { createWeekClock } from './week/week-clock.ts'

/** `sampleWeek`: a new folder gets a week of leads in addition to the sample records. */
export type SampleHostSettings = LocalSystemSettings & { sampleWeek?: boolean }
export type Host = {
  urls: {
    api: string
    landing: string
    console: string
    portal: string
    publisher: string
    docs: string
    inbox: string
    school: string
  }
  /** `school` is the key of one sample school, `publisher` the secret key of the source whose publishable key is `source`. */
  keys: { operator: string; source: string; school: string; publisher: string }
  /** Links that sign in once, as a sample owner of staff, a sample admin of the printed school, and a person of the printed source. */
  signInLinks: { console: string; portal: string; publisher: string }
  /** Set if the sample week was written at this start. */
  week?: { leads: number }
  /** Waits up to 5 seconds for running work. */
  close: () => Promise<void>
}

/** The sample school whose portal is printed. It also gets the first lead. */
const printedSchoolId = 'lone-prairie-college'

const samplePeople = {
  staff: { holder: { caller: 'operator' }, email: 'jo@staff.example', name: 'Jo Rivera', role: 'owner' },
  school: {
    holder: { caller: 'school', schoolId: printedSchoolId },
    email: 'sam@lone-prairie.example',
    name: 'Sam Okafor',
    role: 'admin',
  },
  source: {
    holder: { caller: 'source', sourceId: sampleSourceId },
    email: 'pat@career-pages.example',
    name: 'Pat Lee',
    role: 'viewer',
  },
} as const

/**
 * The whole system on this machine with sample data, an inbox for all emails and a sample school. It is ready when
 * this resolves. @throws StartupError if port or folder are not available.
 */
export async function startHost({ sampleWeek = false, ...settings }: SampleHostSettings): Promise<Host> {
  await using resources = new AsyncDisposableStack()
  const clock = createWeekClock(settings.now ?? (() => new Date()))
  const { now } = clock
  const mailbox = createInbox(
    now,
    (mail) => void handleBounce(mail, system.deps).catch(system.createFaultReporter('bounce')),
  )
  let watch: ReturnType<typeof createBuyerWatch> | undefined
  const system = await openLocalSystem(
    { ...settings, now },
    {
      mode: 'start',
      createExtraTasks(deps) {
        watch = createBuyerWatch({ deps, log: settings.log ?? (() => {}) })
        return [watch.task]
      },
      listAttention: () => watch?.list() ?? [],
      shutdownTimeoutMs: 4000,
      ssrfGuardSettings: { loopback: 'allowed' },
      rateLimits: rateLimits.sample,
      // Of any free port, the address is not known yet when the workers get theirs.
      publicUrl: settings.port === 0 ? undefined : `http://127.0.0.1:${settings.port}`,
      mail: mailbox.mail,
      askTurnstile: fakeTurnstile,
      certificateVendors: fakeCertificateVendors,
    },
  )
  resources.defer(system.close)

  const { handleRequest, secrets, createFaultReporter, deps } = system
  // Derived, so that keys and secrets stay the same after each start.
  const deriveBytes = (name: string) => (size: number) =>
    new Uint8Array(hkdfSync('sha256', secrets.root, '', name, size))
  const getEndpoint = (schoolId: string) => ({
    url: `${api}/school/${schoolId}`,
    secret: createWebhookSecret(deriveBytes(`sample-school/${schoolId}`)),
  })
  const getConnection = () => ({ origin: api, sourceKey })
  const landingPage = createLandingPage({
    handleRequest,
    getConnection,
    brand: sampleBrand,
    now,
    reportFault: createFaultReporter('landing'),
  })
  const handleWebFile = createWebFileHandler(buildOrLoadFiles)
  const reportWebFault = createFaultReporter('web')
  const webFiles: LocalPage = {
    handle: (request) => handleWebFile(request).catch((error: unknown) => toFaultResponse(reportWebFault(error))),
  }
  const pages = [mailbox, createSampleSchool({ getEndpoint, now }), landingPage, webFiles, createDesignPage()]
  const api = await system.serve((fallback) => withLocalPages(pages, fallback))
  const urls = {
    api,
    landing: `${api}/landing/health-record-technician`,
    console: `${api}/console`,
    portal: `${api}/portal`,
    publisher: `${api}/publisher`,
    docs: `${api}/docs`,
    inbox: `${api}/inbox`,
    school: `${api}/school`,
  }
  const operatorKey = secrets.operatorKey
  const callAsStaff = createStaffCall(handleRequest, operatorKey)
  const schoolKey = newAccessKey('sk', deriveBytes(`sample-school-key/${printedSchoolId}`))
  const publisherKey = newAccessKey('sk', deriveBytes(`sample-source-key/${sampleSourceId}`))
  const loadRecords = async () => {
    await ensurePrintedKey({ key: operatorKey, holder: { caller: 'operator' }, scope: 'admin' }, deps)
    const key = await loadSample(callAsStaff, { schoolUrl: urls.school, getEndpoint })
    const holder = { caller: 'school', schoolId: printedSchoolId } as const
    await ensurePrintedKey({ key: schoolKey, holder, scope: 'manage' }, deps)
    const source = { caller: 'source', sourceId: sampleSourceId } as const
    await ensurePrintedKey({ key: publisherKey, holder: source, scope: 'server' }, deps)
    return key
  }
  const isNew = (await deps.records.list('sources', { limit: 1 })).records.length === 0
  const { writeTogether } = system
  const { sourceKey, leads } =
    sampleWeek && isNew
      ? await seedWeek({ deps, clock, mail: mailbox.mail, operatorKey, callAsStaff, loadRecords, writeTogether })
      : { sourceKey: await loadRecords(), leads: undefined }
  // The port is known only now. Emails have links to this host from here on.
  deps.publicUrl = api
  const signInLinks = {
    console: await createSampleLink(samplePeople.staff, api, deps),
    portal: await createSampleLink(samplePeople.school, api, deps),
    publisher: await createSampleLink(samplePeople.source, api, deps),
  }
  system.startWork()

  const disposables = resources.move()
  return {
    urls,
    keys: { operator: operatorKey, source: sourceKey, school: schoolKey, publisher: publisherKey },
    signInLinks,
    ...(leads !== undefined && { week: { leads } }),
    close: () => disposables.disposeAsync(),
  }
}
