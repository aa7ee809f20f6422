import * as z from 'zod'
import { source } from '../../domain/capture/source.ts'
import { recordId, slug } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'
import { sourceHeaders } from './lead-fields.ts'

export const checkFormSettings = defineRoute({
  name: 'checkFormSettings',
  method: 'GET',
  path: '/v1/form-settings',
  caller: 'source',
  summary: 'Check the key, the career and the program of a request form',
  description:
    'For a page that shows a form, so that a mistake in its settings appears before a visitor has filled it in. Counts for ' +
    'the rate limit of the address, and not for that of the source.',
  query: z.strictObject({ careerSlug: slug, programId: recordId.optional() }),
  headers: sourceHeaders,
  responses: {
    200: {
      description: 'The form can send leads.',
      body: z
        .object({
          mode: source.shape.mode.meta({ description: '`test`: each lead of this key is a test.' }),
          minimumAge: source.shape.minimumAge,
          turnstileSiteKey: source.shape.turnstileSiteKey.meta({
            description:
              'With which to render Cloudflare Turnstile. Absent: no token is needed, or the page has its own key.',
          }),
          certificateScript: source.shape.certificateScript,
          requireCertificate: z.literal(true).optional().meta({
            description: 'Set if a lead without `trustedFormCertUrl` is refused.',
          }),
        })
        .meta({ id: 'FormSettings' }),
    },
  },
  problems: ['ORIGIN_NOT_ALLOWED', 'NOT_FOUND'],
  example: { headers: { 'x-source-key': 'pk_...' }, query: { careerSlug: 'health-record-technician' } },
})
