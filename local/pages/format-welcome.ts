import type { Host } from '../host.ts'
import type { FirstLead } from './send-first-lead.ts'

/** Printed for people when the host is ready. */
export function formatWelcome(
  { urls, keys, signInLinks, week }: Host,
  { dataDir }: { dataDir?: string },
  lead?: FirstLead,
): string {
  return `
Prospectus is ready. Ctrl-C stops it.

  API            ${urls.api}
  Landing page   ${urls.landing}   what visitors see, with the form
  Console        ${urls.console}#key=${keys.operator}
  School portal  ${urls.portal}#key=${keys.school}
  Publisher      ${urls.publisher}#key=${keys.publisher}
  Docs           ${urls.docs}
  Inbox          ${urls.inbox}   emails to schools
  Sample school  ${urls.school}   webhooks to schools

  Sign in as staff (Jo Rivera, owner; the link works once)
    ${signInLinks.console}
  Sign in at the school (Sam Okafor, admin; the link works once)
    ${signInLinks.portal}
  Sign in as the publisher (Pat Lee; the link works once)
    ${signInLinks.publisher}

  Operator key   ${keys.operator}
  Source key     ${keys.source}

  Data           ${dataDir ?? 'in memory until the host stops; set DATA_DIR to keep it in a folder'}

${week ? formatWeek(week) : ''}${lead ? formatFirstLead(lead) : ''}Try it: which schools match a visitor from Austin?

  curl -s ${urls.api}/v1/matches -H 'content-type: application/json' \\
    -d '{"careerSlug":"health-record-technician","zip":"78701","education":{"highestLevel":"high-school-diploma"}}'

`
}

function formatWeek({ leads }: NonNullable<Host['week']>): string {
  return `A sample week of ${leads} leads is in the console and the portal. npm start -- --empty leaves it out.
`
}

function formatFirstLead({ leadId, schools }: FirstLead): string {
  return `A first lead was sent to ${listFormat.format(schools)}.
It is ${leadId} under Leads in the console.

`
}

const listFormat = new Intl.ListFormat('en-US')
