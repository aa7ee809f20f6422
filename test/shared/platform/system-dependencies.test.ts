import { describe, expect, it } from 'vitest'
import { systemDependencies } from '#shared/platform/system-dependencies.ts'

describe('a new ID', () => {
  it('has 16 random bytes of its own, also when many are taken', () => {
    const ids = Array.from({ length: 2000 }, () => systemDependencies.newId('lead'))
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^lead_[\w-]{22}$/)
    const bytes = ids.map((id) => Buffer.from(id.slice('lead_'.length), 'base64url'))
    // No position is the same in all: each of 16 bytes takes nearly every value.
    for (let position = 0; position < 16; position++)
      expect(new Set(bytes.map((one) => one[position])).size).toBeGreaterThan(200)
  })
})
