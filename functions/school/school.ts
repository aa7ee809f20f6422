import { api } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { handler as listSchoolLeads } from './list-school-leads.ts'
import { handler as readDeliveryLog } from './read-delivery-log.ts'
import { handler as resendDelivery } from './resend-delivery.ts'

/** What a school does with its key: see its leads and how they were delivered, and have one sent again. */
export const school = api<
  Pick<Dependencies, 'credentials' | 'deliveries' | 'log' | 'newId' | 'now' | 'replays' | 'tokens'>
>([listSchoolLeads, readDeliveryLog, resendDelivery])
