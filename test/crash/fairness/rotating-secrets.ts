import { Webhook } from 'standardwebhooks'
import * as z from 'zod'
import { answered } from '#test/functions/house/fakes.ts'
import { aTown, enquire, type Town } from '#test/functions/town.ts'
import { dice } from '../proof/dice.ts'
import type { Proof, Result, Scale } from '../proof/proof.ts'

const sizes = { small: 300, full: 5000 }
const overlapSeconds = 6
const perSecond = 50
/** Seconds after which a school takes up a new secret, at the latest. */
const latest = 4

/** A secret is rotated every second, and a school takes each up when it gets round to it. */
export const rotatingSecrets: Proof = {
  title: 'Secrets rotated every second under way',
  run: (scale) => rotate(scale),
}

/** `rewrite` may spoil what is sent, to see that this would be noticed. */
export async function rotate({ size, seed }: Scale, rewrite = (signature: string) => signature): Promise<Result> {
  const town = await aTown()
  const { house } = town
  // The package that verifies looks at the clock on the wall.
  house.clock.now = new Date(Date.now() - 60_000)
  const roll = dice(seed)
  const told = [{ secret: town.secret, from: 0 }]
  const lateness: number[] = []
  let [verified, failed, rotations] = [0, 0, 0]
  house.webhooks.answer = ({ body, headers }) => {
    const at = house.clock.now.getTime()
    const known = told.filter(({ from }) => from <= at).at(-1)?.secret ?? ''
    lateness.push(told.length - 1 - told.findIndex(({ secret }) => secret === known))
    const signature = rewrite(headers['webhook-signature'] ?? '')
    const isVerified = verifies(known, body, { ...headers, 'webhook-signature': signature })
    if (isVerified) verified += 1
    else failed += 1
    return answered(isVerified ? 200 : 401)
  }

  const leads = sizes[size]
  for (let number = 0; number < leads; number++) {
    if (number % perSecond === 0) {
      const secret = await rotated(town)
      rotations += 1
      told.push({ secret, from: house.clock.now.getTime() + roll.below(latest * 1000) })
      told.sort((one, other) => one.from - other.from)
    }
    const { schools } = await enquire(town, number, { schoolIds: ['tall-grass'] })
    for (const { deliveryId } of schools) await house.deliver(deliveryId)
    house.pass(1 / perSecond)
  }
  return {
    figures: {
      deliveries: leads,
      rotations,
      'verified by the package standardwebhooks': verified,
      'not verified': failed,
      'rotations that the school was behind at most': Math.max(...lateness),
    },
    faults: failed > 0 || verified !== leads ? [`${failed} of ${leads} deliveries were not verified`] : [],
  }
}

async function rotated({ house }: Town): Promise<string> {
  const path = '/v1/ops/campaigns/tall-grass-tx/secret-rotations'
  const { body } = await house.staff('POST', path, { body: { overlapSeconds } })
  return z.object({ secret: z.string() }).parse(body).secret
}

function verifies(secret: string, body: string, headers: { [name: string]: string }): boolean {
  try {
    new Webhook(secret).verify(body, headers)
    return true
  } catch {
    return false
  }
}
