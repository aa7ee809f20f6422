import { createServer } from 'node:http'
import type { ResolveHost } from '#shared/outbound/webhook/create-host-resolver.ts'
import { createPostWebhook, type PostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import type { SsrfGuardSettings } from '#shared/outbound/webhook/ssrf-guard.ts'
import { loopbackSpellings, specialAddresses } from '#test/shared/outbound/webhook/addresses.ts'
import {
  hasIPv6,
  otherLoopback,
  startCountingServer,
  startSchoolServer,
} from '#test/shared/outbound/webhook/start-school-server.ts'
import type { Proof, ProofResult } from '../proof/proof.ts'

export type PostFactory = (setup: {
  settings: SsrfGuardSettings
  resolve?: ResolveHost
  deadlineMs: number
}) => PostWebhook

const rounds = 300
const redirects = [301, 302, 303, 307, 308]
const lead = { headers: {}, body: '{}' }

/** No URL, resolver or redirect leads to a connection to a private address. */
export const hostileAddresses: Proof = {
  title: 'Spellings of loopback, special addresses, answers that change, and redirects',
  run: async () =>
    toConnectionResult({
      ...(await postToLoopbackSpellings(createPostWebhook)),
      ...(await postToMisleadingNames(createPostWebhook)),
    }),
}

/** Knocks at what listens on this machine in every way that a URL can say so. Goes nowhere else, whatever the deliverer. */
export async function postToLoopbackSpellings(makePost: PostFactory): Promise<ConnectionCounts> {
  await using school = await startSchoolServer()
  await using otherListener = await startCountingServer(createServer(), hasIPv6 ? '::1' : otherLoopback, school.port)
  const post = makePost({ settings: { loopback: 'refused', ports: [school.port] }, deadlineMs: 500 })
  const urls = loopbackSpellings.flatMap((host) => [
    `https://${host}:${school.port}/`,
    `http://${host}:${school.port}/`,
  ])
  await Promise.all(urls.map((url) => post({ ...lead, url })))
  return {
    [`connections by ${loopbackSpellings.length} spellings of loopback, each by https and http`]:
      school.connections() + otherListener.connections(),
    [`redirects followed, of ${redirects.join(', ')}`]: await countFollowedRedirects(makePost),
  }
}

/** Has a name lead there. */
async function postToMisleadingNames(makePost: PostFactory): Promise<ConnectionCounts> {
  await using school = await startSchoolServer()
  const settings: SsrfGuardSettings = { loopback: 'refused', ports: [school.port] }
  const send = (resolve: ResolveHost) =>
    makePost({ settings, resolve, deadlineMs: 500 })({ ...lead, url: `https://school.com:${school.port}/` })
  for (const address of specialAddresses) {
    await send(async () => [{ address }])
    await send(async () => [{ address: '8.8.8.8' }, { address }])
  }
  const specialConnections = school.connections()
  const sendWithChangingAddress = () => {
    let lookups = 0
    // The first address is not allocated to any network, so no real host is contacted.
    return send(async () => [{ address: lookups++ === 0 ? '2f00::1' : '127.0.0.1' }])
  }
  await Promise.all(Array.from({ length: rounds }, sendWithChangingAddress))
  return {
    [`connections by ${specialAddresses.length} special addresses, alone and beside a public one`]: specialConnections,
    [`connections by ${rounds} resolvers whose second answer is loopback`]: school.connections() - specialConnections,
  }
}

type ConnectionCounts = { [what: string]: number }

export function toConnectionResult(figures: ConnectionCounts): ProofResult {
  const faults = Object.entries(figures).flatMap(([what, count]) => (count === 0 ? [] : [`${what}: ${count}`]))
  return { figures, faults }
}

async function countFollowedRedirects(makePost: PostFactory): Promise<number> {
  await using redirectTarget = await startSchoolServer()
  for (const status of redirects) {
    await using school = await startSchoolServer((_, response) => {
      response.writeHead(status, { location: `http://127.0.0.1:${redirectTarget.port}/` }).end()
    })
    const post = makePost({ settings: { loopback: 'allowed' }, deadlineMs: 2000 })
    await post({ ...lead, url: `http://127.0.0.1:${school.port}/` })
  }
  return redirectTarget.connections()
}
