import { expect, it } from 'vitest'
import { evaluateBucket } from '#shared/domain/capture/bucket.ts'

const now = new Date('2026-11-29T12:00:00Z')
const inSeconds = (seconds: number) => Math.floor((now.getTime() + seconds * 1000) / 5000)

it('gives back at once the tokens that were spent before the clock was set back an hour', () => {
  const bucket = { spent: 60, checkpoints: [{ interval: inSeconds(3600), spent: 0 }] }
  const { status, outdated } = evaluateBucket(bucket, 60, now)
  expect(status).toMatchObject({ remaining: 60 })
  expect(status.resetSeconds).toBeLessThanOrEqual(65)
  expect(outdated).toEqual(bucket.checkpoints)
})

it.each([-50, 0, 50])('counts tokens that were spent %d seconds from now on another clock', (seconds) => {
  const bucket = { spent: 60, checkpoints: [{ interval: inSeconds(seconds), spent: 0 }] }
  expect(evaluateBucket(bucket, 60, now).status.remaining).toBe(0)
})
