import { capture } from '#functions/capture/capture.ts'
import { catalog } from '#functions/catalog/catalog.ts'
import { operator } from '#functions/operator/operator.ts'
import { school } from '#functions/school/school.ts'
import { noteBounce } from '#functions/worker/bounce/note-bounce.ts'
import { deliverLead } from '#functions/worker/deliver/deliver-lead.ts'
import { eraseOn } from '#functions/worker/erase/erase-on.ts'
import { offerDue } from '#functions/worker/offer/offer-due.ts'
import { reconcileDays } from '#functions/worker/reconcile/reconcile-days.ts'
import { replayMatching } from '#functions/worker/replay/replay-matching.ts'
import { retainDays } from '#functions/worker/retain/retain-days.ts'
import { rollUpDays } from '#functions/worker/roll-up/roll-up-days.ts'
import { keepSweeping } from '#functions/worker/sweep/keep-sweeping.ts'
import { sweepDue } from '#functions/worker/sweep/sweep-due.ts'
import { fakeTurnstile } from '#local/fake-turnstile.ts'
import { workers } from '#shared/contract/delivery/workers.ts'
import { fallbackFolder } from '#shared/contract/routes.ts'
import type { Holder, Scope } from '#shared/domain/access/access-key.ts'
import { attemptTimes } from '#shared/domain/delivery/attempt-times.ts'
import type { ReturnedMail } from '#shared/domain/delivery/returned-mail.ts'
import { type NewId, prefixes } from '#shared/domain/ids.ts'
import { addressRate } from '#shared/http/limits.ts'
import { faultOfUrl } from '#shared/outbound/webhook/guard.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'
import type { Lambda } from '#shared/platform/environment.ts'
import { houseKeys } from '#shared/platform/house-keys.ts'
import type { Log } from '#shared/platform/log.ts'
import type { Measure, Metric } from '#shared/platform/metrics.ts'
import { keyRing } from '#shared/store/access/key-ring.ts'
import type { Engine } from '#shared/store/engine/engine.ts'
import type { Table } from '#shared/store/keys.ts'
import { stores } from '#shared/store/stores.ts'
import { makeKey } from '#shared/workflows/access/make-key.ts'
import { apiEvent, context, type Given } from '#test/functions/house/api-event.ts'
import { type Answered, checkAnswer } from '#test/functions/house/check-answer.ts'
import { fakeMail, fakePost, fakeQueue } from '#test/functions/house/fakes.ts'
import { watchedEngine } from '#test/functions/house/watched-engine.ts'
import { confinedEngine } from '#test/infra/confined-engine.ts'
import { memoryEngine } from '#test/memory-engine.ts'

export type House = Awaited<ReturnType<typeof openHouse>>

/** What a house stands on, where that is not SQLite in memory. */
export type Foundations = {
  engineOf?: (now: () => Date) => Engine<Table>
  /** Requests a minute. */
  rates?: { address?: number; key?: number }
}

/**
 * The whole backend but for the wires: the real functions over SQLite in memory, each with the rights that it has on
 * AWS, and fakes at the edge that keep what they were given. Whatever is answered is held against the contract.
 */
export async function openHouse({ engineOf = memoryEngine, rates: { address, key } = {} }: Foundations = {}) {
  const clock = { now: new Date('2026-11-23T15:00:00.000Z') }
  const now = () => new Date(clock.now)
  const { engine, watch } = watchedEngine(engineOf(now))
  const logged: { event: string; fields: object }[] = []
  const log: Log = (event, fields) => {
    logged.push({ event, fields })
  }
  const measured: { metric: Metric; value: number }[] = []
  const measure: Measure = (metric, value) => {
    measured.push({ metric, value })
  }
  const sleep = async (ms: number) => pass(ms / 1000)
  const chance = { dice: 0.5 }
  const random = randomness()
  const { state: queue, queue: deliveryQueue } = fakeQueue()
  const { state: webhooks, post } = fakePost()
  const { state: mailbox, mail } = fakeMail()
  const keys = houseKeys('0'.repeat(64))
  const edge = {
    deliveryQueue,
    fastPath: deliveryQueue,
    post,
    mail,
    askTurnstile: fakeTurnstile,
    log,
    measure,
    sleep,
    attemptTimes,
    now,
    rates: {
      ...(key !== undefined && { key }),
      ...(address !== undefined && { address: addressRate(address, keys.digests) }),
    },
    dice: () => chance.dice,
    ...random,
    ...keys,
  }
  const needsOf = (name: Lambda): Dependencies => ({
    ...edge,
    faultOfUrl: faultOf,
    ...stores(confinedEngine(name, engine)),
  })
  const functions = {
    catalog: catalog(needsOf('catalog')),
    capture: capture(needsOf('capture')),
    school: school(needsOf('school')),
    operator: operator(needsOf('operator')),
  }
  let keysMade = 0
  const keyFor = async (holder: Holder, scope: Scope, expiresAt?: string) => {
    keysMade += 1
    const wanted = { holder, scope, name: `key ${keysMade}`, ...(expiresAt && { expiresAt }) }
    const made = await makeKey(wanted, { ...edge, keyRing: keyRing(engine) })
    if (typeof made === 'string') throw new Error(`No key was made: ${made}`)
    return made
  }
  const { key: staffKey } = await keyFor({ caller: 'operator' }, 'admin')

  async function call(method: string, target: string, given: Given = {}): Promise<Answered> {
    const { event, found } = apiEvent(method, target, given)
    const sent = await functions[found?.folder ?? fallbackFolder](event, context)
    const headers = Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name, String(value)]))
    const text = sent.body ?? ''
    const body: unknown = /\bjson\b/.test(headers['content-type'] ?? '') ? JSON.parse(text) : sent.body
    const answer = { status: sent.statusCode ?? 200, headers, text, body }
    checkAnswer(found?.route, answer)
    return answer
  }

  function pass(seconds: number) {
    clock.now = new Date(clock.now.getTime() + seconds * 1000)
  }

  return {
    clock,
    chance,
    queue,
    webhooks,
    mailbox,
    logged,
    measured,
    engine,
    watch,
    needsOf,
    staffKey,
    call,
    /** Calls with a staff key. */
    staff: (method: string, target: string, { headers, ...given }: Given = {}) =>
      call(method, target, { ...given, headers: { authorization: `Bearer ${staffKey}`, ...headers } }),
    keyFor,
    schoolKey: async (schoolId: string) => (await keyFor({ caller: 'school', schoolId }, 'manage')).key,
    deliver: (deliveryId: string) => deliverLead({ deliveryId }, needsOf('worker/deliver')),
    bounce: (mail: ReturnedMail) => noteBounce(mail, needsOf('worker/bounce')),
    sweep: () => sweepDue(needsOf('worker/sweep')),
    keepSweeping: () => keepSweeping(workers.sweep.on, needsOf('worker/sweep')),
    offer: () => offerDue(needsOf('worker/offer')),
    replay: () => replayMatching(needsOf('worker/replay')),
    /** As a stage does that keeps people for so many days. */
    retain: (retentionDays?: number) => retainDays({ ...needsOf('worker/retain'), retentionDays }),
    eraseOn: () => eraseOn(needsOf('worker/erase')),
    reconcile: () => reconcileDays(needsOf('worker/reconcile')),
    rollUp: () => rollUpDays(needsOf('worker/roll-up')),
    pass,
  }
}

/** Ids and bytes that are well-formed, differ, and are the same in every run. */
function randomness() {
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

function faultOf(url: string) {
  return faultOfUrl(url, { loopback: 'refused' })
}
