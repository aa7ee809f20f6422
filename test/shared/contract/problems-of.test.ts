import { expect, it } from 'vitest'
import { readHealth } from '#shared/contract/about.ts'
import { readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { problemsOf } from '#shared/contract/problems-of.ts'

it('adds to what a route names what its shape brings with it', () => {
  expect(problemsOf(readHealth)).toEqual(['FAULT', 'BUSY'])
  expect(problemsOf(readCareer)).toEqual(['NOT_FOUND', 'INVALID_REQUEST', 'FAULT', 'BUSY'])
  expect(problemsOf(records.schools.put)).toEqual([
    'VERSION_CONFLICT',
    'KEY_REQUIRED',
    'KEY_UNKNOWN',
    'TOO_MANY_REQUESTS',
    'KEY_READ_ONLY',
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'INVALID_REQUEST',
    'FAULT',
    'BUSY',
  ])
})
