import * as z from 'zod'
import { consentProof } from '../../domain/aftercare/consent-proof.ts'
import { anyJson, instant } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'
import { personQuery, removedProofs } from './consent-proofs.ts'

export const answerAccessRequest = defineRoute({
  name: 'answerAccessRequest',
  method: 'POST',
  path: '/v1/ops/access-requests',
  caller: 'operator',
  summary: 'Return everything that is stored about a person, found by email or phone',
  description:
    'Leads, consents with their proofs, decisions with every verdict, deliveries with attempts, dispositions, returns, ' +
    'notices, who looked, and opt-outs. `leftOut` says what is not repeated here, and why. The call is recorded.',
  body: personQuery,
  responses: {
    200: {
      description: 'Everything that is stored.',
      body: z
        .object({
          answeredAt: instant,
          records: z.array(
            z.object({
              kind: z.string().meta({ description: 'Such as `lead`, `decision`, `delivery`, `attempt` or `reveal`.' }),
              leadId: z.string().optional(),
              data: z.record(z.string(), anyJson),
            }),
          ),
          proofs: z.array(consentProof),
          removed: removedProofs,
          leftOut: z.array(z.object({ kind: z.string(), why: z.string() })),
        })
        .meta({ id: 'AccessRequestAnswer' }),
    },
  },
  example: {
    body: { email: 'ada@mail.example', purpose: 'Request 2026-31 of the person, identity verified by phone.' },
  },
})
