import { describe, expect, it } from 'vitest'
import { rotatingSecrets, runRotation } from '../fairness/rotating-secrets.ts'
import { createFetchPost, createLookupOnlyPost } from '../kill/careless-posts.ts'
import { testSeed } from '../proof/test-seed.ts'
import { hostileAddresses, postToLoopbackSpellings, toConnectionResult } from './hostile-addresses.ts'
import { createGzipBomb, hostileAnswers, measureMemoryGrowth } from './hostile-answers.ts'

const smallScale = { size: 'small', seed: testSeed() } as const

describe('a school that means harm', { timeout: 60_000 }, () => {
  it('is given no connection to where schools cannot be', async () => {
    expect((await hostileAddresses.run(smallScale)).faults).toEqual([])
  })

  it.each([
    ['fetch', createFetchPost, [/spellings/, /redirects/]],
    ['a guard in the resolver alone', createLookupOnlyPost, [/spellings/]],
  ] as const)('would be given one by %s', async (_, makePost, expected) => {
    const { faults } = toConnectionResult(await postToLoopbackSpellings(makePost))
    for (const fault of expected) expect(faults).toContainEqual(expect.stringMatching(fault))
  })

  it('costs no memory worth the name, and is cut when the time is up', async () => {
    expect((await hostileAnswers.run(smallScale)).faults).toEqual([])
  })

  it('would cost a lot by fetch, which inflates what it is sent', async () => {
    expect((await measureMemoryGrowth('gzip', createGzipBomb(20), 'fetch')).faults).toHaveLength(1)
  })
})

describe('secrets that are rotated every second', { timeout: 60_000 }, () => {
  it('fail no delivery of a school that takes them up late', async () => {
    expect((await rotatingSecrets.run(smallScale)).faults).toEqual([])
  })

  it('would, were only the newest to sign', async () => {
    const newestOnly = (signatures: string) => signatures.split(' ')[0] ?? ''
    expect((await runRotation(smallScale, newestOnly)).faults).toHaveLength(1)
  })
})
