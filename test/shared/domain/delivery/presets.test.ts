import { describe, expect, it } from 'vitest'
import { getResponseRules, preset, presets } from '#shared/domain/delivery/presets.ts'
import { responseRules } from '#shared/domain/delivery/response-rules.ts'
import { interpretResponse } from '#shared/outbound/webhook/interpret-response.ts'

it.each(preset.options)('preset %s consists of valid response rules', (name) => {
  expect(responseRules.parse(presets[name])).toEqual(presets[name])
})

it('gives the rules of a preset, and none without a preset or rules', () => {
  expect(getResponseRules({ preset: 'leadconduit' })).toBe(presets.leadconduit)
  expect(getResponseRules({})).toBeUndefined()
})

describe.each([
  ['OK', 'accepted'],
  [' ok\r\n', 'accepted'],
  ['Accepted: 4711', 'accepted'],
  ['SUCCESS', 'accepted'],
  ['1', 'accepted'],
  ['true', 'accepted'],
  ['"Accepted"', 'accepted'],
  ['Rejected: bad phone', 'rejected'],
  ['Not accepted', 'rejected'],
  ['Unsuccessful', 'rejected'],
  ['failure', 'rejected'],
  ['Unmatched', 'rejected'],
  ['0', 'rejected'],
  ['Rejected: duplicate', 'duplicate'],
  ['This e-mail already exists.', 'duplicate'],
  ['', 'unclear'],
  ['Thank you', 'unclear'],
  ['{"status":"accepted"}', 'unclear'],
  ['<html><body>Your file was accepted</body></html>', 'unclear'],
  ['<!DOCTYPE html><title>Error</title>Down for maintenance; requests are rejected', 'unclear'],
] as const)('plain text: %j', (body, means) => {
  it(`classifies the response as ${means}`, () => {
    expect(interpretResponse({ status: 200, body }, presets['plain-text']).means).toBe(means)
  })
})
