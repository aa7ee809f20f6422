import type { Host } from '../host.ts'
import type { FirstLead } from './send-first-lead.ts'

/** What people read when the host is ready. */
export function formatWelcome({ urls, keys }: Host, { dataDir }: { dataDir?: string }, lead?: FirstLead): string {
  return `
Prospectus is ready. Ctrl-C stops it.

  API            ${urls.api}
  Landing page   ${urls.landing}   what visitors see, with the form
  Console        ${urls.console}#key=${keys.operator}
  School portal  ${urls.portal}#key=${keys.school}
  Docs           ${urls.docs}
  Inbox          ${urls.inbox}   where e-mails to schools end up
  Sample school  ${urls.school}   where webhooks to schools end up

  Operator key   ${keys.operator}
  Source key     ${keys.source}

  Kept           ${dataDir ?? 'in memory until it stops; set DATA_DIR to a folder to keep it'}

${lead ? formatFirstLead(lead) : ''}Try it: which schools would take a visitor from Austin?

  curl -s ${urls.api}/v1/matches -H 'content-type: application/json' \\
    -d '{"careerSlug":"health-record-technician","zip":"78701","education":{"highestLevel":"high-school-diploma"}}'

`
}

function formatFirstLead({ leadId, schools }: FirstLead): string {
  return `A first lead was sent, to ${listFormat.format(schools)}:
${leadId} is the latest under Leads in the console.

`
}

const listFormat = new Intl.ListFormat('en-US')
