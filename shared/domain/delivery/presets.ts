import * as z from 'zod'
import type { ResponseRules } from './response-rules.ts'

export const preset = z
  .enum(['standard-webhooks', 'leadconduit', 'plain-text'])
  .meta({ id: 'ResponsePreset', description: 'Named response rules for response formats that many systems share.' })
export type Preset = z.output<typeof preset>

/** A change of a preset takes effect in every campaign that uses it. */
export const presets: { [name in Preset]: ResponseRules } = {
  /** Any 2xx is accepted, and nothing else is. */
  'standard-webhooks': { accepted: [{ status: { from: 200, to: 299 } }] },

  /** `outcome` is success, failure or error, in JSON or XML. After an error the lead is sent again. */
  leadconduit: {
    accepted: [{ path: '/outcome', equals: 'success' }],
    duplicate: [{ path: '/reason', contains: 'duplicate' }],
    rejected: [{ path: '/outcome', equals: 'failure' }],
    reason: '/reason',
    reference: '/lead/id',
    price: '/price',
  },

  /** Text that is neither JSON nor markup. Negative words are checked first, because "not accepted" contains "accepted". */
  'plain-text': {
    duplicate: [
      { path: '', contains: 'duplicate' },
      { path: '', contains: 'already exists' },
    ],
    rejected: [
      ...['reject', 'declined', 'invalid', 'fail', 'unsuccess', 'unmatched', 'not accepted'].map(matchText),
      { path: '', oneOf: ['no', false, 0] },
    ],
    accepted: [
      ...['accepted', 'success'].map(matchText),
      { path: '', oneOf: ['ok', 'yes', 'matched', 'received', true, 1] },
    ],
    reason: '',
  },
}

function matchText(contains: string) {
  return { path: '', contains }
}

/** Returns an endpoint's response rules; undefined if every 2xx counts as accepted. */
export function getResponseRules({
  preset,
  responses,
}: {
  preset?: Preset | undefined
  responses?: ResponseRules | undefined
}) {
  return responses ?? (preset && presets[preset])
}
