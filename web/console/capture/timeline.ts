import type * as z from 'zod'
import type { leadTimeline } from '#shared/contract/capture/leads.ts'

export type Timeline = z.output<typeof leadTimeline>
