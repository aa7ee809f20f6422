import { expect, it } from 'vitest'
import { createSendHttp } from '#shared/platform/aws/create-send-http.ts'
import { startSchoolServer } from '#test/shared/outbound/webhook/start-school-server.ts'

const toUrl = (port: number) => `http://127.0.0.1:${port}/`

it('posts a body on a connection that it keeps', async () => {
  await using server = await startSchoolServer((_, response) => void response.writeHead(400).end('{"a":"é"}'))
  const send = createSendHttp({ timeoutMs: 10_000 })
  const request = { url: toUrl(server.port), headers: { 'x-amz-target': 'A.Get' }, body: '{"b":"ü"}' }
  expect(await send(request)).toMatchObject({ status: 400, body: '{"a":"é"}' })
  await send(request)
  expect(server.requests).toMatchObject([{ method: 'POST', body: '{"b":"ü"}' }, { body: '{"b":"ü"}' }])
  expect(server.connections()).toBe(1)
})

it('throws if the server does not respond in time', async () => {
  await using server = await startSchoolServer(() => {})
  const send = createSendHttp({ timeoutMs: 20 })
  await expect(send({ url: toUrl(server.port), headers: {}, body: '' })).rejects.toThrow()
})

it('throws if the response is cut off', async () => {
  await using server = await startSchoolServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' }).write('{', () => response.destroy())
  })
  const send = createSendHttp({ timeoutMs: 10_000 })
  await expect(send({ url: toUrl(server.port), headers: {}, body: '' })).rejects.toThrow()
})

it('throws if no server listens', async () => {
  const server = await startSchoolServer()
  await server[Symbol.asyncDispose]()
  const send = createSendHttp({ timeoutMs: 10_000 })
  await expect(send({ url: toUrl(server.port), headers: {}, body: '' })).rejects.toThrow('ECONNREFUSED')
})
