import * as z from 'zod'

const operations = z.object({
  match_lead: z.object({ email: z.string(), phone: z.string() }),
  retain: z.object({ reference: z.string(), vendor: z.string() }),
})

/**
 * TrustedForm without ActiveProspect, for sample data and tests, after the documents of its Certificate API 4.0. An ID tells what is
 * the matter with the certificate: `expired...`, `claimed...`, `mismatch...`; every other is good.
 */
export const fakeTrustedForm: typeof fetch = async (url, init) => {
  const id = new URL(String(url)).pathname.slice(1)
  const { match_lead, retain } = operations.parse(JSON.parse(String(init?.body)))
  const error = (status: number, reason: string) => Response.json({ outcome: 'error', reason }, { status })
  if (id.startsWith('expired')) return error(404, 'TrustedForm certificate has expired or could not be found')
  if (id.startsWith('claimed')) return error(422, 'Certificate has been claimed too many times')
  const isMatch = !id.startsWith('mismatch')
  const result = { email_match: isMatch, phone_match: isMatch, success: isMatch }
  return Response.json({
    ...(isMatch
      ? { outcome: 'success', reason: null }
      : { outcome: 'failure', reason: 'No matching email or phone found' }),
    match_lead: { ...match_lead, result },
    retain: {
      ...retain,
      results: { expires_at: '2031-12-01T00:00:00Z', masked_cert_url: null, previously_retained: false },
    },
  })
}
