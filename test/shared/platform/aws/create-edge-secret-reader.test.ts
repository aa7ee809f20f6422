import { expect, it } from 'vitest'
import { createEdgeSecretReader } from '#shared/platform/aws/create-edge-secret-reader.ts'

const current = 'c'.repeat(32)
const previous = 'p'.repeat(32)

it('reads the secrets again after a minute', async () => {
  let time = 0
  const texts = [JSON.stringify({ current }), JSON.stringify({ current: previous, previous: current })]
  const read = createEdgeSecretReader(async () => texts.shift() ?? '', { now: () => new Date(time) })
  expect(await read()).toEqual([current])
  time = 59_999
  expect(await read()).toEqual([current])
  time = 60_000
  expect(await read()).toEqual([previous, current])
})

it('asks again for a secret that could not be read, or is too short', async () => {
  const texts = ['', JSON.stringify({ current: 'short' }), JSON.stringify({ current })]
  const read = createEdgeSecretReader(async () => texts.shift() ?? '', { now: () => new Date(0) })
  await expect(read()).rejects.toThrow()
  await expect(read()).rejects.toThrow()
  expect(await read()).toEqual([current])
})
