import { createServer } from 'node:http'
import type { GuardSettings, Resolve } from '#shared/outbound/webhook/guard.ts'
import { type Post, webhook } from '#shared/outbound/webhook/webhook.ts'
import { loopbackSpellings, specialAddresses } from '#test/shared/outbound/webhook/addresses.ts'
import { counting, hasIPv6, otherLoopback, schoolServer } from '#test/shared/outbound/webhook/school-server.ts'
import type { Proof, Result } from '../proof/proof.ts'

export type MakePost = (setup: { settings: GuardSettings; resolve?: Resolve; deadlineMs: number }) => Post

const rounds = 300
const redirects = [301, 302, 303, 307, 308]
const lead = { headers: {}, body: '{}' }

/** Whatever a URL, a resolver or a redirect does, no connection is opened to where a school cannot be. */
export const hostileAddresses: Proof = {
  title: 'Spellings of loopback, special addresses, answers that change, and redirects',
  run: async () => told({ ...(await knock(webhook)), ...(await mislead(webhook)) }),
}

/** Knocks at what listens on this machine in every way that a URL can say so. Goes nowhere else, whatever the deliverer. */
export async function knock(makePost: MakePost): Promise<Counts> {
  await using school = await schoolServer()
  await using neighbour = await counting(createServer(), hasIPv6 ? '::1' : otherLoopback, school.port)
  const post = makePost({ settings: { loopback: 'refused', ports: [school.port] }, deadlineMs: 500 })
  const urls = loopbackSpellings.flatMap((host) => [
    `https://${host}:${school.port}/`,
    `http://${host}:${school.port}/`,
  ])
  await Promise.all(urls.map((url) => post({ ...lead, url })))
  return {
    [`connections by ${loopbackSpellings.length} spellings of loopback, each by https and http`]:
      school.connections() + neighbour.connections(),
    [`redirects followed, of ${redirects.join(', ')}`]: await followed(makePost),
  }
}

/** Has a name lead there. */
async function mislead(makePost: MakePost): Promise<Counts> {
  await using school = await schoolServer()
  const settings: GuardSettings = { loopback: 'refused', ports: [school.port] }
  const send = (resolve: Resolve) =>
    makePost({ settings, resolve, deadlineMs: 500 })({ ...lead, url: `https://school.com:${school.port}/` })
  for (const address of specialAddresses) {
    await send(async () => [{ address }])
    await send(async () => [{ address: '8.8.8.8' }, { address }])
  }
  const bySpecial = school.connections()
  const changes = () => {
    let asked = 0
    // No network has been given the first address, so that nobody is knocked at.
    return send(async () => [{ address: asked++ === 0 ? '2f00::1' : '127.0.0.1' }])
  }
  await Promise.all(Array.from({ length: rounds }, changes))
  return {
    [`connections by ${specialAddresses.length} special addresses, alone and beside a public one`]: bySpecial,
    [`connections by ${rounds} resolvers whose second answer is loopback`]: school.connections() - bySpecial,
  }
}

type Counts = { [what: string]: number }

export function told(figures: Counts): Result {
  const faults = Object.entries(figures).flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`]))
  return { figures, faults }
}

async function followed(makePost: MakePost): Promise<number> {
  await using elsewhere = await schoolServer()
  for (const status of redirects) {
    await using school = await schoolServer((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${elsewhere.port}/` }).end()
    })
    const post = makePost({ settings: { loopback: 'allowed' }, deadlineMs: 2000 })
    await post({ ...lead, url: `http://127.0.0.1:${school.port}/` })
  }
  return elsewhere.connections()
}
