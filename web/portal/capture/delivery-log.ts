import type * as z from 'zod'
import type { readDeliveryLog } from '#shared/contract/delivery/school-leads.ts'

export type DeliveryLog = z.output<(typeof readDeliveryLog.responses)[200]['body']>
