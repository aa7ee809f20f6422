import type * as z from 'zod'
import type { listSchoolLeads } from '#shared/contract/delivery/school-leads.ts'

/** A lead as the list of its school shows it. */
export type SchoolLead = z.output<(typeof listSchoolLeads.responses)[200]['body']>['leads'][number]
