import { api } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { handlers as deleteRecord } from './delete-record.ts'
import { handler as explainMatch } from './explain-match.ts'
import { handler as listLeads } from './list-leads.ts'
import { handler as putCampaign } from './put-campaign.ts'
import { handler as putCareer } from './put-career.ts'
import { handler as putProgram } from './put-program.ts'
import { handler as putSchool } from './put-school.ts'
import { handler as putSource } from './put-source.ts'
import { handler as readLead } from './read-lead.ts'
import { handler as readReconciliation } from './read-reconciliation.ts'
import { handlers as readRecords } from './read-records.ts'
import { handler as simulateCampaigns } from './simulate-campaigns.ts'

type Needs = Pick<
  Dependencies,
  | 'books'
  | 'composed'
  | 'credentials'
  | 'deliveries'
  | 'faultOfUrl'
  | 'leads'
  | 'log'
  | 'newId'
  | 'now'
  | 'pastLeads'
  | 'randomBytes'
  | 'records'
  | 'routing'
  | 'sealer'
  | 'tokens'
>

/** What staff do: edit what schools offer and buy, and read what became of a lead. */
export const operator = api<Needs>([
  ...readRecords,
  putCareer,
  putSchool,
  putProgram,
  putCampaign,
  putSource,
  ...deleteRecord,
  explainMatch,
  simulateCampaigns,
  listLeads,
  readLead,
  readReconciliation,
])
