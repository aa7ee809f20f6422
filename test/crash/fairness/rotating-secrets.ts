import { Webhook } from 'standardwebhooks'
import * as z from 'zod'
import { createTestSystem, submitTestLead, type TestSystem } from '#test/functions/create-test-system.ts'
import { webhookResponse } from '#test/functions/house/fakes.ts'
import { proofSize } from '#test/test-sizes.ts'
import { createRandom } from '../proof/create-random.ts'
import type { Proof, ProofResult, ProofScale } from '../proof/proof.ts'

const overlapSeconds = 6
const perSecond = 50
/** The longest time until a school adopts a new secret. */
const maxAdoptionSeconds = 4

/** Rotates a secret every second, while a school adopts each one with a delay. */
export const rotatingSecrets: Proof = {
  title: 'Secrets rotated every second under way',
  run: runRotation,
}

/** `rewrite` changes the signature, for a negative control, which needs fewer leads. */
export async function runRotation(
  { size, seed }: ProofScale,
  { leads = proofSize('leadsDuringRotations', size), rewrite = (signature: string) => signature } = {},
): Promise<ProofResult> {
  const system = await createTestSystem()
  const { api } = system
  // The verifying package uses the real clock.
  api.clock.now = new Date(Date.now() - 60_000)
  const roll = createRandom(seed)
  const secretSchedule = [{ secret: system.secret, from: 0 }]
  const rotationsBehind: number[] = []
  let [verified, failed, rotations] = [0, 0, 0]
  api.webhooks.respond = ({ body, headers }) => {
    const nowMs = api.clock.now.getTime()
    const currentSecret = secretSchedule.filter(({ from }) => from <= nowMs).at(-1)?.secret ?? ''
    rotationsBehind.push(secretSchedule.length - 1 - secretSchedule.findIndex(({ secret }) => secret === currentSecret))
    const signature = rewrite(headers['webhook-signature'] ?? '')
    const isVerified = isVerifiedSignature(currentSecret, body, { ...headers, 'webhook-signature': signature })
    if (isVerified) verified += 1
    else failed += 1
    return webhookResponse(isVerified ? 200 : 401)
  }

  for (let number = 0; number < leads; number++) {
    if (number % perSecond === 0) {
      const secret = await rotateSecret(system)
      rotations += 1
      secretSchedule.push({ secret, from: api.clock.now.getTime() + roll.below(maxAdoptionSeconds * 1000) })
      secretSchedule.sort((one, other) => one.from - other.from)
    }
    const { schools } = await submitTestLead(system, number, { schoolIds: ['tall-grass'] })
    for (const { deliveryId } of schools) await api.deliver(deliveryId)
    api.advanceClock(1 / perSecond)
  }
  return {
    figures: {
      deliveries: leads,
      rotations,
      'verified by the package standardwebhooks': verified,
      'not verified': failed,
      'rotations that the school was behind at most': Math.max(...rotationsBehind),
    },
    faults: failed > 0 || verified !== leads ? [`${failed} of ${leads} deliveries were not verified`] : [],
  }
}

async function rotateSecret({ api }: TestSystem): Promise<string> {
  const path = '/v1/ops/campaigns/tall-grass-tx/secret-rotations'
  const { body } = await api.staff('POST', path, { body: { overlapSeconds } })
  return z.object({ secret: z.string() }).parse(body).secret
}

function isVerifiedSignature(secret: string, body: string, headers: { [name: string]: string }): boolean {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}
