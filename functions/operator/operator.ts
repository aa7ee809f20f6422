import { api } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { handler as acceptReturn } from './accept-return.ts'
import { handler as createKey } from './create-key.ts'
import { handler as createPortalLink } from './create-portal-link.ts'
import { handlers as deleteRecord } from './delete-record.ts'
import { handler as erasePerson } from './erase-person.ts'
import { handler as explainMatch } from './explain-match.ts'
import { handler as exportLeads } from './export-leads.ts'
import { handler as exportReport } from './export-report.ts'
import { handler as listCaps } from './list-caps.ts'
import { handler as listDeliveries } from './list-deliveries.ts'
import { handler as listErasures } from './list-erasures.ts'
import { handler as listKeys } from './list-keys.ts'
import { handler as listLeads } from './list-leads.ts'
import { handler as listQuarantine } from './list-quarantine.ts'
import { handler as listReplays } from './list-replays.ts'
import { handler as listReturns } from './list-returns.ts'
import { handler as openSchoolSession } from './open-school-session.ts'
import { handler as previewEndpoint } from './preview-endpoint.ts'
import { handler as putCampaign } from './put-campaign.ts'
import { handler as putCareer } from './put-career.ts'
import { handler as putProgram } from './put-program.ts'
import { handler as putSchool } from './put-school.ts'
import { handler as putSource } from './put-source.ts'
import { handler as readDailyReport } from './read-daily-report.ts'
import { handler as readErasure } from './read-erasure.ts'
import { handler as readLead } from './read-lead.ts'
import { handler as readOverview } from './read-overview.ts'
import { handler as readReconciliation } from './read-reconciliation.ts'
import { handlers as readRecords } from './read-records.ts'
import { handler as readReplay } from './read-replay.ts'
import { handler as readSchoolsReport } from './read-schools-report.ts'
import { handler as readSourcesReport } from './read-sources-report.ts'
import { handler as refuseReturn } from './refuse-return.ts'
import { handler as rejectLead } from './reject-lead.ts'
import { handler as releaseLead } from './release-lead.ts'
import { handler as replayDelivery } from './replay-delivery.ts'
import { handler as revealLead } from './reveal-lead.ts'
import { handler as revokeKey } from './revoke-key.ts'
import { handler as rotateCampaignSecret } from './rotate-campaign-secret.ts'
import { handler as searchLeads } from './search-leads.ts'
import { handler as simulateCampaigns } from './simulate-campaigns.ts'
import { handler as startReplay } from './start-replay.ts'

type Needs = Pick<
  Dependencies,
  | 'accessKeys'
  | 'buckets'
  | 'books'
  | 'composed'
  | 'deliveries'
  | 'digests'
  | 'erasures'
  | 'fastPath'
  | 'faultOfUrl'
  | 'forgetting'
  | 'headerSecrets'
  | 'keyRing'
  | 'leads'
  | 'log'
  | 'newId'
  | 'now'
  | 'pastLeads'
  | 'quarantine'
  | 'randomBytes'
  | 'rates'
  | 'records'
  | 'replays'
  | 'returns'
  | 'reveals'
  | 'rollUps'
  | 'routing'
  | 'sealer'
  | 'suppressions'
  | 'tokens'
  | 'webhookSecrets'
>

/** What staff do: edit what schools offer and buy, and read what became of a lead. */
export const operator = api<Needs>([
  ...readRecords,
  putCareer,
  putSchool,
  putProgram,
  putCampaign,
  putSource,
  rotateCampaignSecret,
  ...deleteRecord,
  explainMatch,
  previewEndpoint,
  simulateCampaigns,
  listKeys,
  createKey,
  revokeKey,
  createPortalLink,
  openSchoolSession,
  listLeads,
  readLead,
  searchLeads,
  exportLeads,
  revealLead,
  erasePerson,
  listErasures,
  readErasure,
  readOverview,
  listCaps,
  listDeliveries,
  listReturns,
  acceptReturn,
  refuseReturn,
  replayDelivery,
  startReplay,
  listReplays,
  readReplay,
  readReconciliation,
  readDailyReport,
  readSchoolsReport,
  readSourcesReport,
  exportReport,
  listQuarantine,
  releaseLead,
  rejectLead,
])
