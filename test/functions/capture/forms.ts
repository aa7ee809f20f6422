import { dummyToken } from '#local/fake-turnstile.ts'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadTimeline } from '#shared/contract/capture/leads.ts'
import type { TestApiOptions } from '#test/create-test-api.ts'
import {
  aLead,
  createTestSystem,
  parseKey,
  postLead,
  putRecord,
  readLead,
  requestMatch,
  type TestSystem,
} from '#test/functions/create-test-system.ts'

type Fields = { [field: string]: unknown }

/** A town whose landing page is watched as closely as one can be. */
export async function createStrictSystem(fields: Fields = {}, options: TestApiOptions = {}): Promise<TestSystem> {
  const system = await createTestSystem(options)
  const strict = { abuse: 'enforce', formToken: 'required', turnstile: true }
  const source = { name: 'Watched', mode: 'live', ...strict, ...fields }
  return { ...system, sourceKey: parseKey((await putRecord(system.api, 'sources', 'watched', source)).body) }
}

/** What a page sends for one person: the token that it was given, the trap empty, Turnstile passed. */
export async function aForm(system: TestSystem, number = 1, fields: Fields = {}) {
  const match = await requestMatch(system)
  return aLead(match, number, { formToken: match.formToken, website: '', turnstileToken: dummyToken, ...fields })
}

/** Sends a form `seconds` after now. @throws where it is not taken. */
export async function postFormLater(system: TestSystem, seconds: number, form: unknown, key?: string) {
  system.api.advanceClock(seconds)
  const response = await postLead(system, form, key === undefined ? {} : { 'idempotency-key': key })
  if (response.status !== 201) throw new Error(`The form was refused: ${response.text}`)
  return leadReceipt.parse(response.body)
}

export async function readTimeline(system: TestSystem, leadId: string) {
  return leadTimeline.parse(await readLead(system, leadId))
}
