import { describe, expect, it } from 'vitest'
import { testSeed } from '#test/test-seed.ts'
import { rotatingSecrets, runRotation } from '../fairness/rotating-secrets.ts'
import { createFetchPost, createLookupOnlyPost } from '../kill/careless-posts.ts'
import { hostileAddresses, postToLoopbackSpellings, toConnectionResult } from './hostile-addresses.ts'
import { createGzipBomb, hostileAnswers, measureMemoryGrowth } from './hostile-answers.ts'

const smallScale = { size: 'small', seed: testSeed() } as const

describe('a hostile school', () => {
  it('gets no connection to a private address', async () => {
    expect((await hostileAddresses.run(smallScale)).faults).toEqual([])
  })

  it.each([
    ['fetch', createFetchPost, [/spellings/, /redirects/]],
    ['a check only in the resolver', createLookupOnlyPost, [/spellings/]],
  ] as const)('detects: a connection to a private address by %s', async (_, makePost, expected) => {
    const { faults } = toConnectionResult(await postToLoopbackSpellings(makePost))
    for (const fault of expected) expect(faults).toContainEqual(expect.stringMatching(fault))
  })

  it('uses little memory, and is disconnected at the deadline', async () => {
    expect((await hostileAnswers.run(smallScale)).faults).toEqual([])
  })

  it('detects: fetch, which inflates the response, uses too much memory', async () => {
    expect((await measureMemoryGrowth('gzip', createGzipBomb(20), 'fetch')).faults).toHaveLength(1)
  })
})

describe('webhook secrets that rotate every second', () => {
  it('verify at a school that adopts each secret late', async () => {
    expect((await rotatingSecrets.run(smallScale)).faults).toEqual([])
  })

  it('detects: deliveries fail if only the newest secret signs', async () => {
    const newestOnly = (signatures: string) => signatures.split(' ')[0] ?? ''
    expect((await runRotation({ size: 'small', seed: 1 }, { leads: 100, rewrite: newestOnly })).faults).toHaveLength(1)
  })
})
