import { searchLeads as route } from '#shared/contract/lead-search.ts'
import { invalidFields } from '#shared/contract/problems.ts'
import type { Reply } from '#shared/contract/route.ts'
import { contactFaults, normaliseEmail, normalisePhone } from '#shared/domain/contact.ts'
import { type Request, serve } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'

type Needs = Pick<Dependencies, 'leads' | 'digests'>

const most = 100

/** The leads of one person, found by what is kept of an e-mail or phone: an HMAC. */
export async function searchLeads({ body }: Request<typeof route>, needs: Needs): Promise<Reply<typeof route>> {
  return { status: 200, body: { leads: await needs.leads.ofPerson(digestOf(body, needs), most) } }
}

function digestOf({ email, phone }: Request<typeof route>['body'], { digests }: Needs): string {
  const found = {
    email: email === undefined ? '' : normaliseEmail(email),
    phone: phone === undefined ? '' : normalisePhone(phone),
  }
  if (found.email === undefined) throw refused(contactFaults.email)
  if (found.phone === undefined) throw refused(contactFaults.phone)
  const digest = digests.ofPerson({ email: found.email, phone: found.phone })
  return email === undefined ? digest.phone : digest.email
}

function refused({ field, ...fault }: (typeof contactFaults)['email' | 'phone']) {
  return invalidFields([{ pointer: `/${field}`, ...fault }])
}

export const handler = serve(route, searchLeads)
