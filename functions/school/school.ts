import { api } from '#shared/runtime/api.ts'
import type { Dependencies } from '#shared/runtime/dependencies.ts'
import { handler as listSchoolLeads } from './list-school-leads.ts'
import { handler as readDeliveryLog } from './read-delivery-log.ts'
import { handler as resendDelivery } from './resend-delivery.ts'
import { handler as rotateSecret } from './rotate-secret.ts'

type Needs = Pick<
  Dependencies,
  | 'accessKeys'
  | 'buckets'
  | 'deliveries'
  | 'log'
  | 'newId'
  | 'now'
  | 'randomBytes'
  | 'rates'
  | 'records'
  | 'replays'
  | 'sealer'
  | 'tokens'
  | 'webhookSecrets'
>

/** What a school does with its key: see its leads and how they were delivered, have one sent again, change its secret. */
export const school = api<Needs>([listSchoolLeads, readDeliveryLog, resendDelivery, rotateSecret])
