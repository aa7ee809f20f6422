import { confirmSecondFactor, startSecondFactor } from '#shared/contract/access/second-factor.ts'
import { computeTotp, totpStepSeconds } from '#shared/platform/totp.ts'
import { createTotpSecret } from '#shared/workflows/access/second-factors.ts'
import type { TestApi } from '#test/create-test-api.ts'
import { type Browser, createSignedInPerson } from './create-people-system.ts'

/** What an authenticator app shows for a secret in Base32, now or some steps from now. */
export function createApp({ now }: { now: () => Date }, base32: string) {
  const bits = [...base32].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return showCodes(now, Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))))
}

const showCodes =
  (now: () => Date, secret: Uint8Array) =>
  (steps = 0) =>
    computeTotp(secret, Math.floor(now().getTime() / 1000 / totpStepSeconds) + steps)

/** Stores an app for a person, as if they had signed in before. */
export async function giveApp(api: TestApi, { personId }: { personId: string }) {
  const deps = api.createDependencies('operator')
  const { secret, sealed } = createTotpSecret(personId, deps)
  const secondFactor = { sealedSecret: sealed, lastStep: 0, recoveryCodes: [], wrongCodes: 0 }
  await deps.people.change(personId, (row) => ({
    row: { ...row, person: { ...row.person, status: 'active' }, secondFactor },
    also: [],
  }))
  return showCodes(() => api.clock.now, secret)
}

/** Begins the setup of an app, which then shows codes. @throws Error if that is refused */
export async function startSetup(api: Pick<TestApi, 'clock'>, browser: Browser, body: object = {}) {
  const response = await browser.call('POST', '/v1/second-factor/setups', { body })
  if (response.status !== 201) throw new Error(`No setup began: ${response.text}`)
  const { secret, uri } = startSecondFactor.responses[201].body.parse(response.body)
  return { uri, showCode: createApp({ now: () => api.clock.now }, secret) }
}

/** A signed-in owner with an authenticator app, half a minute after its setup, whose code is used up. */
export async function createOwnerWithApp(api: TestApi) {
  const { person, browser } = await createSignedInPerson(api, 'owner')
  const { showCode } = await startSetup(api, browser)
  const response = await browser.call('POST', '/v1/second-factor', { body: { code: showCode() } })
  const { data } = confirmSecondFactor.responses[201].body.safeParse(response.body)
  api.advanceClock(totpStepSeconds)
  return { person, browser, showCode, response, recoveryCodes: data?.recoveryCodes ?? [] }
}
