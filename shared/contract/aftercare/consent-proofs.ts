import * as z from 'zod'
import { consentProof } from '../../domain/aftercare/consent-proof.ts'
import { consentCertificate } from '../../domain/capture/certificates/consent-certificate.ts'
import { identifierFields } from '../../domain/fields/person-fields.ts'
import { idSchema } from '../../domain/ids.ts'
import { singleLine } from '../../domain/vocabulary.ts'
import { defineRoute } from '../route.ts'

export const personQuery = z
  .strictObject({
    ...identifierFields,
    purpose: singleLine(200).meta({ description: 'Why you need it. It is recorded with each lead and in the audit.' }),
  })
  .refine(({ email, phone }) => (email ?? phone) !== undefined, { error: 'must contain `email` or `phone`' })
  .meta({ id: 'PersonQuery' })

export const removedProofs = z.array(idSchema('lead')).meta({
  description:
    'Leads of the person whose proof was removed from the database: the index of the person names them, and the proof is not ' +
    'there. Nothing of this service removes a proof within its 5 years.',
})

const certifiedProof = consentProof
  .extend({
    certificates: z.array(consentCertificate).meta({
      description:
        'What became of the certificate that the consent names. A retained one is in our account at its vendor.',
    }),
  })
  .meta({ id: 'CertifiedConsentProof' })

export const findConsentProofs = defineRoute({
  name: 'findConsentProofs',
  method: 'POST',
  path: '/v1/ops/consent-proofs',
  caller: 'operator',
  summary: 'Find the proofs of consent of a person by email or phone, also after the person was deleted',
  description:
    'A proof holds the name, phone and email of the person, the text as it was shown, the schools, the time, and the IP ' +
    'address, browser and page. It is sealed under a key of its own and kept for 5 years from the consent, also after an ' +
    'erasure and beyond the retention period (16 CFR 310.5). Each call is recorded.',
  body: personQuery,
  responses: {
    200: {
      description: 'Latest first.',
      body: z.object({ proofs: z.array(certifiedProof), removed: removedProofs }).meta({ id: 'ConsentProofs' }),
    },
  },
  example: { body: { phone: '(512) 555-0123', purpose: 'Claim 2026-114 of the person’s lawyer.' } },
})
