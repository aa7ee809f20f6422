import { webhookResponse } from '#test/functions/house/fakes.ts'
import type { WorldSabotage } from '../sabotage.ts'
import { waitingCampaign } from './find-calling-faults.ts'

// 21:30 in Austin, half an hour after the last call of the first day.
const outageEndsAt = Date.parse('2026-11-24T03:30:00.000Z')

/** The school of the waiting campaign is down until it is night, so that its leads are due again when no one may be called. */
export const nightOutage: Partial<WorldSabotage> = {
  post: (post, loop) => async (request) =>
    request.url.includes(`${waitingCampaign}.example`) && loop.now() < outageEndsAt
      ? webhookResponse(503)
      : post(request),
}

/** Retries are sent as if the campaign did not wait. */
export const ignoredCallingHours: Partial<WorldSabotage> = {
  ...nightOutage,
  engine: (engine, { name }) =>
    name.startsWith('deliver ')
      ? {
          ...engine,
          get: async (from) => {
            const row = await engine.get(from)
            if (row?.pk !== 'RECORD#campaigns') return row
            return {
              ...row,
              json: String(row.json).replace('"waitForCallingHours":true', '"waitForCallingHours":false'),
            }
          },
        }
      : engine,
}
