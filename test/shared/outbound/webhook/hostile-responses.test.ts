import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createKeptConnections } from '#local/workers/create-kept-connections.ts'
import { createPostWebhook, type PostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'
import { createHostileResponses, type HostileResponse } from './hostile-responses.ts'
import { startCountingServer } from './start-school-server.ts'

const seed = Number(process.env.SEED ?? 15)
const responses = createHostileResponses(300, seed)
// Far more than a response needs; only those that stall with rules wait for the deadline, all at once.
const settings = { settings: { loopback: 'allowed' }, deadlineMs: 3000, excerptTimeoutMs: 50 } as const

it(`interprets 300 responses from the grammar of HTTP/1.1 as expected (seed ${seed})`, async () => {
  await using school = await startCountingServer(createServer(serveResponse))
  const post = createPostWebhook(settings)
  const differences = await Promise.all(
    responses.map(async (response, index) => {
      const outcome = await readOutcome(`http://127.0.0.1:${school.port}/${index}`, response, post)
      return { title: response.title, expected: response.expected, outcome }
    }),
  )
  expect(differences.filter(({ expected, outcome }) => !isSame(expected, outcome))).toEqual([])
})

it(`interprets them alike on a connection that has carried a request before (seed ${seed})`, async () => {
  await using school = await startCountingServer(createServer(serveResponse))
  const connections = createKeptConnections({ maxIdle: responses.length, maxIdlePerOrigin: responses.length })
  const post = createPostWebhook({ ...settings, connections })
  const urls = responses.map((_, index) => `http://127.0.0.1:${school.port}/${index}`)
  await Promise.all(urls.map((url) => post({ url: `${url}/first`, headers: {}, body: '{}' })))
  expect(school.connections()).toBe(responses.length)
  const outcomes = await Promise.all(responses.map((response, index) => readOutcome(urls[index] ?? '', response, post)))
  const differences = responses.map(({ title, expected }, index) => ({ title, expected, outcome: outcomes[index] }))
  expect(differences.filter(({ expected, outcome }) => !outcome || !isSame(expected, outcome))).toEqual([])
  // Those that end before any byte of a response are sent once more.
  expect(school.connections()).toBeLessThan(responses.length * 1.5)
  await connections.close()
})

async function readOutcome(url: string, { rules }: HostileResponse, post: PostWebhook) {
  const response = await post({ url, headers: {}, body: '{}', needsBody: rules !== undefined })
  if (response.stage !== 'answered') return { status: undefined, means: undefined, reason: response.reason }
  const contentType = response.headers['content-type']
  const { means, reason } = interpretResponse({ ...response, ...(contentType && { contentType }) }, rules)
  return { status: response.status, means, reason: reason ?? response.unreadable }
}

function isSame(expected: HostileResponse['expected'], outcome: HostileResponse['expected']): boolean {
  return expected.status === outcome.status && expected.means === outcome.means
}

/** Sends the response whose number is the path of the request. */
function serveResponse(socket: Socket): void {
  let request = ''
  socket.on('data', (chunk) => {
    request += chunk
    if (/^POST \/\d+\/first .*\r\n\r\n\{\}$/s.test(request)) {
      request = ''
      return void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
    }
    const index = /^POST \/(\d+) .*\r\n\r\n\{\}$/s.exec(request)?.[1]
    const response = responses[Number(index)]
    if (index !== undefined && response) sendResponse(socket, response)
  })
}

function sendResponse(socket: Socket, { bytes, end }: HostileResponse): void {
  if (end === 'close') socket.end(bytes)
  else if (end === 'stall') socket.write(bytes)
  else if (end === 'endless') {
    const pour = () => {
      while (!socket.destroyed && socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`)) {}
    }
    socket.write(bytes)
    socket.on('drain', pour)
    pour()
  } else socket.write(bytes, () => socket.resetAndDestroy())
}
