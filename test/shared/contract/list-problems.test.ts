import { expect, it } from 'vitest'
import { readHealth } from '#shared/contract/about.ts'
import { readCareer } from '#shared/contract/catalog/catalog.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { listProblems } from '#shared/contract/list-problems.ts'

it('adds to what a route names what its shape brings with it', () => {
  expect(listProblems(readHealth)).toEqual(['FAULT', 'CONFLICT_RETRY', 'THROTTLED', 'UNAVAILABLE'])
  expect(listProblems(readCareer)).toEqual([
    'NOT_FOUND',
    'INVALID_REQUEST',
    'FAULT',
    'CONFLICT_RETRY',
    'THROTTLED',
    'UNAVAILABLE',
  ])
  expect(listProblems(records.schools.put)).toEqual([
    'VERSION_CONFLICT',
    'PRECONDITION_REQUIRED',
    'KEY_REQUIRED',
    'KEY_INVALID',
    'TOO_MANY_REQUESTS',
    'SESSION_INVALID',
    'ROLE_NOT_ALLOWED',
    'SECOND_FACTOR_REQUIRED',
    'SECOND_FACTOR_SETUP_REQUIRED',
    'KEY_READ_ONLY',
    'MALFORMED_JSON',
    'BODY_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'INVALID_REQUEST',
    'FAULT',
    'CONFLICT_RETRY',
    'THROTTLED',
    'UNAVAILABLE',
  ])
})
