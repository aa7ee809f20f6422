import * as z from 'zod'
import { decision } from '../../domain/routing/decision.ts'
import { recordId } from '../../domain/vocabulary.ts'
import { matchRequest, matchSchools } from '../capture/capture.ts'
import { defineRoute } from '../route.ts'

export const explainMatch = defineRoute({
  name: 'explainMatch',
  method: 'POST',
  path: '/v1/ops/matches',
  caller: 'operator',
  access: 'read',
  summary: 'Explain a match: which schools a visitor would see, and why not others',
  body: matchRequest.extend({ sourceId: recordId.optional() }).meta({ id: 'MatchExplanationRequest' }),
  prepareBody: matchSchools.prepareBody,
  responses: { 200: { description: 'The decision. Nothing is stored.', body: z.object({ decision }) } },
  example: { body: matchSchools.example.body },
})
