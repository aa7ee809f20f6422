import * as z from 'zod'
import type { ResponseRules } from './response-rules.ts'

export const preset = z
  .enum(['standard-webhooks', 'leadconduit', 'plain-text'])
  .meta({ id: 'ResponsePreset', description: 'Response rules by the name of a habit that many schools share.' })
export type Preset = z.output<typeof preset>

/** What each name stands for. A preset that changes changes for every campaign that names it. */
export const presets: { [name in Preset]: ResponseRules } = {
  /** Any 2xx is a yes, and nothing else is. */
  'standard-webhooks': { accepted: [{ status: { from: 200, to: 299 } }] },

  /** `outcome` is success, failure or error, in JSON or XML; after an error the lead is sent again. */
  leadconduit: {
    accepted: [{ path: '/outcome', equals: 'success' }],
    duplicate: [{ path: '/reason', contains: 'duplicate' }],
    rejected: [{ path: '/outcome', equals: 'failure' }],
    reason: '/reason',
    reference: '/lead/id',
    price: '/price',
  },

  /** A word or a sentence that is neither JSON nor markup. Words that deny come first: "not accepted" is no yes. */
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

/** The rules that an endpoint's answers are read by; none where every 2xx is a yes. */
export function getResponseRules({
  preset,
  responses,
}: {
  preset?: Preset | undefined
  responses?: ResponseRules | undefined
}) {
  return responses ?? (preset && presets[preset])
}
