import { type Command, Option } from 'commander'
import type * as z from 'zod'
import { outcome } from '#shared/contract/capture/capture.ts'
import type { leadRow } from '#shared/contract/capture/leads.ts'
import type { TableColumns } from '../print-result.ts'

export type LeadFilter = {
  day?: string
  outcome?: z.output<typeof outcome>
  source?: string
  career?: string
  state?: string
  test?: 'true' | 'false'
}

/** Adds the filter options that list and export share. */
export function addFilterOptions(command: Command): Command {
  return command
    .option('--day <date>', 'day on which leads were received (UTC), such as 2026-11-23; default today')
    .addOption(new Option('--outcome <outcome>').choices(outcome.options))
    .option('--source <id>')
    .option('--career <slug>')
    .option('--state <state>', 'such as TX')
    .addOption(new Option('--test <which>', 'only test leads, or no test leads').choices(['true', 'false']))
}

/** Maps the options to the API's filter fields. */
export function toFilter({ outcome, source, career, state }: LeadFilter) {
  return {
    ...(outcome !== undefined && { outcome }),
    ...(source !== undefined && { sourceId: source }),
    ...(career !== undefined && { careerSlug: career }),
    ...(state !== undefined && { state }),
  }
}

export function toLeadRow(lead: z.output<typeof leadRow>): readonly [string, TableColumns] {
  const { leadId, receivedAt, outcome, careerSlug, state, sourceId, test } = lead
  const columns = { received: receivedAt, outcome, career: careerSlug, state, source: sourceId }
  return [leadId, { ...columns, test: test ? 'test' : '' }]
}
