import { createServer, type Socket } from 'node:net'
import { expect, it } from 'vitest'
import { createPostWebhook } from '#shared/outbound/webhook/create-post-webhook.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'
import { createHostileResponses, type HostileResponse } from './hostile-responses.ts'
import { startCountingServer } from './start-school-server.ts'

const seed = Number(process.env.FC_SEED ?? 15)
const responses = createHostileResponses(300, seed)
// Far more than a response needs; only those that stall with rules wait for the deadline, all at once.
const post = createPostWebhook({ settings: { loopback: 'allowed' }, deadlineMs: 3000, excerptTimeoutMs: 50 })

it(`interprets 300 responses from the grammar of HTTP/1.1 as expected (seed ${seed})`, {
  timeout: 60_000,
}, async () => {
  await using school = await startCountingServer(createServer(serveResponse))
  const differences = await Promise.all(
    responses.map(async (response, index) => {
      const outcome = await readOutcome(`http://127.0.0.1:${school.port}/${index}`, response)
      return { title: response.title, expected: response.expected, outcome }
    }),
  )
  expect(differences.filter(({ expected, outcome }) => !isSame(expected, outcome))).toEqual([])
})

async function readOutcome(url: string, { rules }: HostileResponse) {
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
