import * as z from 'zod'
import {
  disposition,
  dispositionInput,
  dispositionWord,
  maxDispositionRows,
  undoSeconds,
} from '../../domain/aftercare/disposition.ts'
import { delivery } from '../../domain/delivery/delivery.ts'
import { idSchema } from '../../domain/ids.ts'
import { defineRoute } from '../route.ts'

const path = '/v1/school/deliveries/{deliveryId}/dispositions'
const params = z.object({ deliveryId: idSchema('delivery') })
const example = { params: { deliveryId: 'dlv_4fJ0q2mXbW7cT1nZ8yKd5A' } }

export const recordDisposition = defineRoute({
  name: 'recordDisposition',
  method: 'POST',
  path,
  caller: 'school',
  summary: 'Record a disposition of one of your leads',
  description:
    'A disposition can be undone for a minute; after that it stays, and you add another. With an `Idempotency-Key`, a repeated request returns what was ' +
    'recorded first. Without one, the same disposition is recorded once per day (UTC).',
  params,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: dispositionInput,
  responses: {
    201: { description: 'Recorded.', body: disposition },
    200: { description: 'Recorded before; nothing changed.', body: disposition },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'LEAD_ERASED', 'IDEMPOTENCY_KEY_REUSED'],
  example: { ...example, body: { disposition: 'contacted', note: 'Wants to start in January.' } },
})

export const undoDisposition = defineRoute({
  name: 'undoDisposition',
  method: 'POST',
  path: `${path}/{dispositionId}/undo`,
  caller: 'school',
  summary: 'Undo a disposition that was just recorded',
  description:
    `For ${undoSeconds} seconds, and only the latest one of a lead. An opt-out cannot be undone, because schools have been told ` +
    'to stop. Undoing the same one again changes nothing.',
  params: params.extend({ dispositionId: idSchema('disposition') }),
  responses: {
    200: {
      description: 'Undone.',
      body: z.object({
        disposition: delivery.shape.disposition.meta({
          description: 'The latest one that is left; absent if there is none.',
        }),
      }),
    },
  },
  problems: ['NOT_FOUND', 'DISPOSITION_FINAL'],
  example: { params: { ...example.params, dispositionId: 'dsp_4fJ0q2mXbW7cT1nZ8yKd5A' } },
})

/** One lead of a list, with what became of it. */
const dispositionRow = z
  .strictObject({ deliveryId: idSchema('delivery'), ...dispositionInput.shape })
  .meta({ id: 'DispositionRow' })

export const recordDispositions = defineRoute({
  name: 'recordDispositions',
  method: 'POST',
  path: '/v1/school/dispositions',
  caller: 'school',
  summary: 'Record dispositions of many of your leads',
  description:
    'Rows are independent of each other: a row with an error is skipped and listed. With `dryRun`, nothing is recorded. The same disposition of ' +
    'a lead is recorded once per day (UTC), so that a list may be sent again.',
  body: z
    .strictObject({ rows: z.array(dispositionRow).min(1).max(maxDispositionRows), dryRun: z.boolean().default(false) })
    .meta({ id: 'DispositionList' }),
  responses: {
    200: {
      description: 'How many rows were recorded, or would be.',
      body: z.object({
        recorded: z.int().meta({ description: 'Rows without an error. Those that were recorded before count too.' }),
        errors: z.array(
          z.object({
            row: z.int().meta({ description: 'Number of the row, from 1.' }),
            code: z.string(),
            detail: z.string(),
          }),
        ),
      }),
    },
  },
  example: { body: { rows: [{ deliveryId: example.params.deliveryId, disposition: 'enrolled' }], dryRun: true } },
})

export const listDispositions = defineRoute({
  name: 'listDispositions',
  method: 'GET',
  path,
  caller: 'school',
  summary: 'List the dispositions of one of your leads, oldest first',
  params,
  responses: {
    200: { description: 'All dispositions of the lead.', body: z.object({ dispositions: z.array(disposition) }) },
  },
  problems: ['NOT_FOUND'],
  example,
})

/** An opt-out ends more than a lead: staff record it as a withdrawal. */
export const staffOutcome = dispositionWord.exclude(['opted-out']).meta({ id: 'StaffOutcome' })

export const recordOutcome = defineRoute({
  name: 'recordOutcome',
  method: 'POST',
  path: '/v1/ops/deliveries/{deliveryId}/dispositions',
  caller: 'operator',
  summary: 'Record for a school what became of one of its leads',
  description:
    'As if the school had recorded it: it is in reports and exports, the source is told, and the school sees that staff recorded it. Record an opt-out with ' +
    '`POST /v1/ops/withdrawals` instead. With an `Idempotency-Key`, a repeated request returns what was recorded first; without one, the same outcome is ' +
    'recorded once per day (UTC).',
  params,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: z
    .strictObject({ disposition: staffOutcome, ...dispositionInput.pick({ at: true, term: true, note: true }).shape })
    .meta({ id: 'OutcomeInput' }),
  responses: {
    201: { description: 'Recorded.', body: disposition },
    200: { description: 'Recorded before; nothing changed.', body: disposition },
  },
  problems: ['NOT_FOUND', 'NOT_DELIVERED', 'LEAD_ERASED', 'IDEMPOTENCY_KEY_REUSED'],
  example: { ...example, body: { disposition: 'enrolled', term: 'Fall 2027' } },
})
