import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operatorApi } from '#functions/operator/operator-api.ts'
import { publisherApi } from '#functions/publisher/publisher-api.ts'
import { schoolApi } from '#functions/school/school-api.ts'
import { handleBounce } from '#functions/worker/bounce/handle-bounce.ts'
import { retainCertificates } from '#functions/worker/certify/retain-certificates.ts'
import { approveDueReturns } from '#functions/worker/credit/approve-due-returns.ts'
import { closeStatements } from '#functions/worker/credit/close-statements.ts'
import { watchCredit } from '#functions/worker/credit/watch-credit.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { continueErasures } from '#functions/worker/erase/continue-erasures.ts'
import { sendFiles } from '#functions/worker/file/send-files.ts'
import { fetchLeads } from '#functions/worker/inbound/fetch-leads.ts'
import { sendNotifications } from '#functions/worker/notify/send-notifications.ts'
import { watchConditions } from '#functions/worker/notify/watch-conditions.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { sendPostbacks } from '#functions/worker/postback/send-postbacks.ts'
import { finishPublishing } from '#functions/worker/publish/finish-publishing.ts'
import { reconcileDays } from '#functions/worker/reconcile/reconcile-days.ts'
import { continueReplays } from '#functions/worker/replay/continue-replays.ts'
import { eraseExpiredLeads } from '#functions/worker/retain/erase-expired-leads.ts'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { sealEntries } from '#functions/worker/seal/seal-entries.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { verifyRecentDays } from '#functions/worker/verify-audit/verify-recent-days.ts'
import { sendVisitorMessages } from '#functions/worker/visitor-mail/send-visitor-messages.ts'
import { continueWithdrawals } from '#functions/worker/withdraw/continue-withdrawals.ts'
import { loadDocsPages, loadOpenapi } from '#local/create-local-dependencies.ts'
import { fakeCertificateVendors } from '#local/fake-certificate-vendors.ts'
import { fakeTurnstile } from '#local/fake-turnstile.ts'
import { fallbackFolder } from '#shared/contract/routes.ts'
import type { Holder, Scope } from '#shared/domain/access/access-key.ts'
import type { SecondFactorPolicy } from '#shared/domain/access/second-factor.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { BouncedEmail } from '#shared/domain/delivery/bounced-email.ts'
import { type NewId, prefixes } from '#shared/domain/ids.ts'
import { createAddressLimit } from '#shared/http/limits.ts'
import { createOidcClient } from '#shared/outbound/oidc/create-oidc-client.ts'
import { findUrlFault } from '#shared/outbound/webhook/ssrf-guard.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import { deriveKeys } from '#shared/platform/derive-keys.ts'
import type { LambdaName } from '#shared/platform/environments.ts'
import type { Log } from '#shared/platform/log.ts'
import type { Measure, Metric } from '#shared/platform/metrics.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import { refuseWrites } from '#shared/store/engine/refuse-writes.ts'
import type { Table } from '#shared/store/keys.ts'
import { openStores } from '#shared/store/open-stores.ts'
import { issueKey } from '#shared/workflows/access/issue-key.ts'
import { apiEvent, context, type TestRequestOptions } from '#test/functions/house/api-event.ts'
import { checkResponse, type TestResponse } from '#test/functions/house/check-response.ts'
import { createFakeProvider } from '#test/functions/house/fake-provider.ts'
import { fakeMail, fakeQueue, fakeSftp, fakeWebhookEndpoint } from '#test/functions/house/fakes.ts'
import { watchedEngine } from '#test/functions/house/watched-engine.ts'
import { confineEngine } from '#test/infra/confine-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type TestApi = Awaited<ReturnType<typeof createTestApi>>

/** Replaces the in-memory engine or the rate limits. */
export type TestApiOptions = {
  createEngine?: (now: () => Date) => Engine<Table>
  /** Requests per minute. */
  rates?: { address?: number; key?: number }
  /** Absent: visitors get no emails, because no link could be in them. */
  publicUrl?: string
  secondFactorPolicy?: SecondFactorPolicy
  certificateVendors?: Dependencies['certificateVendors']
}

/**
 * The whole backend without a network: the real functions over SQLite in memory, each with the rights that it has on AWS,
 * and fakes that record what is sent. Every response is checked against the contract.
 */
export async function createTestApi({
  createEngine = memoryEngine,
  rates: { address, key } = {},
  publicUrl,
  secondFactorPolicy,
  certificateVendors = fakeCertificateVendors,
}: TestApiOptions = {}) {
  const clock = { now: new Date('2026-11-23T15:00:00.000Z') }
  const now = () => new Date(clock.now)
  const { engine, watch } = watchedEngine(createEngine(now))
  const logEntries: { event: string; fields: object }[] = []
  const log: Log = (event, fields) => {
    logEntries.push({ event, fields })
  }
  const measurements: { metric: Metric; value: number }[] = []
  const measure: Measure = (metric, value) => {
    measurements.push({ metric, value })
  }
  const sleep = async (ms: number) => advanceClock(ms / 1000)
  const chance = { dice: 0.5 }
  const random = createRandomness()
  const { state: queue, queue: deliveryQueue } = fakeQueue()
  const { state: webhooks, post } = fakeWebhookEndpoint()
  const { state: mailbox, mail } = fakeMail()
  const { state: sftp, connect: connectSftp } = fakeSftp()
  const keys = deriveKeys('0'.repeat(64))
  const provider = createFakeProvider()
  const { clientSecret } = provider
  const oidc = createOidcClient(provider.settings, {
    readClientSecret: async () => clientSecret,
    fetch: provider.fetch,
    now,
  })
  const edge = {
    deliveryQueue,
    earlyQueue: deliveryQueue,
    postWebhook: post,
    connectSftp,
    mail,
    askTurnstile: fakeTurnstile,
    certificateVendors,
    loadDocsPages,
    loadOpenapi,
    log,
    measure,
    sleep,
    attemptTimes,
    publicUrl,
    oidc,
    secondFactorPolicy,
    now,
    rateLimits: {
      ...(key !== undefined && { key }),
      ...(address !== undefined && { address: createAddressLimit(address, keys.digests) }),
    },
    random: () => chance.dice,
    ...random,
    ...keys,
  }
  const createDependencies = (name: LambdaName): Dependencies => ({
    ...edge,
    findUrlProblem: findPublicUrlFault,
    ...openStores(confineEngine(name, engine)),
  })
  const createFunctions = (create: (name: LambdaName) => Dependencies) => ({
    catalog: catalog(create('catalog')),
    capture: capture(create('capture')),
    school: schoolApi(create('school')),
    publisher: publisherApi(create('publisher')),
    operator: operatorApi(create('operator')),
  })
  const functions = createFunctions(createDependencies)
  const functionsInMaintenance = createFunctions((name) => ({
    ...createDependencies(name),
    ...openStores(confineEngine(name, refuseWrites(engine))),
    isReadOnly: () => true,
  }))
  /** Whether calls are answered as by a stage in maintenance. */
  const maintenance = { isOn: false }
  let keyCount = 0
  const createApiKey = async (holder: Holder, scope: Scope, expiresAt?: string) => {
    keyCount += 1
    const keyRequest = { holder, scope, name: `key ${keyCount}`, ...(expiresAt && { expiresAt }) }
    const newKey = await issueKey(
      keyRequest,
      { ...edge, keyRing: keyRing(engine) },
      { actor: { kind: 'system', name: 'tests' } },
    )
    if (typeof newKey === 'string') throw new Error(`No key was made: ${newKey}`)
    return newKey
  }
  const { key: staffKey } = await createApiKey({ caller: 'operator' }, 'admin')

  async function call(method: string, target: string, options: TestRequestOptions = {}): Promise<TestResponse> {
    const { event, matchedRoute } = apiEvent(method, target, options)
    const activeFunctions = maintenance.isOn ? functionsInMaintenance : functions
    const httpResponse = await activeFunctions[matchedRoute?.folder ?? fallbackFolder](event, context)
    const headers = Object.fromEntries(
      Object.entries(httpResponse.headers ?? {}).map(([name, value]) => [name, String(value)]),
    )
    const text = httpResponse.body ?? ''
    const isJson = text !== '' && /\bjson\b/.test(headers['content-type'] ?? '')
    const body: unknown = isJson ? JSON.parse(text) : httpResponse.body
    const { cookies, statusCode: status = 200 } = httpResponse
    const response = { status, headers, ...(cookies && { cookies }), text, body }
    // A response to HEAD has no body that the contract could describe.
    if (method !== 'HEAD' || response.status >= 400) checkResponse(matchedRoute?.route, response)
    return response
  }

  function advanceClock(seconds: number) {
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
  }

  return {
    clock,
    chance,
    queue,
    webhooks,
    mailbox,
    sftp,
    provider,
    logEntries,
    measurements,
    engine,
    watch,
    maintenance,
    createDependencies,
    staffKey,
    call,
    /** Calls with a staff key. A PUT without If-Match overwrites on purpose what is there. */
    staff: async (method: string, target: string, { headers, ...options }: TestRequestOptions = {}) => {
      const staffHeaders = { authorization: `Bearer ${staffKey}`, ...headers }
      const response = await call(method, target, { ...options, headers: staffHeaders })
      if (response.status !== 428) return response
      return call(method, target, { ...options, headers: { ...staffHeaders, 'if-match': '*' } })
    },
    createApiKey,
    schoolKey: async (schoolId: string) => (await createApiKey({ caller: 'school', schoolId }, 'manage')).key,
    deliver: (deliveryId: string) => deliverLead({ deliveryId }, createDependencies('worker/deliver')),
    bounce: (mail: BouncedEmail) => handleBounce(mail, createDependencies('worker/bounce')),
    sweep: () => sweepDue(createDependencies('worker/sweep')),
    /** `replace`: dependencies of a sender that is made to fail. */
    sendFiles: (replace: Partial<Dependencies> = {}) => sendFiles({ ...createDependencies('worker/file'), ...replace }),
    finishPublishing: () => finishPublishing(createDependencies('worker/publish')),
    seal: () => sealEntries(createDependencies('worker/seal')),
    verifyAudit: () => verifyRecentDays(createDependencies('worker/verify-audit')),
    offer: () => offerDue(createDependencies('worker/offer')),
    replay: () => continueReplays(createDependencies('worker/replay')),
    /** Erases expired leads as a stage with this retention period does. */
    retain: (retentionDays?: number) => eraseExpiredLeads({ ...createDependencies('worker/retain'), retentionDays }),
    continueWithdrawals: () => continueWithdrawals(createDependencies('worker/withdraw')),
    retainCertificates: (replace: Partial<Dependencies> = {}) =>
      retainCertificates({ ...createDependencies('worker/certify'), ...replace }),
    fetchLeads: () => fetchLeads(createDependencies('worker/inbound')),
    sendPostbacks: () => sendPostbacks(createDependencies('worker/postback')),
    sendVisitorMessages: () => sendVisitorMessages(createDependencies('worker/visitor-mail')),
    watchConditions: () => watchConditions(createDependencies('worker/notify')),
    sendNotifications: () => sendNotifications(createDependencies('worker/notify')),
    continueErasures: () => continueErasures(createDependencies('worker/erase')),
    reconcile: (pastDaysEverySeconds?: number) =>
      reconcileDays(createDependencies('worker/reconcile'), pastDaysEverySeconds),
    approveDueReturns: () => approveDueReturns(createDependencies('worker/credit')),
    closeStatements: () => closeStatements(createDependencies('worker/credit')),
    watchCredit: () => watchCredit(createDependencies('worker/credit')),
    rollUp: (pastDaysEverySeconds?: number) => rollUpDays(createDependencies('worker/roll-up'), pastDaysEverySeconds),
    advanceClock,
  }
}

/** Ids and bytes that are well-formed, differ, and are the same in every run. */
function createRandomness() {
  let count = 0
  const next = () => {
    count += 1
    return count
  }
  const randomBytes = (size: number) => {
    const number = next()
    return Uint8Array.from({ length: size }, (_, at) => number >> (8 * (at % 3)))
  }
  const newId: NewId = (kind) => `${prefixes[kind]}${String(next()).padStart(22, '0')}`
  return { newId, randomBytes }
}

function findPublicUrlFault(url: string) {
  return findUrlFault(url, { loopback: 'refused' })
}
