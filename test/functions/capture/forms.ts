import { dummyToken } from '#local/fake-turnstile.ts'
import { leadReceipt } from '#shared/contract/capture/capture.ts'
import { leadStory } from '#shared/contract/operator.ts'
import { aLead, ask, aTown, keyOf, send, storyOf, type Town, write } from '#test/functions/town.ts'
import type { Foundations } from '#test/house.ts'

type Fields = { [field: string]: unknown }

/** A town whose landing page is watched as closely as one can be. */
export async function aWatchedTown(fields: Fields = {}, foundations: Foundations = {}): Promise<Town> {
  const town = await aTown(foundations)
  const strict = { abuse: 'enforce', formToken: 'required', turnstile: true }
  const source = { name: 'Watched', mode: 'live', ...strict, ...fields }
  return { ...town, sourceKey: keyOf((await write(town.house, 'sources', 'watched', source)).body) }
}

/** What a page sends for one person: the token that it was given, the trap empty, Turnstile passed. */
export async function aForm(town: Town, number = 1, fields: Fields = {}) {
  const match = await ask(town)
  return aLead(match, number, { formToken: match.formToken, website: '', turnstileToken: dummyToken, ...fields })
}

/** Sends a form `seconds` after now. @throws where it is not taken. */
export async function sendAfter(town: Town, seconds: number, form: unknown, key?: string) {
  town.house.pass(seconds)
  const answer = await send(town, form, key === undefined ? {} : { 'idempotency-key': key })
  if (answer.status !== 201) throw new Error(`The form was refused: ${answer.text}`)
  return leadReceipt.parse(answer.body)
}

export async function storyTold(town: Town, leadId: string) {
  return leadStory.parse(await storyOf(town, leadId))
}
