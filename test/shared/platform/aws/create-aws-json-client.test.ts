import { beforeEach, describe, expect, it } from 'vitest'
import { createAwsJsonClient } from '#shared/platform/aws/create-aws-json-client.ts'
import type { SendHttp } from '#shared/platform/aws/create-send-http.ts'
import { createDynamodbReads } from '#shared/store/engine/dynamodb/dynamodb-reads.ts'
import { createSignedReadCalls } from '#shared/store/engine/dynamodb/signed-read-calls.ts'

type Response = Awaited<ReturnType<SendHttp>>
const at = new Date('2026-11-29T12:00:00.000Z')
const ok: Response = { status: 200, headers: {}, body: '{"Item":{"pk":{"S":"A"},"sk":{"S":"B"}}}' }
const refuse = (code: string, status = 400, date = at): Response => ({
  status,
  headers: { date: date.toUTCString() },
  body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'Says "why".' }),
})

describe('a client of a JSON protocol of AWS', () => {
  const requests: Parameters<SendHttp>[0][] = []
  const pauses: number[] = []
  let responses: (Response | Error)[] = []
  beforeEach(() => {
    requests.length = 0
    pauses.length = 0
  })
  const call = (
    credentials: Parameters<typeof createAwsJsonClient>[0]['credentials'] = () => ({
      accessKeyId: 'id',
      secretAccessKey: 'secret',
    }),
  ) =>
    createAwsJsonClient({
      service: 'dynamodb',
      region: 'us-east-1',
      endpoint: 'https://dynamodb.us-east-1.amazonaws.com',
      credentials,
      send: async (request) => {
        requests.push(request)
        const response = responses.shift() ?? ok
        if (response instanceof Error) throw response
        return response
      },
      now: () => at,
      sleep: async (milliseconds) => pauses.push(milliseconds),
      random: () => 0.5,
    })
  const listDates = () => requests.map(({ headers }) => headers['x-amz-date'])

  it('signs what it sends, with the token of the session', async () => {
    responses = []
    await call(() => ({ accessKeyId: 'id', secretAccessKey: 'secret', sessionToken: 'token' }))('A.Get', { a: 1 })
    expect(requests).toMatchObject([
      {
        body: '{"a":1}',
        headers: {
          'x-amz-target': 'A.Get',
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-security-token': 'token',
          authorization: expect.stringMatching(
            /^AWS4-HMAC-SHA256 Credential=id\/20261129\/us-east-1\/dynamodb\/aws4_request, SignedHeaders=\S*x-amz-target, Signature=[0-9a-f]{64}$/,
          ),
        },
      },
    ])
  })

  it.each([
    ['throttling', refuse('ProvisionedThroughputExceededException')],
    ['a throttled request', refuse('ThrottlingException')],
    ['a fault of AWS', refuse('InternalServerError', 500)],
    ['an answer without a code', { status: 503, headers: {}, body: '<html>' }],
    ['a lost connection', new Error('socket hang up')],
    ['an answer that was cut off', { status: 200, headers: {}, body: '{"Item"' }],
  ])('repeats a call after %s, later each time', async (_, failure) => {
    responses = [failure, failure, ok]
    expect(await call()('A.Get', {})).toEqual(JSON.parse(ok.body))
    expect(requests).toHaveLength(3)
    expect(pauses).toEqual([50, 100])
  })

  it('gives up after four attempts, with the name of the last failure', async () => {
    const failure = refuse('ProvisionedThroughputExceededException')
    responses = [failure, failure, failure, failure, ok]
    await expect(call()('A.Get', {})).rejects.toMatchObject({ name: 'ProvisionedThroughputExceededException' })
    expect(requests).toHaveLength(4)
  })

  it.each(['ValidationException', 'AccessDeniedException', 'ResourceNotFoundException'])(
    'does not repeat a call that AWS refuses with %s',
    async (code) => {
      responses = [refuse(code)]
      await expect(call()('A.Get', {})).rejects.toMatchObject({ name: code })
      expect(requests).toHaveLength(1)
    },
  )

  it("signs with AWS's time if the clock of the Lambda is wrong, from then on", async () => {
    const hourAhead = new Date('2026-11-29T13:00:00.000Z')
    responses = [refuse('InvalidSignatureException', 400, hourAhead)]
    const callSkewed = call()
    await callSkewed('A.Get', {})
    await callSkewed('A.Get', {})
    expect(listDates()).toEqual(['20261129T120000Z', '20261129T130000Z', '20261129T130000Z'])
    expect(pauses).toEqual([])
  })

  it('does not blame the clock for a wrong key, or for an answer without a date', async () => {
    responses = [refuse('InvalidSignatureException')]
    await expect(call()('A.Get', {})).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    responses = [{ ...refuse('InvalidSignatureException'), headers: {} }]
    await expect(call()('A.Get', {})).rejects.toMatchObject({ name: 'InvalidSignatureException' })
    expect(requests).toHaveLength(2)
  })

  it.each([
    ['ProvisionedThroughputExceededException', 'EngineThrottled'],
    ['ValidationException', 'EngineMisuse'],
  ])('lets the engine throw, for %s, an %s', async (code, name) => {
    const shapes = { things: { indexes: {} } }
    const calls = createSignedReadCalls(call())
    const reads = createDynamodbReads({ calls, tableNames: { things: 'T' }, shapes, now: () => at })
    responses = Array.from({ length: 8 }, () => refuse(code))
    await expect(reads.get({ in: 'things', key: { pk: 'A', sk: 'B' } })).rejects.toMatchObject({ name })
    responses = Array.from({ length: 8 }, () => refuse(code))
    await expect(reads.query({ in: 'things', pk: 'A', limit: 1 })).rejects.toMatchObject({ name })
  })
})
