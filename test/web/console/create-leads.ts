import type { Host } from '#local/host.ts'
import { erasePerson } from '#shared/contract/aftercare/erasures.ts'
import { records } from '#shared/contract/catalog/records.ts'
import { createClient } from '#shared/contract/client.ts'
import { createVisitor } from '#test/journey/create-visitor.ts'

type HostAccess = Pick<Host, 'urls' | 'keys'>

/** Sends a lead as a visitor, and returns it with the consent text and schools that were shown. */
export async function createLead(host: HostAccess) {
  const page = createVisitor(host)
  const match = await page.match()
  const form = page.form(match)
  const { body } = await page.send(form)
  if (!body) throw new Error('The lead was refused.')
  return { leadId: body.leadId, schools: body.schools, disclosure: match.disclosure.text, contact: form.contact }
}

/** Sends a lead as a bot, through a source that enforces bot detection. */
export async function createQuarantinedLead({ urls, keys }: HostAccess) {
  const staff = createClient({ baseUrl: urls.api, headers: { authorization: `Bearer ${keys.operator}` } })
  const strict = { name: 'Strict page', mode: 'live', abuse: 'enforce', formToken: 'optional' } as const
  const params = { id: 'strict-page' }
  const { body: existing } = await staff(records.sources.get, { params })
  const { body } = existing ? { body: existing } : await staff(records.sources.put, { params, body: strict })
  const page = createVisitor({ urls, keys: { ...keys, source: body?.key ?? '' } })
  const response = await page.send(page.form(await page.match(), { website: 'https://buy.example' }))
  return response.body?.leadId ?? ''
}

/** Sends a lead and deletes the person's data. Returns the ID of the deletion request. */
export async function createErasedPerson(host: HostAccess) {
  const { contact } = await createLead(host)
  const staff = createClient({ baseUrl: host.urls.api, headers: { authorization: `Bearer ${host.keys.operator}` } })
  const { body } = await staff(erasePerson, { body: { email: contact.email } })
  return body?.erasureId ?? ''
}
